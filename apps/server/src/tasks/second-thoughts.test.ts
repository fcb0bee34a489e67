import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { projectOf, refusalOf } from './testing/http.ts'
import { anAnswer } from './testing/workplace.ts'

let server: TestServer
let team: Awaited<ReturnType<TestServer['newTeam']>>

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

async function claim(projectId: string, { client }: TestPerson) {
  const answer = await client.nextAssignment({ body: { projectId } })
  if (!answer.assignment) throw new Error(answer.reason)
  return answer.assignment
}

/** Surely before, by a clock that counts milliseconds. */
const before = (at: string) => new Date(Date.parse(at) - 1_000).toISOString()
const draftOf = (conflict: { details?: unknown }) =>
  (conflict.details as { draft: { savedAt: string } }).draft

test('a submission that another device has overtaken is not taken; it says what stands there', async () => {
  const projectId = await projectOf(server, team)
  const trainer = await server.newTrainer()
  const { client } = trainer
  const { id } = await claim(projectId, trainer)
  const params = { id }
  const first = await client.saveDraft({
    params,
    body: { epoch: 1, answer: anAnswer('One.'), activeMs: 0, basedOn: null },
  })
  await new Promise((resolve) => setTimeout(resolve, 5))
  await client.saveDraft({
    params,
    body: { epoch: 1, answer: anAnswer('One, and more.'), activeMs: 0, basedOn: first.savedAt },
  })
  const body = { epoch: 1, answer: anAnswer('One.'), activeMs: 0, next: false }
  const refused = await refusalOf(
    client.submitJudgment({ params, body: { ...body, basedOn: before(first.savedAt) } }),
  )
  expect(refused).toMatchObject({
    status: 409,
    code: 'draft_conflict',
    details: { draft: { answer: anAnswer('One, and more.') } },
  })
  const { judgment } = await client.submitJudgment({
    params,
    body: { ...body, basedOn: draftOf(refused).savedAt },
  })
  expect(judgment.answer).toEqual(anAnswer('One.'))
})

test('a skip is taken back within ten seconds if the task is still free, and its candidates stay in their order', async () => {
  const projectId = await projectOf(server, team, { tasks: 2 })
  const trainer = await server.newTrainer()
  const { client } = trainer
  const one = await claim(projectId, trainer)
  const params = { id: one.id }
  await client.saveDraft({ params, body: { epoch: 1, answer: anAnswer('Half.'), activeMs: 0 } })
  await client.skipAssignment({ params, body: { epoch: 1 } })
  const two = await claim(projectId, trainer)
  expect(two.task.id).not.toBe(one.task.id)
  const { assignment } = await client.undoSkip({ params })
  expect(assignment).toMatchObject({ id: one.id, epoch: 2, draft: { answer: anAnswer('Half.') } })
  expect(assignment.task.candidates.map(({ id }) => id)).toEqual(one.task.candidates.map(({ id }) => id))
  // Asked again, it says the same.
  expect((await client.undoSkip({ params })).assignment.epoch).toBe(2)

  await client.skipAssignment({ params, body: { epoch: 2 } })
  await server.deps.database.transaction('system', async (tx) => {
    await tx
      .updateTable('assignments')
      .set({ closed_at: new Date(Date.now() - 60_000) })
      .where('id', '=', one.id)
      .execute()
  })
  expect((await refusalOf(client.undoSkip({ params }))).code).toBe('undo_expired')

  await client.skipAssignment({ params: { id: two.id }, body: { epoch: 1 } })
  const other = await server.newTrainer()
  const theirs = [await claim(projectId, other)]
  await other.client.submitJudgment({
    params: { id: theirs[0]?.id ?? '' },
    body: { epoch: 1, answer: anAnswer(), activeMs: 0, next: false },
  })
  theirs.push(await claim(projectId, other))
  expect(await refusalOf(client.undoSkip({ params: { id: two.id } }))).toMatchObject({
    status: 409,
    details: { reason: 'slot_taken' },
  })
})

