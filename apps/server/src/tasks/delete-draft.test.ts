import { createClient } from '@groundwork/client'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveProject, PAIR_MAP, pairLines } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'
import { sweepDeleted } from './draft-queries.ts'

let server: TestServer
let team: Awaited<ReturnType<TestServer['newTeam']>>
let owner: pg.Client

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await server.close()
})

async function draft(tasks = 3): Promise<{ id: string }> {
  const { id } = await team.client.createProject({
    body: { template: 'compare-responses', name: 'Given up', organizationId: team.organizationId },
  })
  await team.client.importTasks({
    params: { id },
    query: { format: 'pairs', map: PAIR_MAP },
    body: pairLines(tasks),
  })
  return { id }
}
const ids = async (params: { id: string }) =>
  (await team.client.listTasks({ params })).tasks.map(({ id }) => id)
const count = async (table: string, id: string) =>
  (
    await owner.query(
      `select count(*)::int as n from ${table} where ${table === 'projects' ? 'id' : 'project_id'} = $1`,
      [id],
    )
  ).rows[0].n

test('a draft is deleted with all that belongs to it; its money is back, its books and its history stay', async () => {
  const params = await draft()
  await team.client.fundProject({ params, body: { amount: { amount: '12.50', currency: 'USD' } } })
  await team.client.createExport({ params, body: { format: 'raw' } })
  await team.client.listTasks({ params, query: { search: 'x' } })
  await team.client.createWebhook({
    params: { id: team.organizationId },
    body: { url: 'https://hooks.example/in', events: ['task.finished'], projectId: params.id },
  })
  await team.client.deleteProject({ params })
  // At once, for everybody and every call.
  await expect(team.client.getProject({ params })).rejects.toMatchObject({ status: 404, code: 'not_found' })
  await expect(team.client.deleteProject({ params })).rejects.toMatchObject({ status: 404 })
  await expect(team.client.launchProject({ params })).rejects.toMatchObject({ status: 404 })
  const listed = await team.client.listProjects()
  expect(listed.items.map(({ id }) => id)).not.toContain(params.id)
  const money = await owner.query(
    `select a.kind, sum(e.amount)::text as posted from ledger_entries e join ledger_accounts a on a.id = e.account_id
     join ledger_transfers t on t.id = e.transfer_id where t.project_id = $1 group by a.kind order by a.kind`,
    [params.id],
  )
  expect(money.rows).toEqual([
    { kind: 'escrow', posted: '0' },
    { kind: 'funding_source', posted: '0' },
  ])
  while (await server.deps.database.transaction('system', sweepDeleted));
  for (const table of [
    'projects',
    'tasks',
    'imports',
    'exports',
    'webhook_endpoints',
    'guidelines',
    'pay_terms',
  ])
    expect(await count(table, params.id), table).toBe(0)
  const acts = await owner.query('select action from audit_events where subject_id = $1 order by id', [
    params.id,
  ])
  expect(acts.rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['project.created', 'project.funded', 'project.refunded', 'project.deleted']),
  )
})

test('the key that made a draft makes another one when that is gone', async () => {
  const make = () =>
    team.client.createProject({
      body: { template: 'compare-responses', name: 'Again', organizationId: team.organizationId },
      idempotencyKey: 'again',
    })
  const first = await make()
  expect((await make()).id).toBe(first.id)
  await team.client.deleteProject({ params: { id: first.id } })
  expect((await make()).id).not.toBe(first.id)
})

test('what was launched is finished, not deleted; and only managers delete', async () => {
  const live = await liveProject(team)
  const params = { id: live.id }
  const taskIds = await ids(params)
  await expect(team.client.deleteProject({ params })).rejects.toMatchObject({
    status: 409,
    code: 'project_closed',
    message: expect.stringContaining('finished, not deleted'),
  })
  await expect(team.client.deleteTasks({ params, body: { taskIds } })).rejects.toMatchObject({
    code: 'project_closed',
  })
  await team.client.finishProject({ params })
  await expect(team.client.deleteProject({ params })).rejects.toMatchObject({ code: 'project_closed' })
  const reviewer = await server.addToTeam(team.organizationId, 'reviewer')
  const other = await draft()
  for (const attempt of [
    reviewer.client.deleteProject({ params: other }),
    reviewer.client.deleteTasks({ params: other, body: { taskIds } }),
  ])
    await expect(attempt).rejects.toMatchObject({ status: 403, code: 'wrong_role' })
  await expect(createClient({ baseUrl: server.url }).deleteProject({ params: other })).rejects.toMatchObject({
    status: 401,
  })
})

test('tasks of a draft are deleted one by one, and can be imported again; those of another project stay', async () => {
  const params = await draft(4)
  const other = await draft(2)
  const [first, second] = await ids(params)
  const [foreign] = await ids(other)
  const taskIds = [first, second, foreign].filter((id) => id !== undefined)
  expect(await team.client.deleteTasks({ params, body: { taskIds } })).toEqual({ deleted: 2 })
  expect(await team.client.deleteTasks({ params, body: { taskIds } })).toEqual({ deleted: 0 })
  expect(await ids(params)).toHaveLength(2)
  expect(await ids(other)).toHaveLength(2)
  const again = await team.client.importTasks({
    params,
    query: { format: 'pairs', map: PAIR_MAP },
    body: pairLines(4),
  })
  expect(again).toMatchObject({ created: 2, duplicates: 2 })
})

test('a launch and a deletion at the same moment: one of them comes too late', async () => {
  for (let round = 0; round < 5; round++) {
    const params = await draft(1)
    const [deleted, launched] = await Promise.allSettled([
      team.client.deleteProject({ params }),
      team.client.launchProject({ params }),
    ])
    expect([deleted.status, launched.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await count('slots', params.id)) > 0).toBe(launched.status === 'fulfilled')
  }
})
