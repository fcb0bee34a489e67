import { expect, test } from 'vitest'
import { acceptJudgment } from './accept-judgment.ts'
import { sweepLeases } from './background.ts'
import { finishProject } from './change-project-life.ts'
import { nextAssignment } from './next-assignment.ts'
import { settleAllOwed } from './settle-owed.ts'
import { submitJudgment } from './submit-judgment.ts'
import { expectInvariants } from './testing/invariants.ts'
import { type TestWorkplace, testWorkplace } from './testing/test-workplace.ts'
import { anAnswer } from './testing/workplace.ts'

async function claim({ deps }: TestWorkplace, trainer: string, projectId: string) {
  const { assignment } = await nextAssignment(deps, trainer, { projectId })
  if (!assignment) throw new Error('nothing')
  return assignment
}

test('a project that owes cannot be finished before it has the money', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject({ funds: '1.00' })
  const [anna, ben] = [await place.newTrainer(), await place.newTrainer()]
  const expired = await claim(place, anna, projectId)
  await place.endLease(expired.id)
  await sweepLeases(deps)
  await claim(place, ben, projectId)
  const answer = { epoch: 1, answer: anAnswer(), activeMs: 0, next: false }
  const late = await submitJudgment(deps, anna, expired.id, answer)
  expect(late.earned.state).toBe('owed')
  await expect(finishProject(deps, place.owner, projectId)).rejects.toMatchObject({
    code: 'insufficient_funds',
    details: { missing: { amount: '1.00', currency: 'USD' } },
  })
  await place.fund(projectId, '1.00')
  await finishProject(deps, place.owner, projectId)
  expect(await place.query('select pay_state from judgments where id = $1', [late.judgment.id])).toEqual([
    { pay_state: 'pending' },
  ])
  await expectInvariants(place.query)
})

test('pay that was owed when its judgment was accepted is available once there is money', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject({ funds: '1.00' })
  const [anna, ben] = [await place.newTrainer(), await place.newTrainer()]
  const expired = await claim(place, anna, projectId)
  await place.endLease(expired.id)
  await sweepLeases(deps)
  await claim(place, ben, projectId)
  const late = await submitJudgment(deps, anna, expired.id, {
    epoch: 1,
    answer: anAnswer(),
    activeMs: 0,
    next: false,
  })
  expect(late.earned.state).toBe('owed')
  await acceptJudgment(deps, place.owner, late.judgment.id)

  await place.fund(projectId, '1.00')
  expect(await settleAllOwed(deps)).toBe(true)
  expect(await place.query('select pay_state from judgments where id = $1', [late.judgment.id])).toEqual([
    { pay_state: 'available' },
  ])
  expect(
    await place.query('select kind, available from ledger_accounts where owner_id = $1', [anna]),
  ).toMatchObject([{ kind: 'trainer_available', available: '1000000' }])
  await expectInvariants(place.query)
})
