import type { Answer, Corrected, Judgment } from '@groundwork/contract'
import { AppError, type Deps, hashJson, newId, notFound, type Tx } from '../platform/index.ts'
import { answerIssues } from './answer-issues.ts'
import { dropCorrectionDraft, newerCorrectionDraft, standingJudgment } from './correction-draft-queries.ts'
import { insertCorrection, withdrawCorrection } from './correction-queries.ts'
import { type JudgmentRow, judgmentByKey, lockJudgment, placeOfJudgment } from './judgment-queries.ts'
import { draftConflict, own } from './keep-assignment.ts'
import { presentJudgment, replay, UNDO_SECONDS } from './submit-judgment.ts'

/**
 * Puts a new answer in the place of the trainer's own one, while its review window is open and nobody has accepted it. The old judgment
 * stays as history, the pay stays where it is: docs/decisions/0013-corrections.md. A replay returns the first answer.
 * @param key the request's idempotency key
 * An open flag of the team goes along.
 * @throws AppError `not_found`; `invalid_answer`; `conflict` when it was corrected, accepted, taken back, left out or late, or its window is over (details.standing
 *   names the judgment that stands when it was corrected); `draft_conflict` when a newer draft of the correction is stored; `idempotency_mismatch`
 */
export async function correctJudgment(
  deps: Deps,
  trainerId: string,
  id: string,
  { answer, activeMs, basedOn }: { answer: Answer; activeMs: number; basedOn?: string | null | undefined },
  key: string = newId(),
): Promise<Corrected> {
  const requestHash = hashJson({ correct: id, answer, activeMs })
  return deps.database.transaction({ person: trainerId }, async (tx) => {
    const judgment = await lockOwnJudgment(tx, trainerId, id)
    const known = await judgmentByKey(tx, trainerId, key)
    if (known) return present(replay(known, requestHash))
    await refuseWhenClosed(tx, judgment)
    await refuseOlderCorrection(tx, trainerId, id, { answer, basedOn })
    const issues = await answerIssues(tx, judgment, answer)
    if (issues.length > 0) {
      throw new AppError('invalid_answer', issues[0]?.message ?? 'The answer is not complete.', { issues })
    }
    const corrected = await insertCorrection(tx, {
      id: newId(),
      supersedes: id,
      answer,
      activeMs,
      idempotencyKey: key,
      requestHash,
    })
    if (!corrected) throw new AppError('conflict', 'Its review is over; it can no longer be corrected.')
    await dropCorrectionDraft(tx, id)
    return present(corrected)
  })
}

/** @throws AppError `draft_conflict` when a newer draft of the correction is stored that differs */
export async function refuseOlderCorrection(
  tx: Tx,
  trainerId: string,
  judgmentId: string,
  { answer, basedOn }: { answer: Answer; basedOn?: string | null | undefined },
): Promise<void> {
  if (basedOn === undefined) return
  const stored = await newerCorrectionDraft(tx, { trainerId, judgmentId, answer, basedOn })
  if (stored) throw draftConflict({ ...stored, savedAt: stored.savedAt.toISOString() })
}

/**
 * Takes a correction back within ten seconds of the database's clock; the judgment before it counts again.
 * @throws AppError `not_found`, `undo_expired`; `conflict` when it is no correction, or was corrected, accepted or taken back itself
 */
export async function undoCorrection(deps: Deps, trainerId: string, id: string): Promise<Judgment> {
  return deps.database.transaction({ person: trainerId }, async (tx) => {
    const judgment = await lockOwnJudgment(tx, trainerId, id)
    if (!judgment.supersedes) throw new AppError('conflict', 'This judgment is not a correction.')
    if (judgment.withdrawnAt) throw new AppError('conflict', 'This correction was taken back already.')
    if (judgment.supersededAt) throw new AppError('conflict', 'This correction was corrected itself.')
    if (judgment.acceptedAt) throw new AppError('conflict', 'This correction was accepted already.')
    const standing = await withdrawCorrection(tx, id, UNDO_SECONDS)
    if (!standing) {
      throw new AppError('undo_expired', `A correction can be taken back for ${UNDO_SECONDS} seconds.`)
    }
    return presentJudgment(standing)
  })
}

/** The assignment is locked before the judgment, as in a submit. */
export async function lockOwnJudgment(tx: Tx, trainerId: string, id: string): Promise<JudgmentRow> {
  const place = await placeOfJudgment(tx, id)
  if (place?.trainerId !== trainerId) throw notFound('judgment')
  await own(tx, place.assignmentId, trainerId)
  const judgment = await lockJudgment(tx, id)
  if (!judgment) throw notFound('judgment')
  return judgment
}

/** @throws AppError `conflict` when the judgment can no longer be corrected */
export async function refuseWhenClosed(tx: Tx, judgment: JudgmentRow): Promise<void> {
  if (judgment.withdrawnAt) throw new AppError('conflict', 'This judgment was taken back.')
  if (judgment.supersededAt) {
    const standing = await standingJudgment(tx, judgment.id)
    throw new AppError('conflict', 'This judgment was corrected already.', { standing })
  }
  if (judgment.acceptedAt) throw new AppError('conflict', 'The team has accepted this judgment already.')
  if (judgment.setAside === 'excluded') {
    throw new AppError('conflict', 'The team has left this judgment out; a correction would not count.')
  }
  if (judgment.late) throw new AppError('conflict', 'A late answer does not count and cannot be corrected.')
}

const present = (judgment: JudgmentRow | AppError): Corrected => {
  if (judgment instanceof AppError) throw judgment
  return {
    judgment: presentJudgment(judgment),
    undoUntil: new Date(judgment.submittedAt.getTime() + UNDO_SECONDS * 1000).toISOString(),
  }
}
