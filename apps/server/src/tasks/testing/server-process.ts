// One more server process on a database that stands already, without background work; ends when its input does. Prints its address,
// and at the end the milliseconds of processor time that it used. For tests and benchmarks.
// node server-process.ts DATABASE_URL [POOL_SIZE]
import type { AddressInfo } from 'node:net'
import { createServer } from '../../compose.ts'
import { openDatabase } from '../../platform/database.ts'
import { openLog } from '../../platform/logging.ts'
import { openMailer } from '../../platform/mailer.ts'

const deps = {
  database: openDatabase(process.argv[2] ?? '', Number(process.argv[3] ?? 8)),
  log: openLog('error'),
  mailer: openMailer(undefined, 'test@test.example'),
  publicUrl: 'http://127.0.0.1',
  version: '0.0.0-test',
}
const app = await createServer(deps, {
  secret: 'a secret of the tests that is long enough to be one',
  openSignUp: true,
  trustProxy: false,
  embeddedDatabase: false,
  demo: false,
})
await app.listen({ host: '127.0.0.1', port: 0 })
const before = process.cpuUsage()
process.stdout.write(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}\n`)
process.stdin.resume().on('end', async () => {
  const { user, system } = process.cpuUsage(before)
  process.stdout.write(`${(user + system) / 1000}\n`)
  await app.close()
  await deps.database.close()
})
