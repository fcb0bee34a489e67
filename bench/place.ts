import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueApiKey } from '../apps/server/src/identity/index.ts'
import { openDatabase } from '../apps/server/src/platform/database.ts'
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts'
import type { Deps } from '../apps/server/src/platform/index.ts'
import { openLog } from '../apps/server/src/platform/logging.ts'
import { openMailer } from '../apps/server/src/platform/mailer.ts'
import { migrate } from '../apps/server/src/platform/migrate.ts'
import { folderStore } from '../apps/server/src/platform/storage/index.ts'
import { openWorkplace, type Workplace } from '../apps/server/src/tasks/testing/workplace.ts'

export type Place = Workplace & {
  /** Connection of the schema's owner. */
  ownerUrl: string
  trainers: { id: string; apiKey: string }[]
  close: () => Promise<void>
}

/**
 * A database as `npm start` gives it (embedded Postgres with its own settings, fsync on) in a folder that is thrown away, and an
 * organization with trainers in it.
 */
export async function openPlace(trainers: number, poolSize: number): Promise<Place> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'groundwork-bench-'))
  // For the unprivileged account that Postgres gets under root.
  await chmod(dataFolder, 0o711)
  const log = { info: () => undefined, warn: console.warn, error: console.error }
  const postgres = await startEmbeddedPostgres({ dataFolder, log })
  await migrate(postgres.url)
  const database = openDatabase(postgres.url, poolSize)
  const deps: Deps = {
    database,
    log: openLog('error'),
    mailer: openMailer(undefined, 'bench@localhost'),
    storage: folderStore(dataFolder),
    secret: 'a secret of the tests that is long enough to be one',
    exportPlaces: { folder: undefined, huggingFaceUrl: 'http://127.0.0.1:1', s3Hosts: [] },
    publicUrl: 'http://127.0.0.1',
    version: '0.0.0-bench',
  }
  const workplace = await openWorkplace(deps)
  const people: Place['trainers'] = []
  for (let index = 0; index < trainers; index++) {
    const id = await workplace.newTrainer()
    const { secret } = await database.transaction({ person: id }, (tx) =>
      issueApiKey(tx, id, { name: 'bench', scope: 'write', expiresInDays: 1 }),
    )
    people.push({ id, apiKey: secret })
  }
  return {
    ...workplace,
    ownerUrl: postgres.url,
    trainers: people,
    close: async () => {
      await database.close()
      await postgres.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
