import { expect, test } from 'vitest'
import { AppError, type Deps } from '../platform/index.ts'
import { sweepLeases } from './background.ts'
import { keepDraft, show } from './keep-assignment.ts'
import { nextAssignment } from './next-assignment.ts'
import { getAssignment, resumeAssignment } from './resume-assignment.ts'
import { submitJudgment } from './submit-judgment.ts'
import { expectInvariants } from './testing/invariants.ts'
import { testWorkplace } from './testing/test-workplace.ts'
import { anAnswer } from './testing/workplace.ts'

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: unknown) =>
      error instanceof AppError ? { code: error.code, details: error.details } : Promise.reject(error),
  )

test('claim, show, draft and submit, paid pending, next task handed out', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject({ tasks: 2 })
  const trainer = await place.newTrainer()

  const first = await nextAssignment(deps, trainer, { projectId })
  if (!first.assignment) throw new Error(first.reason)
  const { assignment } = first
  expect(assignment).toMatchObject({ epoch: 1, projectId, shownAt: null, draft: null, leaseSeconds: 1800 })
  expect(assignment.pay).toEqual({ amount: '1.00', currency: 'USD' })
  expect(assignment.task.candidates.map((each) => each.id).sort()).toEqual(['a', 'b'])
  expect(JSON.stringify(assignment)).not.toMatch(/team only|model-one|secret/)

  await show(deps, trainer, assignment.id, 1)
  const saved = await keepDraft(deps, trainer, assignment.id, {
    epoch: 1,
    answer: { reason: 'half' },
    activeMs: 3_600_000,
  })
  expect(saved.activeMs).toBeLessThan(60_000)
  expect((await getAssignment(deps, trainer, assignment.id)).draft?.answer).toEqual({ reason: 'half' })

  const submitted = await submitJudgment(deps, trainer, assignment.id, {
    epoch: 1,
    answer: anAnswer(),
    activeMs: 100,
    next: true,
  })
  expect(submitted.judgment).toMatchObject({ taskId: assignment.task.id, late: false })
  expect(submitted.earned).toMatchObject({ amount: '1.00', currency: 'USD', state: 'pending' })
  expect(submitted.next.assignment?.task.id).not.toBe(assignment.task.id)
  await expectInvariants(place.query)
})

test('a late answer takes its slot back when it is free, and is kept and paid when it is not', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject({ tasks: 2 })
  const [anna, ben] = [await place.newTrainer(), await place.newTrainer()]
  const claim = async (trainer: string) => {
    const { assignment } = await nextAssignment(deps, trainer, { projectId })
    if (!assignment) throw new Error('nothing')
    return assignment
  }
  const answer = { epoch: 1, answer: anAnswer(), activeMs: 0, next: false }

  const own = await claim(anna)
  await place.endLease(own.id)
  expect(await sweepLeases(deps)).toBe(true)
  const retaken = await submitJudgment(deps, anna, own.id, answer)
  expect(retaken.judgment.late).toBe(false)

  const second = await claim(anna)
  await place.endLease(second.id)
  await sweepLeases(deps)
  const taken = await claim(ben)
  expect(taken.task.id).toBe(second.task.id)
  await submitJudgment(deps, ben, taken.id, answer)
  const late = await submitJudgment(deps, anna, second.id, answer)
  expect(late.judgment.late).toBe(true)
  expect(late.earned.state).toBe('pending')
  await expectInvariants(place.query)
})

test('an expired lease with a draft comes back under the next epoch, and the old epoch is refused', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject({ tasks: 50 })
  const trainer = await place.newTrainer()
  const { assignment } = await nextAssignment(deps, trainer, { projectId })
  if (!assignment) throw new Error('nothing')
  await keepDraft(deps, trainer, assignment.id, { epoch: 1, answer: { reason: 'begun' }, activeMs: 0 })
  await place.endLease(assignment.id)
  await sweepLeases(deps)
  const again = await nextAssignment(deps, trainer, { projectId })
  expect(again.assignment).toMatchObject({
    id: assignment.id,
    epoch: 2,
    draft: { answer: { reason: 'begun' } },
  })
  expect(
    await refusal(
      submitJudgment(deps, trainer, assignment.id, {
        epoch: 1,
        answer: anAnswer('typed elsewhere'),
        activeMs: 0,
        next: false,
      }),
    ),
  ).toEqual({
    code: 'stale_epoch',
    details: { state: 'live', epoch: 2, draftKept: true },
  })
  expect((await resumeAssignment(deps, trainer, assignment.id)).draft?.answer).toEqual(
    anAnswer('typed elsewhere'),
  )
  await expectInvariants(place.query)
})

test('an answer under an epoch that never was is refused and replaces no draft', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject()
  const trainer = await place.newTrainer()
  const { assignment } = await nextAssignment(deps, trainer, { projectId })
  if (!assignment) throw new Error('nothing')
  await keepDraft(deps, trainer, assignment.id, { epoch: 1, answer: anAnswer(), activeMs: 0 })
  expect(
    await refusal(keepDraft(deps, trainer, assignment.id, { epoch: 7, answer: {}, activeMs: 0 })),
  ).toEqual({ code: 'stale_epoch', details: { state: 'live', epoch: 1, draftKept: false } })
  expect((await getAssignment(deps, trainer, assignment.id)).draft?.answer).toEqual(anAnswer())
})

test('projects for other people cost a search for work nothing', async () => {
  const place = await testWorkplace()
  const trainer = await place.newTrainer('KE')
  let transactions = 0
  const { database } = place.deps
  const counting: Deps = {
    ...place.deps,
    database: {
      ...database,
      transaction: (...given) => {
        transactions++
        return database.transaction(...given)
      },
    },
  }
  const search = async () => {
    transactions = 0
    const { assignment, ...why } = await nextAssignment(counting, trainer, {})
    return { transactions, found: assignment !== null, ...why }
  }
  for (let made = 0; made < 5; made++) await place.newProject({ audience: { countries: ['NO'] } })
  expect(await search()).toEqual({ transactions: 1, found: false, reason: 'not_qualified' })
  await place.newProject({ audience: { countries: ['KE'] } })
  expect(await search()).toMatchObject({ found: true })
})
