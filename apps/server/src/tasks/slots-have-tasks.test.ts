import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { liveProject } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { untilWaitingOrDone } from '../../../../tests/support/until-waiting.ts'
import { newId } from '../platform/index.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

async function owner(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** A task of a live project, with or without its slots. */
async function aTask(client: pg.Client, slots: boolean): Promise<{ id: string; projectId: string }> {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 3 })
  const { rows } = await client.query('select id from tasks where project_id = $1', [projectId])
  if (!slots) await client.query('delete from slots where project_id = $1', [projectId])
  return { id: rows[0].id, projectId }
}

const INSERT = `insert into slots (organization_id, project_id, task_id, key, pay_version)
  select $1, $2, unnest($3::uuid[]), 1, 1`

test('a slot needs a task that there is, also when others of the statement have theirs', async () => {
  const client = await owner()
  const { id, projectId } = await aTask(client, true)
  await expect(client.query(INSERT, [team.organizationId, projectId, [id, newId()]])).rejects.toMatchObject({
    code: '23503',
  })
  await client.query(INSERT, [team.organizationId, projectId, [id, id]])
  const { rows } = await client.query('select count(*)::int as n from slots where task_id = $1', [id])
  expect(rows[0].n).toBe(5)
})

test('a task that has slots stays, and so does what slots name it by', async () => {
  const client = await owner()
  const { id } = await aTask(client, true)
  await expect(client.query('delete from tasks where id = $1', [id])).rejects.toMatchObject({ code: '23503' })
  await expect(client.query('update tasks set id = $2 where id = $1', [id, newId()])).rejects.toMatchObject({
    code: '23001',
  })
  await expect(
    client.query('update slots set task_id = $2 where task_id = $1', [id, newId()]),
  ).rejects.toMatchObject({ code: '23001' })
  const free = await aTask(client, false)
  await client.query('delete from tasks where id = $1', [free.id])
})

test('whoever opens a slot of a task holds it against being deleted', async () => {
  const [opens, deletes] = [await owner(), await owner()]
  const { id, projectId } = await aTask(opens, false)
  await opens.query('begin')
  await opens.query(INSERT, [team.organizationId, projectId, [id]])
  const deleting = deletes.query('delete from tasks where id = $1', [id]).catch((error: unknown) => error)
  await untilWaitingOrDone(server.ownerUrl, deleting)
  await opens.query('commit')
  expect(await deleting).toMatchObject({ code: '23503' })
})

test('a task that is being deleted gets no slot', async () => {
  const [opens, deletes] = [await owner(), await owner()]
  const { id, projectId } = await aTask(opens, false)
  await deletes.query('begin')
  await deletes.query('delete from tasks where id = $1', [id])
  const opening = opens.query(INSERT, [team.organizationId, projectId, [id]]).catch((error: unknown) => error)
  await untilWaitingOrDone(server.ownerUrl, opening)
  await deletes.query('commit')
  expect(await opening).toMatchObject({ code: '23503' })
})
