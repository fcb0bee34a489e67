// A server as `npm start` runs it, on a database that stands already, without background jobs. Prints its address, and at the end
// the milliseconds of processor time that it used.
// node bench/server-process.ts DATABASE_URL POOL_SIZE
import type { AddressInfo } from 'node:net'
import { createServer } from '../apps/server/src/compose.ts'
import { openDatabase } from '../apps/server/src/platform/database.ts'
import { openLog } from '../apps/server/src/platform/logging.ts'
import { openMailer } from '../apps/server/src/platform/mailer.ts'

const [, , databaseUrl = '', poolSize = '20'] = process.argv
const deps = {
  database: openDatabase(databaseUrl, Number(poolSize)),
  log: openLog('error'),
  mailer: openMailer(undefined, 'bench@localhost'),
  publicUrl: 'http://127.0.0.1',
  version: '0.0.0-bench',
}
const app = await createServer(deps, {
  secret: 'a secret of the benchmark that is long enough to be one',
  openSignUp: false,
  trustProxy: false,
  embeddedDatabase: false,
  demo: false,
})
await app.listen({ host: '127.0.0.1', port: 0 })
const before = process.cpuUsage()
process.stdout.write(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}\n`)
process.on('SIGTERM', async () => {
  const { user, system } = process.cpuUsage(before)
  process.stdout.write(`${(user + system) / 1000}\n`)
  await app.close()
  await deps.database.close()
})
