import { expect, test } from 'vitest'
import { acceptJudgment } from './accept-judgment.ts'
import { sweepLeases } from './background.ts'
import { nextAssignment } from './next-assignment.ts'
import { settleAllOwed } from './settle-owed.ts'
import { submitJudgment } from './submit-judgment.ts'
import { expectInvariants } from './testing/invariants.ts'
import { testWorkplace } from './testing/test-workplace.ts'
import { anAnswer } from './testing/workplace.ts'

test('pay that was owed when its judgment was accepted is available once there is money', async () => {
  const place = await testWorkplace()
  const { deps } = place
  const projectId = await place.newProject({ funds: '1.00' })
  const [anna, ben] = [await place.newTrainer(), await place.newTrainer()]
  const claim = async (trainer: string) => {
    const { assignment } = await nextAssignment(deps, trainer, { projectId })
    if (!assignment) throw new Error('nothing')
    return assignment
  }
  const expired = await claim(anna)
  await place.endLease(expired.id)
  await sweepLeases(deps)
  await claim(ben)
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
