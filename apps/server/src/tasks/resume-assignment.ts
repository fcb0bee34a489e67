import type { Assignment } from '@groundwork/contract'
import { AppError, type Deps, notFound, type Tx } from '../platform/index.ts'
import { type AssignmentRow, lockTrainer, readAssignment, renewLease } from './assignment-queries.ts'
import { claimState, leaseAgain } from './claim-queries.ts'
import { own } from './keep-assignment.ts'
import { holdPay, newLease, OutOfFunds } from './next-assignment.ts'
import { MOST_HELD } from './no-work-rules.ts'
import { presentAssignment } from './present-assignment.ts'
import { staleEpoch } from './stale-epoch.ts'

/**
 * An own assignment that is live, or that ran out and can be resumed or submitted late.
 * @throws AppError `not_found`; `conflict` when it is closed
 */
export async function getAssignment(deps: Deps, trainerId: string, id: string): Promise<Assignment> {
  return deps.database.transaction({ person: trainerId }, async (tx) => {
    await own(tx, id, trainerId)
    const row = await read(tx, id, trainerId)
    if (row.state !== 'live' && row.state !== 'expired') {
      throw new AppError('conflict', `This assignment is ${row.state}.`, { state: row.state })
    }
    return presentAssignment(tx, row)
  })
}

/**
 * Takes an assignment up again: renews a live one; leases an expired one again, under the next epoch, if a slot of its task is
 * still free.
 * @throws AppError `stale_epoch` when it is closed; `project_closed` when the project hands nothing out; `conflict` when the slot
 *   went to somebody else or two are held; `insufficient_funds`
 */
export async function resumeAssignment(deps: Deps, trainerId: string, id: string): Promise<Assignment> {
  const resume = async (tx: Tx) => {
    const assignment = await own(tx, id, trainerId)
    if (assignment.state === 'live') {
      await renewLease(tx, { id, trainerId, epoch: assignment.epoch }, null)
      return presentAssignment(tx, await read(tx, id, trainerId))
    }
    if (assignment.state !== 'expired') throw staleEpoch(assignment)
    return presentAssignment(tx, await leaseExpired(tx, trainerId, assignment))
  }
  // In the order of a claim: the trainer first, then rows.
  return paidOrRefused(deps.database.transaction({ person: trainerId }, resume, lockTrainer(trainerId)))
}

/** @throws AppError `insufficient_funds` when there was no money to hold for a lease */
export async function paidOrRefused<T>(leasing: Promise<T>): Promise<T> {
  try {
    return await leasing
  } catch (error) {
    if (!(error instanceof OutOfFunds)) throw error
    throw new AppError(
      'insufficient_funds',
      'The project is out of funds. Submit the answer all the same: it is paid with the next funding.',
    )
  }
}

/** @param most as many live assignments of the project may be held already, and one less */
export async function leaseExpired(
  tx: Tx,
  trainerId: string,
  assignment: { id: string; projectId: string },
  most = MOST_HELD,
): Promise<AssignmentRow> {
  const at = await claimState(tx, assignment.projectId, trainerId)
  if (at?.state !== 'live') {
    throw new AppError('project_closed', `The project is ${at?.state}; the answer can still be submitted.`, {
      state: at?.state,
    })
  }
  if (at.held.filter((each) => each.state === 'live').length >= most) {
    throw new AppError('conflict', `You hold ${most} other assignments of this project already.`)
  }
  const lease = newLease(at, trainerId, assignment.projectId)
  const leased = await leaseAgain(tx, lease, assignment.id)
  if (!leased) {
    throw new AppError(
      'conflict',
      'The task went to somebody else in the meantime. Your answer can still be submitted: it is kept and paid.',
      { reason: 'slot_taken' },
    )
  }
  await holdPay(tx, leased, lease.holdId)
  return leased
}

async function read(tx: Tx, id: string, trainerId: string): Promise<AssignmentRow> {
  const row = await readAssignment(tx, id, trainerId)
  if (!row) throw notFound('assignment')
  return row
}
