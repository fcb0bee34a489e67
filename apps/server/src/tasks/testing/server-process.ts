// One more server process on a database that stands already, without background work; prints its address and ends
// when its input does. For tests and benchmarks.
// node server-process.ts DATABASE_URL [POOL_SIZE]
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from '../../compose.ts'
import { openDatabase } from '../../platform/database.ts'
import { openLog } from '../../platform/logging.ts'
import { openMailer } from '../../platform/mailer.ts'
import { folderStore } from '../../platform/storage/index.ts'

const deps = {
  database: openDatabase(process.argv[2] ?? '', Number(process.argv[3] ?? 8)),
  log: openLog('error'),
  mailer: openMailer(undefined, 'test@test.example'),
  storage: folderStore(join(tmpdir(), `groundwork-test-${process.pid}`)),
  secret: 'a secret of the tests that is long enough to be one',
  exportPlaces: { folder: undefined, huggingFaceUrl: 'http://127.0.0.1:1', s3Hosts: [] },
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
process.stdout.write(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}\n`)
process.stdin.resume().on('end', async () => {
  await app.close()
  await deps.database.close()
})