test('skipped tasks are taken up again once nothing else is left, and pay nothing when they are gone', async () => {
  const projectId = await projectOf(server, team, { tasks: 3 })
  const trainer = await server.newTrainer()
  const { client } = trainer
  const skipped = [await claim(projectId, trainer)]
  await client.skipAssignment({ params: { id: skipped[0]?.id ?? '' }, body: { epoch: 1 } })
  expect((await refusalOf(client.takeUpSkipped({ body: { projectId } }))).code).toBe('conflict')
  for (const _ of [1, 2]) {
    const next = await claim(projectId, trainer)
    skipped.push(next)
    await client.skipAssignment({ params: { id: next.id }, body: { epoch: 1 } })
  }
  expect(await client.nextAssignment({ body: { projectId } })).toEqual({
    assignment: null,
    reason: 'skipped_by_you',
    skipped: 3,
  })
  expect((await client.listWork()).projects.find(({ id }) => id === projectId)).toMatchObject({
    openToYou: 0,
    reason: 'skipped_by_you',
  })
  expect(await client.takeUpSkipped({ body: { projectId } })).toEqual({ tasks: 3 })
  expect(await client.takeUpSkipped({ body: { projectId } })).toEqual({ tasks: 0 })

  // Somebody else judges all of them meanwhile: what was skipped is no lease that ran out, and cannot be submitted late.
  const other = await server.newTrainer()
  for (const _ of skipped) {
    const { id } = await claim(projectId, other)
    await other.client.submitJudgment({
      params: { id },
      body: { epoch: 1, answer: anAnswer(), activeMs: 0, next: false },
    })
  }
  const late = client.submitJudgment({
    params: { id: skipped[0]?.id ?? '' },
    body: { epoch: 1, answer: anAnswer(), activeMs: 0, next: false },
  })
  expect(await refusalOf(late)).toMatchObject({ code: 'stale_epoch', details: { state: 'skipped' } })
})

test('a correction is autosaved for all devices, and whoever comes second learns what stands', async () => {
  const projectId = await projectOf(server, team)
  const trainer = await server.newTrainer()
  const { client } = trainer
  const { id } = await claim(projectId, trainer)
  const { judgment } = await client.submitJudgment({
    params: { id },
    body: { epoch: 1, answer: anAnswer(), activeMs: 0, next: false },
  })
  const params = { id: judgment.id }
  const kept = await client.saveCorrectionDraft({
    params,
    body: { answer: anAnswer('Other.'), basedOn: null },
  })
  expect((await client.getCorrection({ params })).draft).toEqual({ answer: anAnswer('Other.'), ...kept })
  expect(
    await refusalOf(
      client.saveCorrectionDraft({ params, body: { answer: anAnswer('Third.'), basedOn: null } }),
    ),
  ).toMatchObject({ code: 'draft_conflict', details: { draft: { answer: anAnswer('Other.') } } })
  expect(
    await refusalOf(
      client.correctJudgment({ params, body: { answer: anAnswer('Third.'), activeMs: 0, basedOn: null } }),
    ),
  ).toMatchObject({ code: 'draft_conflict' })
  expect(
    (await refusalOf(client.saveCorrectionDraft({ params, body: { answer: { nothing: 1 } } }))).code,
  ).toBe('invalid_answer')

  const { judgment: corrected } = await client.correctJudgment({
    params,
    body: { answer: anAnswer('Other.'), activeMs: 0, basedOn: kept.savedAt },
  })
  expect((await client.getCorrection({ params })).draft).toBeNull()
  const second = client.correctJudgment({ params, body: { answer: anAnswer('Third.'), activeMs: 0 } })
  expect(await refusalOf(second)).toMatchObject({ code: 'conflict', details: { standing: corrected.id } })
  const stranger = await server.newTrainer()
  expect(
    (await refusalOf(stranger.client.saveCorrectionDraft({ params, body: { answer: {} } }))).status,
  ).toBe(404)
})

test('a note from an older state does not overwrite a newer one', async () => {
  const { client } = await server.newTrainer()
  const params = { key: 'notes:x' }
  const first = await client.savePreference({ params, body: { value: 'One.', basedOn: null } })
  await new Promise((resolve) => setTimeout(resolve, 5))
  const second = await client.savePreference({ params, body: { value: 'Two.', basedOn: first.savedAt } })
  expect(
    await refusalOf(
      client.savePreference({ params, body: { value: 'Three.', basedOn: before(first.savedAt) } }),
    ),
  ).toMatchObject({ status: 409, details: { stored: { value: 'Two.', savedAt: second.savedAt } } })
})
