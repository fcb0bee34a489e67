// Writes src/platform/database-types.generated.ts from a freshly migrated database: `npm run db:types -- DATABASE_URL`.
// Without an address it starts a database of its own for the purpose.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts'
import { migrate } from '../src/platform/migrate.ts'
import { databaseTypes } from './database-types.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const target = new URL('../src/platform/database-types.generated.ts', import.meta.url)
const { writeFile } = await import('node:fs/promises')

const given = process.argv[2]
if (given) {
  await migrate(given)
  await writeFile(target, await databaseTypes(given))
} else {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-types-'))
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: quiet, fsync: false })
  try {
    await migrate(server.url)
    await writeFile(target, await databaseTypes(server.url))
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
