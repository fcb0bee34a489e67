import {
  type Answer,
  type Judgment,
  type NextAssignment,
  presentMoney,
  type Submitted,
} from '@groundwork/contract'
import { captureHold, placeHold } from '../ledger/index.ts'
import { AppError, type Deps, hashJson, newId, postgresCode, type Tx } from '../platform/index.ts'
import { projectHeader } from '../projects/index.ts'
import { answerIssues } from './answer-issues.ts'
import type { OwnAssignment } from './assignment-queries.ts'
import {
  type JudgmentRow,
  judgmentByKey,
  lockOpenSlotOf,
  type NewJudgment,
  recordJudgment,
} from './judgment-queries.ts'
import { own, refuseOlderDraft } from './keep-assignment.ts'
import { nextAssignment } from './next-assignment.ts'
import { payOfVersion } from './project-facts.ts'
import { keepStaleAnswer, staleEpoch } from './stale-epoch.ts'

/** How long a submission can be taken back. */
export const UNDO_SECONDS = 10

type Submission = { epoch: number; answer: Answer; activeMs: number; basedOn?: string | null | undefined }
type Wish = { next: boolean; except?: string[] | undefined }

const UNIQUE_VIOLATION = '23505'

/**
 * Records the answer and its pay together, or neither, then hands out the next assignment of the project. A replay returns the
 * first receipt; a late answer is taken by the published rule (docs/decisions/0004-late-work.md).
 * @param key the request's idempotency key; without one the assignment and its epoch are the key
 * @throws AppError `invalid_answer` and `stale_epoch`: both keep the answer as a draft; `draft_conflict` when another device has saved a
 *   newer draft than the one that was submitted; `idempotency_mismatch`
 */
export async function submitJudgment(
  deps: Deps,
  trainerId: string,
  assignmentId: string,
  input: Submission & Wish,
  key = `${assignmentId}:${input.epoch}`,
): Promise<Submitted> {
  const { epoch, answer, activeMs, basedOn } = input
  const request = { key, hash: hashJson({ assignmentId, epoch, answer, activeMs }) }
  const record = () =>
    deps.database.transaction({ person: trainerId }, (tx) =>
      recordSubmission(tx, trainerId, assignmentId, { epoch, answer, activeMs, basedOn }, request),
    )
  const recorded = await record().catch((error: unknown) => {
    // The same key at the same moment with another assignment: the second attempt finds it and says so.
    if (postgresCode(error) === UNIQUE_VIOLATION) return record()
    throw error
  })
  if (recorded instanceof AppError) throw recorded
  const next: NextAssignment = input.next
    ? await nextAssignment(deps, trainerId, { projectId: recorded.projectId, except: input.except })
    : { assignment: null, reason: 'no_open_slots' }
  return { ...presentReceipt(recorded), next }
}

/** Errors that keep a draft are returned, so that the transaction commits what it kept. */
async function recordSubmission(
  tx: Tx,
  trainerId: string,
  assignmentId: string,
  input: Submission,
  request: { key: string; hash: string },
): Promise<JudgmentRow | AppError> {
  const assignment = await own(tx, assignmentId, trainerId, request.key)
  // Whoever waited for the lock of an assignment that was submitted meanwhile may be its replay.
  const replayed =
    assignment.keyUsed || assignment.state !== 'live'
      ? await judgmentByKey(tx, trainerId, request.key)
      : undefined
  if (replayed) return replay(replayed, request.hash)
  if (assignment.epoch !== input.epoch || (assignment.state !== 'live' && assignment.state !== 'expired')) {
    return staleEpoch(assignment, await keepStaleAnswer(tx, trainerId, assignment, input))
  }
  const { epoch, answer, activeMs, basedOn } = input
  if (basedOn !== undefined) await refuseOlderDraft(tx, trainerId, assignment.taskId, answer, basedOn)
  const issues = await answerIssues(tx, assignment, answer)
  if (issues.length > 0) {
    await keepStaleAnswer(tx, trainerId, assignment, input)
    return new AppError('invalid_answer', issues[0]?.message ?? 'The answer is not complete.', { issues })
  }
  const pay = await payOfVersion(tx, assignment.projectId, assignment.payVersion)
  const judgment: NewJudgment = {
    id: newId(),
    assignmentId,
    trainerId,
    epoch,
    answer,
    activeMs,
    from: assignment.state,
    currency: pay.currency,
    pay: pay.perJudgment,
    idempotencyKey: request.key,
    requestHash: request.hash,
    late: false,
    owed: false,
  }
  return assignment.state === 'live'
    ? recordAndPay(tx, judgment, assignment.holdId)
    : recordAfterExpiry(tx, judgment, assignment)
}

