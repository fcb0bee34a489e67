import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/support/judged-project.ts'
import { ANSWER, judgeOne, liveProject, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { sql } from '../platform/index.ts'
import { refusalOf, send } from './testing/http.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let reviewer: TestPerson
let second: TestPerson
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  reviewer = await server.addToTeam(team.organizationId, 'reviewer')
  second = await server.addToTeam(team.organizationId, 'reviewer')
})
afterAll(() => server.close())

const OTHER = { preference: { outcome: 'b', strength: 3 }, reason: 'The second one names the year.' } as const
const flag = (id: string, person = reviewer, note = 'The reason speaks of the other response.') =>
  person.client.flagJudgment({ params: { id }, body: { kind: 'contradicts_itself', note } })
const resolve = (id: string, action: 'keep' | 'exclude' | 'withdraw', person = second) =>
  person.client.resolveJudgmentFlag({
    params: { id },
    body: { action, note: action === 'withdraw' ? '' : 'Read with the task once more.' },
  })
const detailOf = (projectId: string, taskId: string) =>
  team.client.getTask({ params: { id: projectId, taskId } })

/** One task, judged by two people who disagree; the consensus has followed. */
async function disputed() {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 2 })
  const [first, other] = [await server.newTrainer(), await server.newTrainer()]
  const { judgment } = await judgeOne(first, projectId)
  const { assignment } = await other.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('nothing to judge')
  const { judgment: strong } = await other.client.submitJudgment({
    params: { id: assignment.id },
    body: { epoch: assignment.epoch, answer: OTHER, activeMs: 1_000, next: false },
  })
  const comesTo = (value: 'a' | 'b', judgments: number) =>
    until(server, async () => {
      const [task] = (await team.client.listTasks({ params: { id: projectId } })).tasks
      return task?.judgments === judgments && task.consensus?.preference?.value === value
    })
  await comesTo('b', 2)
  return { projectId, taskId: judgment.taskId, weak: judgment, strong, first, other, comesTo }
}

test('an open flag leaves a judgment out, keeping brings it back, and the pay never moves', async () => {
  const { projectId, taskId, strong, other, comesTo } = await disputed()
  const money = await team.client.getLedger({ params: { id: projectId } })
  const flagged = await flag(strong.id)
  expect(flagged).toMatchObject({
    judgmentId: strong.id,
    kind: 'contradicts_itself',
    note: 'The reason speaks of the other response.',
    state: 'open',
    flaggedBy: { id: reviewer.userId, name: 'Test reviewer' },
    resolvedBy: null,
    resolutionNote: null,
  })
  await comesTo('a', 1)
  // The judgment is there for everybody all the same.
  const detail = await detailOf(projectId, taskId)
  expect(detail.judgments.find(({ id }) => id === strong.id)?.flags).toEqual([flagged])
  const listed = await team.client.listJudgmentFlags({ params: { id: projectId }, query: { state: 'open' } })
  expect(listed.items).toEqual([
    {
      ...flagged,
      taskId,
      taskExternalId: 't1',
      trainer: { id: other.userId, name: expect.any(String) },
    },
  ])
  const own = async () => (await other.client.listMyJudgments({ query: { projectId } })).items[0]
  expect(await own()).toMatchObject({
    id: strong.id,
    state: 'in_review',
    correctable: true,
    flag: { kind: 'contradicts_itself', note: flagged.note, state: 'open', decision: null },
  })
  expect(await team.client.getLedger({ params: { id: projectId } })).toEqual(money)

  const kept = await resolve(flagged.id, 'keep')
  expect(kept).toMatchObject({
    state: 'kept',
    resolvedBy: { id: second.userId, name: 'Test reviewer' },
    resolutionNote: 'Read with the task once more.',
  })
  await comesTo('b', 2)
  expect((await own())?.flag).toMatchObject({
    state: 'kept',
    decision: { by: 'Test reviewer', note: 'Read with the task once more.' },
  })
  expect(await refusalOf(resolve(flagged.id, 'exclude'))).toMatchObject({
    status: 409,
    code: 'conflict',
    details: { state: 'kept' },
  })
  expect(await team.client.getLedger({ params: { id: projectId } })).toEqual(money)
})

