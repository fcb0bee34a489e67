import { ApiError, createClient } from '@groundwork/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeOne, liveProject, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { newId, sql } from '../platform/index.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let viewer: TestPerson
let stranger: TestPerson

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  viewer = await server.addToTeam(team.organizationId, 'viewer')
  stranger = await server.newTeam()
})

afterAll(() => server.close())

const usd = (amount: string) => ({ amount, currency: 'USD' })

/** Changes rows behind the application's back: time that passed. */
const asOwner = (statement: ReturnType<typeof sql>) =>
  server.deps.database.transaction('system', (tx) => statement.execute(tx))

async function judge(trainer: TestPerson, projectId: string, outcome: 'a' | 'b') {
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('There was nothing to judge.')
  const answer = { preference: { outcome, strength: outcome === 'a' ? -1 : 1 }, reason: 'Because.' }
  return trainer.client.submitJudgment({
    params: { id: assignment.id },
    body: { epoch: assignment.epoch, answer, activeMs: 1_000, next: false },
  })
}

test('progress is what the database says at every step', async () => {
  const project = await liveProject(team, { tasks: 3, overlap: 2, funds: '10.00' })
  const look = async () => (await viewer.client.getProject({ params: { id: project.id } })).progress
  expect(await look()).toEqual({
    tasks: 3,
    tasksDone: 0,
    tasksFlagged: 0,
    slots: { open: 6, leased: 0, filled: 0 },
    judgments: 0,
    trainers: 0,
    agreement: null,
    agreementByQuestion: [],
    confidence: null,
    gold: { tasks: 3, judged: 0, correct: 0 },
    money: { funded: usd('10.00'), spent: usd('0.00'), held: usd('0.00'), free: usd('10.00') },
    medianSeconds: null,
    trueWage: null,
    recentJudgments: 0,
    forecastFinish: null,
  })

  const [anna, ben] = [await server.newTrainer(), await server.newTrainer()]
  for (let n = 0; n < 3; n++) await judge(anna, project.id, 'a')
  await ben.client.nextAssignment({ body: { projectId: project.id } })
  await asOwner(sql`update judgments set active_ms = 90000 where project_id = ${project.id}`)
  expect(await look()).toMatchObject({
    slots: { open: 2, leased: 1, filled: 3 },
    judgments: 3,
    trainers: 1,
    money: { funded: usd('10.00'), spent: usd('1.50'), held: usd('0.50'), free: usd('8.00') },
    medianSeconds: 90,
    trueWage: usd('20.00'),
    recentJudgments: 3,
    forecastFinish: expect.stringMatching(/^\d{4}-/),
  })

  for (const outcome of ['a', 'a', 'b'] as const) await judge(ben, project.id, outcome)
  await until(server, async () => (await look()).agreement !== null)
  const finished = await look()
  expect(finished).toMatchObject({
    tasksDone: 3,
    slots: { open: 0, leased: 0, filled: 6 },
    trainers: 2,
    gold: { tasks: 3, judged: 3 },
    forecastFinish: null,
  })
  expect(finished.agreement?.percent).toBeCloseTo(2 / 3)
  expect(finished.confidence).toBeGreaterThan(0.5)

  const { days } = await viewer.client.getTimeline({ params: { id: project.id } })
  expect(days.at(-1)).toMatchObject({ tasksDone: 3, judgments: 6 })

  const { items: people } = await viewer.client.listProjectPeople({ params: { id: project.id } })
  expect(people.map((person) => [person.trainerId, person.judgments])).toEqual(
    [anna, ben].map((trainer) => [trainer.userId, 3]).sort(),
  )
  const agreement = people.find((person) => person.trainerId === anna.userId)?.agreement
  expect(agreement?.tasks).toBeGreaterThanOrEqual(2)
  expect(agreement?.low).toBeLessThan(agreement?.share ?? 0)
})

test('the timeline adds up day after day and has no gaps', async () => {
  const project = await liveProject(team, { tasks: 2, overlap: 1 })
  const trainer = await server.newTrainer()
  const { judgment } = await judgeOne(trainer, project.id)
  await judgeOne(trainer, project.id)
  await asOwner(sql`update judgments set submitted_at = now() - interval '2 days' where id = ${judgment.id}`)
  await asOwner(sql`update tasks set done_at = now() - interval '2 days' where id = ${judgment.taskId}`)
  const { days } = await viewer.client.getTimeline({ params: { id: project.id } })
  expect(days.map((day) => [day.tasksDone, day.judgments])).toEqual([
    [1, 1],
    [1, 1],
    [2, 2],
  ])
  const dates = days.map((day) => new Date(day.date).getTime())
  expect(dates.slice(1).map((date, index) => date - (dates[index] ?? 0))).toEqual([86_400_000, 86_400_000])
})

test('the list shows the projects of the own organizations, newest first', async () => {
  const other = await server.newTeam()
  const first = await liveProject(other, { tasks: 1, overlap: 1, funds: '3.00' })
  const second = await liveProject(other)
  await judgeOne(await server.newTrainer(), first.id)
  const { items } = await other.client.listProjects()
  expect(items.map((project) => project.id)).toEqual([second.id, first.id])
  expect(items[1]).toMatchObject({
    tasks: 1,
    tasksDone: 1,
    judgments: 1,
    spent: usd('0.50'),
    funded: usd('3.00'),
  })
  const { items: named } = await other.client.listProjects({
    query: { organizationId: other.organizationId },
  })
  expect(named).toEqual(items)
  await expect(
    stranger.client.listProjects({ query: { organizationId: other.organizationId } }),
  ).rejects.toMatchObject({ code: 'not_found' })
  expect((await stranger.client.listProjects()).items).toEqual([])
})

test('nobody else sees a project', async () => {
  const project = await liveProject(team)
  const trainer = await server.newTrainer()
  const nobody = createClient({ baseUrl: server.url })
  const input = { params: { id: project.id } }
  for (const call of ['getProject', 'getTimeline', 'listProjectPeople'] as const) {
    const code = (promise: Promise<unknown>) =>
      promise.then(
        () => 'accepted',
        (error: unknown) => (error instanceof ApiError ? error.code : Promise.reject(error)),
      )
    expect(await code(nobody[call](input))).toBe('not_signed_in')
    expect(await code(stranger.client[call](input))).toBe('not_found')
    expect(await code(trainer.client[call](input))).toBe('not_found')
    expect(await code(viewer.client[call]({ params: { id: newId() } }))).toBe('not_found')
    expect(await code(viewer.client[call]({ params: { id: 'project' } }))).toBe('invalid_input')
    expect(await code(viewer.client[call](input))).toBe('accepted')
  }
  await expect(nobody.listProjects()).rejects.toMatchObject({ code: 'not_signed_in' })
})
