import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { createTestDatabase } from '../../../../../tests/support/test-database.ts'
import { openDatabase } from '../../platform/database.ts'
import type { Deps } from '../../platform/index.ts'
import { openLog } from '../../platform/logging.ts'
import { openMailer } from '../../platform/mailer.ts'
import { folderStore } from '../../platform/storage/index.ts'
import { openWorkplace } from './workplace.ts'

/** Dependencies on one more pool of the database, as another server process would have. */
export function depsOn(url: string, poolSize = 8): Deps {
  return {
    database: openDatabase(url, poolSize),
    log: openLog('silent'),
    mailer: openMailer(undefined, 'test@test.example'),
    storage: folderStore(join(tmpdir(), `groundwork-test-${process.pid}`)),
    secret: 'a secret of the tests that is long enough to be one',
    exportPlaces: { folder: undefined, huggingFaceUrl: 'http://127.0.0.1:1', s3Hosts: [] },
    publicUrl: 'http://127.0.0.1',
    version: '0.0.0-test',
  }
}

/** A workplace on a database of its own, and a superuser's connection to look at it and to move its clocks. */
export async function testWorkplace(poolSize = 8) {
  const { url, drop } = await createTestDatabase()
  const deps = depsOn(url, poolSize)
  const owner = new pg.Pool({ connectionString: url, max: 4 })
  owner.on('error', () => {})
  // Of its own, so that it never waits behind a statement that waits for the backend to go.
  const executioner = new pg.Client({ connectionString: url })
  await executioner.connect()
  const others: Deps[] = []
  onTestFinished(async () => {
    await owner.end()
    await executioner.end()
    for (const each of [deps, ...others]) await each.database.close()
    await drop()
  })
  const workplace = await openWorkplace(deps)
  return {
    ...workplace,
    url,
    another: (size?: number) => {
      const more = depsOn(url, size)
      others.push(more)
      return more
    },
    // biome-ignore lint/suspicious/noExplicitAny: tests look at what the database really holds.
    query: async (text: string, values: unknown[] = []): Promise<any[]> =>
      (await owner.query(text, values)).rows,
    /** Breaks a connection off, as if the process or the network behind it had died. */
    terminate: async (backend: number) => {
      // Waits until it is gone, so that a connection back in its pool is never hit in other hands.
      await executioner.query('select pg_terminate_backend($1, 10000)', [backend])
    },
    /** Makes a lease end now; the sweep then finds it. */
    endLease: async (assignmentId: string) => {
      await owner.query(`update assignments set expires_at = now() - interval '1 second' where id = $1`, [
        assignmentId,
      ])
    },
  }
}

export type TestWorkplace = Awaited<ReturnType<typeof testWorkplace>>
