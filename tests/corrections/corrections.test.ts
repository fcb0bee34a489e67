import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from '../../apps/server/src/tasks/testing/http.ts'
import { ANSWER, judgeOne, liveProject, until } from '../support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let trainer: TestPerson
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  trainer = await server.newTrainer()
})
afterAll(() => server.close())

const OTHER = { preference: { outcome: 'b', strength: 3 }, reason: 'On second thought the other one.' }
const correct = (id: string, answer: object = OTHER, key?: string) =>
  trainer.client.correctJudgment({
    params: { id },
    body: { answer, activeMs: 0 },
    ...(key ? { idempotencyKey: key } : {}),
  } as Parameters<typeof trainer.client.correctJudgment>[0])

test('a correction takes the place of the answer everywhere, and the history stays', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 1 })
  const { judgment } = await judgeOne(trainer, projectId)
  const before = await team.client.getLedger({ params: { id: projectId } })
  const task = async () => (await team.client.listTasks({ params: { id: projectId } })).tasks[0]
  await until(server, async () => (await task())?.consensus?.preference?.value === 'a')

  const shown = await trainer.client.getCorrection({ params: { id: judgment.id } })
  expect(shown).toMatchObject({
    judgment: { id: judgment.id, answer: ANSWER },
    correctable: true,
    state: 'in_review',
    pay: { amount: '0.50', currency: 'USD' },
  })
  expect(shown.task.candidates.map(({ id }) => id).sort()).toEqual(['a', 'b'])
  expect(JSON.stringify(shown)).not.toContain('metadata')

  const { judgment: corrected } = await correct(judgment.id)
  expect(corrected).toMatchObject({ answer: OTHER, supersedes: judgment.id })
  await until(server, async () => (await task())?.consensus?.preference?.value === 'b')
  expect(await task()).toMatchObject({ judgments: 1, state: 'done' })
  const detail = await team.client.getTask({ params: { id: projectId, taskId: judgment.taskId } })
  expect(detail.judgments.map(({ id, supersedes }) => [id, supersedes])).toEqual([
    [corrected.id, judgment.id],
  ])
  expect(detail.history?.map(({ id, answer }) => [id, answer])).toEqual([[judgment.id, ANSWER]])
  expect(await team.client.getLedger({ params: { id: projectId } })).toEqual(before)
  expect((await team.client.getProject({ params: { id: projectId } })).progress.judgments).toBe(1)

  const { items } = await trainer.client.listMyJudgments({ query: { projectId } })
  expect(items.map(({ id, state, supersedes }) => [id, state, supersedes])).toEqual([
    [corrected.id, 'in_review', judgment.id],
    [judgment.id, 'corrected', null],
  ])

  expect((await refusalOf(correct(judgment.id))).code).toBe('conflict')
  expect((await refusalOf(trainer.client.undoJudgment({ params: { id: judgment.id } }))).code).toBe(
    'conflict',
  )
  expect((await refusalOf(team.client.acceptJudgment({ params: { id: judgment.id } }))).code).toBe('conflict')

  const undone = await trainer.client.undoCorrection({ params: { id: corrected.id } })
  expect(undone.judgment).toMatchObject({ id: judgment.id, answer: ANSWER })
  await until(server, async () => (await task())?.consensus?.preference?.value === 'a')
})

test('accepting a correction makes the pay of its submission available, once', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 1 })
  const person = await server.newTrainer()
  const { judgment } = await judgeOne(person, projectId)
  const { judgment: corrected } = await person.client.correctJudgment({
    params: { id: judgment.id },
    body: { answer: OTHER, activeMs: 0 },
  })
  await team.client.acceptJudgment({ params: { id: corrected.id } })
  const { balances } = await person.client.getEarnings({})
  expect(balances).toMatchObject([{ currency: 'USD', available: '0.50', pending: '0.00' }])
  const refusal = await refusalOf(
    person.client.correctJudgment({ params: { id: corrected.id }, body: { answer: ANSWER, activeMs: 0 } }),
  )
  expect(refusal.code).toBe('conflict')
  expect((await person.client.getCorrection({ params: { id: corrected.id } })).state).toBe('accepted')
})

test('a correction has to be complete', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 1 })
  const { judgment } = await judgeOne(trainer, projectId)
  const refusal = await refusalOf(correct(judgment.id, { reason: 'Only a reason.' }))
  expect(refusal).toMatchObject({ status: 400, code: 'invalid_answer' })
})

test('pages of own judgments follow each other without a gap', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 3, overlap: 1 })
  const person = await server.newTrainer()
  for (let n = 0; n < 3; n++) await judgeOne(person, projectId)
  const first = await person.client.listMyJudgments({ query: { limit: 2 } })
  const second = await person.client.listMyJudgments({ query: { limit: 2, cursor: first.nextCursor ?? '' } })
  expect([...first.items, ...second.items].map(({ externalId }) => externalId).sort()).toEqual([
    't1',
    't2',
    't3',
  ])
  expect(second.nextCursor).toBeNull()
  expect(first.items[0]?.excerpt).toMatch(/^Question \d\?$/)
  expect((await refusalOf(person.client.listMyJudgments({ query: { cursor: 'x' } }))).code).toBe(
    'invalid_input',
  )
})
