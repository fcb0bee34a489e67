import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../apps/server/src/platform/index.ts'
import { judgeOne, liveProject } from '../support/live-project.ts'
import { createTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const eventsOf = (organization: string) =>
  server.deps.database.transaction({ organization }, async (tx) => {
    const { rows } = await sql<{ action: string; actor_id: string | null; details: Record<string, string> }>`
      select action, actor_id, details from audit_events where organization_id = ${organization} order by id`.execute(
      tx,
    )
    return rows
  })

test('every move of money and every act about work leaves its event, with who did it', async () => {
  const team = await server.newTeam()
  const project = await liveProject(team, { tasks: 3 })
  const trainer = await server.newTrainer()
  const kept = await judgeOne(trainer, project.id)
  await team.client.acceptJudgment({ params: { id: kept.judgment.id } })
  const taken = await judgeOne(trainer, project.id)
  await trainer.client.undoJudgment({ params: { id: taken.judgment.id } })
  await team.client.finishProject({ params: { id: project.id } })

  const events = await eventsOf(team.organizationId)
  const actions = events.map((event) => event.action)
  for (const action of [
    'project.created',
    'project.funded',
    'tasks.imported',
    'money.pay',
    'money.release',
    'money.reversal',
    'money.refund',
  ]) {
    expect(actions, action).toContain(action)
  }
  expect(
    events.filter((event) => event.action === 'money.pay').map((event) => event.details.judgmentId),
  ).toContain(kept.judgment.id)
  expect(events.find((event) => event.action === 'project.funded')?.actor_id).toBe(team.userId)
})

test('no event can be changed or taken away by the application', async () => {
  for (const statement of [
    `update audit_events set action = 'x'`,
    'delete from audit_events',
    'truncate audit_events',
  ]) {
    await expect(server.deps.database.pool.query(statement)).rejects.toMatchObject({ code: '42501' })
  }
})