/** What a repeated request is answered with. */
export function replay(known: JudgmentRow, requestHash: string): JudgmentRow | AppError {
  if (known.requestHash === requestHash) return known
  return new AppError('idempotency_mismatch', 'This Idempotency-Key was used before with another body.')
}

/** The lease was swept. A free slot of the task is taken back; else the answer is kept as late. Either is paid, now or when funds come. */
async function recordAfterExpiry(
  tx: Tx,
  judgment: NewJudgment,
  assignment: OwnAssignment,
): Promise<JudgmentRow | AppError> {
  // Locked first, as when it is finished: that waits until it is known whether this is owed, or comes before it.
  const project = await projectHeader(tx, assignment.projectId, 'share')
  const slotId = await lockOpenSlotOf(tx, assignment.taskId, assignment.slotId)
  // A skip that was cleared is no lease that ran out: without a slot there is nothing to be late for.
  if (slotId === undefined && assignment.wasSkipped) {
    return staleEpoch(
      { ...assignment, state: 'skipped' },
      await keepStaleAnswer(tx, judgment.trainerId, assignment, judgment),
    )
  }
  const holdId = await placeHold(tx, {
    organizationId: assignment.organizationId,
    projectId: assignment.projectId,
    ownerId: assignment.projectId,
    currency: judgment.currency,
    amount: judgment.pay,
  })
  if (!holdId && project?.state === 'finished') {
    const draftKept = await keepStaleAnswer(tx, judgment.trainerId, assignment, judgment)
    return new AppError('project_closed', 'The project is finished and takes no late answers any more.', {
      state: 'finished',
      draftKept,
    })
  }
  const late = slotId === undefined
  const retaken = { slotId: slotId ?? null, holdId }
  return recordAndPay(tx, { ...judgment, late, owed: holdId === null, retaken }, holdId)
}

async function recordAndPay(tx: Tx, judgment: NewJudgment, holdId: string | null): Promise<JudgmentRow> {
  const recorded = await recordJudgment(tx, judgment)
  if (!recorded) throw new Error('The lock of the assignment did not hold.')
  if (holdId) await payJudgment(tx, recorded, holdId, recorded.payState === 'available')
  return recorded
}

/** Turns a hold into the pay of a judgment. */
export async function payJudgment(
  tx: Tx,
  judgment: Pick<JudgmentRow, 'id' | 'trainerId' | 'requestHash'>,
  holdId: string,
  available: boolean,
): Promise<void> {
  await captureHold(tx, holdId, {
    to: available ? 'trainer_available' : 'trainer_pending',
    trainerId: judgment.trainerId,
    judgmentId: judgment.id,
    key: payKey(judgment.id),
    requestHash: judgment.requestHash,
  })
}

/** The ledger's name for the pay of a judgment. */
export const payKey = (judgmentId: string): string => `pay:${judgmentId}`

/** What can be taken back: a late or owed answer has no slot or no money to give back. */
export const canUndo = (judgment: Pick<JudgmentRow, 'late' | 'receiptState'>): boolean =>
  !judgment.late && judgment.receiptState !== 'owed'

export const presentJudgment = (judgment: JudgmentRow): Judgment => ({
  id: judgment.id,
  taskId: judgment.taskId,
  projectId: judgment.projectId,
  answer: judgment.answer,
  submittedAt: judgment.submittedAt.toISOString(),
  late: judgment.late,
  activeMs: judgment.activeMs,
  supersedes: judgment.supersedes,
})

function presentReceipt(judgment: JudgmentRow): Omit<Submitted, 'next'> {
  const undoMs = canUndo(judgment) ? UNDO_SECONDS * 1000 : 0
  return {
    judgment: presentJudgment(judgment),
    earned: {
      ...presentMoney(judgment.pay, judgment.currency),
      state: judgment.receiptState,
      availableAt: judgment.receiptState === 'owed' ? null : judgment.reviewUntil.toISOString(),
    },
    undoUntil: new Date(judgment.submittedAt.getTime() + undoMs).toISOString(),
  }
}
