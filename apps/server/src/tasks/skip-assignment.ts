import type { Assignment } from '@groundwork/contract'
import { releaseHold } from '../ledger/index.ts'
import { AppError, type Deps, notFound, type Tx } from '../platform/index.ts'
import { organizationOfProject } from '../projects/index.ts'
import { letGo, lockTrainer, readAssignment } from './assignment-queries.ts'
import { openSlots } from './claim-queries.ts'
import { own } from './keep-assignment.ts'
import { MOST_HELD_AFTER_UNDO } from './no-work-rules.ts'
import { presentAssignment } from './present-assignment.ts'
import { leaseExpired, paidOrRefused } from './resume-assignment.ts'
import { clearSkips, reopenSkipped } from './skip-queries.ts'
import { staleEpoch } from './stale-epoch.ts'
import { UNDO_SECONDS } from './submit-judgment.ts'

/**
 * Frees the slot for somebody else. It never counts against the trainer, who is not offered the task again before everything else is done.
 * @throws AppError `stale_epoch`
 */
export async function skipAssignment(
  deps: Deps,
  trainerId: string,
  id: string,
  input: { epoch: number; reason: string },
): Promise<void> {
  await deps.database.transaction({ person: trainerId }, async (tx) => {
    const assignment = await own(tx, id, trainerId)
    const ended = await letGo(
      tx,
      { id, trainerId, epoch: input.epoch },
      { state: 'skipped', reason: input.reason },
    )
    if (!ended) throw staleEpoch(assignment)
    await releaseHold(tx, ended.holdId)
  })
}

/**
 * Takes a skip back within ten seconds of the database's clock: the task is leased again under the next epoch. Its slot was free in
 * between, so that somebody else may have it by now.
 * @throws AppError `undo_expired`; `stale_epoch` when it is no skip; `project_closed`; `conflict` when the slot went to somebody else or too
 *   many are held; `insufficient_funds`
 */
export async function undoSkip(deps: Deps, trainerId: string, id: string): Promise<Assignment> {
  const undo = async (tx: Tx) => {
    const assignment = await own(tx, id, trainerId)
    if (assignment.state === 'live') {
      const held = await readAssignment(tx, id, trainerId)
      if (!held) throw notFound('assignment')
      return presentAssignment(tx, held)
    }
    if (assignment.state !== 'skipped') throw staleEpoch(assignment)
    if (!(await reopenSkipped(tx, id, UNDO_SECONDS))) {
      throw new AppError('undo_expired', `A skip can be taken back for ${UNDO_SECONDS} seconds.`)
    }
    return presentAssignment(tx, await leaseExpired(tx, trainerId, assignment, MOST_HELD_AFTER_UNDO))
  }
  // In the order of a claim: the trainer first, then rows.
  return paidOrRefused(deps.database.transaction({ person: trainerId }, undo, lockTrainer(trainerId)))
}

/**
 * Offers a trainer again what was skipped in a project. Only when nothing else there is open to the trainer: who skips does not choose what
 * comes next, and nothing about a task changes by skipping it.
 * @returns how many tasks
 * @throws AppError `not_found` for a project that was never launched; `conflict` while other tasks are open
 */
export async function takeUpSkipped(deps: Deps, trainerId: string, projectId: string): Promise<number> {
  const organization = await organizationOfProject(deps, projectId)
  if (!organization) throw notFound('project')
  return deps.database.transaction(
    { organization, person: trainerId },
    async (tx) => {
      const open = await openSlots(tx, projectId, trainerId)
      if (open.forTrainer && open.skipped > 0) {
        throw new AppError('conflict', 'Other tasks are open to you here; what you skipped comes after them.')
      }
      return clearSkips(tx, trainerId, projectId)
    },
    lockTrainer(trainerId),
  )
}
