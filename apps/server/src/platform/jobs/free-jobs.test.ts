import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../../../../../tests/support/test-database.ts'
import { openDatabase } from '../database.ts'
import { openLog } from '../logging.ts'
import { addJob } from '../outbox-queries.ts'
import { freeJobsOfTheDead } from './free-jobs.ts'
import { runJobs } from './run-jobs.ts'

test('jobs of a process that died run again, those of a living one are left alone', async () => {
  const { url, drop } = await createTestDatabase()
  const database = openDatabase(url, 4)
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  owner.on('error', () => {})
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  onTestFinished(() => void process.off('warning', note))
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const runs: string[] = []
  const jobs = await runJobs(url, database, openLog('silent'), {
    handlers: {
      slow: async ({ name }) => {
        runs.push(name ?? '')
        begun.resolve()
        await end.promise
      },
    },
    events: {},
    periodic: [],
  })
  onTestFinished(async () => {
    end.resolve()
    await jobs.stop()
    await owner.end()
    await database.close()
    await drop()
  })
  await addJob(database.db, 'slow', { name: 'of the living' })
  await begun.promise
  await owner.query(
    `with task as (
       insert into graphile_worker._private_tasks (identifier) values ('left behind') returning id)
     insert into graphile_worker._private_jobs (task_id, payload, locked_at, locked_by, attempts)
     select id, '{}', now(), 'pool-of-the-dead', 1 from task`,
  )
  const locked = async () => {
    const { rows } = await owner.query<{ identifier: string }>(
      `select t.identifier from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.locked_at is not null order by 1`,
    )
    return rows.map((row) => row.identifier)
  }
  const look = freeJobsOfTheDead(owner)
  await look()
  expect(await locked()).toEqual(['left behind', 'slow'])
  await look()
  expect(await locked()).toEqual(['slow'])
  expect(runs).toEqual(['of the living'])
  expect(warnings).toEqual([])
})