test('an excluded judgment stays out, is paid as before, and every act has its event', async () => {
  const { projectId, strong, other, comesTo } = await disputed()
  const { id } = await flag(strong.id)
  await resolve(id, 'exclude')
  await comesTo('a', 1)
  expect(await refusalOf(flag(strong.id))).toMatchObject({ status: 409, code: 'conflict' })
  const correction = { params: { id: strong.id }, body: { answer: ANSWER, activeMs: 0 } }
  expect((await refusalOf(other.client.correctJudgment(correction))).code).toBe('conflict')
  expect((await other.client.listMyJudgments({ query: { projectId } })).items[0]).toMatchObject({
    state: 'left_out',
    correctable: false,
    flag: { state: 'excluded', decision: { by: 'Test reviewer', note: 'Read with the task once more.' } },
  })
  // Accepting is about the pay, which the flag has nothing to do with.
  await reviewer.client.acceptJudgment({ params: { id: strong.id } })
  const { accounts } = await team.client.getLedger({ params: { id: projectId } })
  expect(accounts.filter(({ kind }) => kind === 'trainer_available').map(({ posted }) => posted)).toEqual([
    '0.50',
  ])
  const events = await server.deps.database.transaction(
    { organization: team.organizationId },
    async (tx) =>
      (
        await sql<{ action: string; actor: string; details: Record<string, string> }>`
          select action, actor_id as actor, details from audit_events
          where subject_id = ${strong.id} and action like '%flag%' order by id`.execute(tx)
      ).rows,
  )
  expect(events).toMatchObject([
    {
      action: 'judgment.flagged',
      actor: reviewer.userId,
      details: { flagId: id, trainerId: other.userId, kind: 'contradicts_itself' },
    },
    {
      action: 'judgment_flag.excluded',
      actor: second.userId,
      details: { flagId: id, note: 'Read with the task once more.' },
    },
  ])
})

test('exports leave set-aside judgments out and say so; raw has them with what was asked', async () => {
  const { projectId, strong, weak, comesTo } = await disputed()
  const { id } = await flag(strong.id)
  const rows = async (options: object = {}, format: 'raw' | 'trl-preference' = 'trl-preference') =>
    exportOf(server, team, projectId, { format, options })
  const chosen = async (options: object = {}) =>
    (await (await rows(options)).rows()).map((row) => JSON.stringify(row.chosen))
  expect(await chosen()).toEqual([expect.stringContaining('Right answer 1.')])
  expect(await chosen({ includeFlagged: true })).toEqual([expect.stringContaining('Wrong answer 1.')])
  const manifest = JSON.parse(await (await rows()).text('manifest.json'))
  expect(JSON.stringify(manifest)).toContain('"flagged_judgments_left_out":1')
  expect(JSON.stringify(manifest)).toContain('judgments with an open flag of the team')

  await resolve(id, 'exclude')
  await comesTo('a', 1)
  expect(await chosen({ includeFlagged: true })).toEqual([expect.stringContaining('Right answer 1.')])
  const raw = await rows({}, 'raw')
  const [line] = (await raw.rows()) as {
    judgments: { id: string; flags?: { flaggedBy: { name: string }; resolvedBy: { name: string } }[] }[]
  }[]
  const of = (judgmentId: string) => line?.judgments.find((each) => each.id === judgmentId)
  expect(of(weak.id)?.flags).toBeUndefined()
  expect(of(strong.id)?.flags).toMatchObject([
    { state: 'excluded', note: 'The reason speaks of the other response.', kind: 'contradicts_itself' },
  ])
  // Members are under pseudonyms as trainers are.
  expect(await raw.text('train.jsonl')).not.toContain('Test reviewer')
  const results = []
  for await (const each of await team.client.getResults({ params: { id: projectId } })) results.push(each)
  expect(JSON.stringify(results)).toContain('"state":"excluded"')
})

