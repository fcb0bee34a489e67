import type { Assignment } from '@groundwork/contract'
import { placeHold, reverseTransfer, transferByKey } from '../ledger/index.ts'
import { AppError, type Deps, newId, notFound, type Tx } from '../platform/index.ts'
import { readAssignment } from './assignment-queries.ts'
import { type JudgmentRow, lockJudgment, placeOfJudgment, withdrawJudgment } from './judgment-queries.ts'
import { own } from './keep-assignment.ts'
import { presentAssignment } from './present-assignment.ts'
import { canUndo, payKey, UNDO_SECONDS } from './submit-judgment.ts'

/**
 * Takes a submission back within ten seconds of the database's clock: the pay is reversed and held again, the slot is leased
 * again under the next epoch, the answer is back as a draft.
 * @throws AppError `undo_expired`; `conflict` when it was taken back or accepted already, or was late
 */
export async function undoJudgment(deps: Deps, trainerId: string, id: string): Promise<Assignment> {
  return deps.database.transaction({ person: trainerId }, async (tx) => {
    const place = await placeOfJudgment(tx, id)
    if (!place || place.trainerId !== trainerId) throw notFound('judgment')
    // The assignment is locked before the judgment, as in a submit.
    await own(tx, place.assignmentId, trainerId)
    const judgment = await lockJudgment(tx, id)
    if (!judgment) throw notFound('judgment')
    refuseWhenSettled(judgment)
    const holdId = newId()
    if (!(await withdrawJudgment(tx, id, { seconds: UNDO_SECONDS, holdId }))) {
      throw new AppError('undo_expired', `A submission can be taken back for ${UNDO_SECONDS} seconds.`)
    }
    await holdPayAgain(tx, judgment, holdId)
    const assignment = await readAssignment(tx, place.assignmentId, trainerId)
    if (!assignment) throw notFound('assignment')
    return presentAssignment(tx, assignment)
  })
}

function refuseWhenSettled(judgment: JudgmentRow): void {
  if (judgment.supersedes) {
    throw new AppError('conflict', 'This is a correction; take it back with /judgments/:id/undo-correction.')
  }
  if (judgment.supersededAt) throw new AppError('conflict', 'This submission was corrected already.')
  if (judgment.withdrawnAt) throw new AppError('conflict', 'This submission was taken back already.')
  if (judgment.acceptedAt) throw new AppError('conflict', 'This submission was accepted already.')
  if (!canUndo(judgment)) {
    throw new AppError('conflict', 'A late answer cannot be taken back: its slot went to somebody else.')
  }
}

async function holdPayAgain(tx: Tx, judgment: JudgmentRow, holdId: string): Promise<void> {
  const pay = await transferByKey(tx, judgment.organizationId, payKey(judgment.id))
  if (!pay) throw new Error(`Judgment ${judgment.id} has no pay to reverse.`)
  await reverseTransfer(tx, pay.id, { key: `undo:${judgment.id}`, actorId: judgment.trainerId })
  const held = await placeHold(tx, {
    id: holdId,
    organizationId: judgment.organizationId,
    projectId: judgment.projectId,
    ownerId: judgment.projectId,
    currency: judgment.currency,
    amount: judgment.pay,
  })
  if (!held) throw new Error(`The pay of judgment ${judgment.id} came back and could not be held.`)
}