test('a flag goes along with a correction, and back when that is taken back', async () => {
  const { projectId, taskId, strong, other, comesTo } = await disputed()
  const { id } = await flag(strong.id)
  await comesTo('a', 1)
  const answer = { ...OTHER, reason: 'Corrected: the second one is right about the year.' }
  const { judgment: corrected } = await other.client.correctJudgment({
    params: { id: strong.id },
    body: { answer, activeMs: 0 },
  })
  expect(await refusalOf(flag(strong.id))).toMatchObject({ code: 'conflict' })
  expect(await refusalOf(flag(corrected.id))).toMatchObject({ code: 'conflict' })
  const shown = (await detailOf(projectId, taskId)).judgments.find((each) => each.id === corrected.id)
  expect(shown?.flags).toMatchObject([{ id, judgmentId: strong.id, state: 'open' }])
  await resolve(id, 'keep')
  await comesTo('b', 2)
  // Flagged again, and then the flagged correction is taken back: the answer before it is in question, too.
  const again = await flag(corrected.id)
  await other.client.undoCorrection({ params: { id: corrected.id } })
  await comesTo('a', 1)
  await resolve(again.id, 'withdraw', reviewer)
  await comesTo('b', 2)
  expect((await other.client.listMyJudgments({ query: { projectId } })).items.at(-1)?.flag).toMatchObject({
    state: 'kept',
  })
})

test('a judgment that is taken back takes its flag along', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 1 })
  const trainer = await server.newTrainer()
  const { judgment } = await judgeOne(trainer, projectId)
  const { id } = await flag(judgment.id)
  await trainer.client.undoJudgment({ params: { id: judgment.id } })
  const { items } = await team.client.listJudgmentFlags({ params: { id: projectId } })
  expect(items).toMatchObject([{ id, state: 'lapsed', resolvedBy: null, resolvedAt: expect.any(String) }])
  expect(await refusalOf(flag(judgment.id))).toMatchObject({ code: 'conflict' })
  const { judgment: anew } = await judgeOne(trainer, projectId)
  await flag(anew.id)
})

test('of two who flag at once one does, and of two who decide at once one does', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 1, overlap: 1 })
  const { judgment } = await judgeOne(await server.newTrainer(), projectId)
  const flags = await Promise.allSettled([flag(judgment.id), flag(judgment.id, second)])
  expect(flags.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(flags.find((each) => each.status === 'rejected')?.reason).toMatchObject({
    status: 409,
    code: 'conflict',
    message: expect.stringContaining('has flagged this judgment already'),
  })
  const [open] = (await team.client.listJudgmentFlags({ params: { id: projectId } })).items
  const decisions = await Promise.allSettled([
    resolve(open?.id ?? '', 'keep', second),
    resolve(open?.id ?? '', 'exclude', reviewer),
  ])
  expect(decisions.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('who may: reviewers flag and decide, viewers read, nobody keeps a judgment of their own', async () => {
  const { id: projectId } = await liveProject(team, { tasks: 2, overlap: 1 })
  const author = await server.newTrainer()
  const { judgment } = await judgeOne(author, projectId)
  const viewer = await server.addToTeam(team.organizationId, 'viewer')
  expect(await refusalOf(flag(judgment.id, viewer))).toMatchObject({ status: 403, code: 'wrong_role' })
  expect(await refusalOf(flag(judgment.id, author))).toMatchObject({ status: 404, code: 'not_found' })
  expect(await refusalOf(flag(judgment.id, reviewer, 'too short'))).toMatchObject({
    status: 400,
    code: 'invalid_input',
  })
  const { id } = await flag(judgment.id)
  expect((await viewer.client.listJudgmentFlags({ params: { id: projectId } })).items).toHaveLength(1)
  expect(await refusalOf(resolve(id, 'keep', viewer))).toMatchObject({ status: 403 })
  expect(await refusalOf(resolve(id, 'withdraw', second))).toMatchObject({ status: 409 })
  const unexplained = { action: 'exclude', note: '   short   ' }
  expect(await send(server, second, 'POST', `/judgment-flags/${id}/resolve`, unexplained)).toMatchObject({
    status: 400,
    answer: { error: { details: { issues: [{ path: 'note' }] } } },
  })
  expect((await resolve(id, 'withdraw', reviewer)).state).toBe('withdrawn')
  expect((await author.client.listMyJudgments({ query: { projectId } })).items[0]?.flag).toBeNull()

  const trainer = await server.newTrainer()
  const { judgment: own } = await judgeOne(trainer, projectId)
  const asked = await flag(own.id)
  await server.deps.database.transaction('system', (tx) =>
    sql`update judgment_flags set trainer_id = ${second.userId} where id = ${asked.id}`.execute(tx),
  )
  expect(await refusalOf(resolve(asked.id, 'keep', second))).toMatchObject({ status: 409, code: 'conflict' })
  await resolve(asked.id, 'keep', reviewer)
})
