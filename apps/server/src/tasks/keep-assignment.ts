import { type Answer, checkDraft } from '@groundwork/contract'
import { AppError, type Deps, notFound, type Tx } from '../platform/index.ts'
import {
  type Fence,
  lockOwnAssignment,
  newerDraft,
  type OwnAssignment,
  type Renewal,
  renewLease,
  saveDraft,
  startPaidTime,
} from './assignment-queries.ts'
import { formOfVersion } from './project-facts.ts'
import { keepStaleAnswer, staleEpoch } from './stale-epoch.ts'

type Kept = { savedAt: string; expiresAt: string; activeMs: number }

const present = (renewal: Renewal): Kept => ({
  savedAt: renewal.savedAt.toISOString(),
  expiresAt: renewal.expiresAt.toISOString(),
  activeMs: renewal.activeMs,
})

/**
 * Saves the answer as it stands and renews the lease.
 * @throws AppError `stale_epoch` (details.draftKept says that the text is kept all the same), `invalid_answer` for questions that
 *   the form does not have, `draft_conflict` when a newer draft is stored than the one that this was edited from
 */
export async function keepDraft(
  deps: Deps,
  trainerId: string,
  id: string,
  input: { epoch: number; answer: Answer; activeMs: number; basedOn?: string | null | undefined },
): Promise<Kept> {
  const kept = await deps.database.transaction({ person: trainerId }, async (tx) => {
    const assignment = await own(tx, id, trainerId)
    const issues = checkDraft(
      await formOfVersion(tx, assignment.projectId, assignment.formVersion),
      input.answer,
    )
    if (issues.length > 0) throw new AppError('invalid_answer', 'The form has no such question.', { issues })
    if (input.basedOn !== undefined && assignment.state !== 'submitted') {
      await refuseOlderDraft(tx, trainerId, assignment.taskId, input.answer, input.basedOn)
    }
    const renewal = await renewLease(tx, { id, trainerId, epoch: input.epoch }, input.activeMs)
    // Committed before the error is thrown: what was typed outlives the lease.
    if (!renewal) return staleEpoch(assignment, await keepStaleAnswer(tx, trainerId, assignment, input))
    await saveDraft(tx, {
      ...assignment,
      trainerId,
      answer: input.answer,
      activeMs: renewal.activeMs,
      epoch: input.epoch,
    })
    return present(renewal)
  })
  if (kept instanceof AppError) throw kept
  return kept
}

/** @throws AppError `draft_conflict` when a newer draft is stored that differs */
export async function refuseOlderDraft(
  tx: Tx,
  trainerId: string,
  taskId: string,
  answer: Answer,
  basedOn: string | null,
): Promise<void> {
  const stored = await newerDraft(tx, { trainerId, taskId, answer, basedOn })
  if (stored) throw draftConflict({ ...stored, savedAt: stored.savedAt.toISOString() })
}

/** 409 for an answer that was edited from an older draft than the stored one, which it brings along. */
export const draftConflict = (draft: { answer: Answer; savedAt: string }): AppError =>
  new AppError(
    'draft_conflict',
    'A newer draft was saved meanwhile, on another device or in another tab. Choose one, or bring both together.',
    { draft },
  )

/**
 * Says that the trainer is still at it.
 * @throws AppError `stale_epoch`
 */
export const heartbeat = (
  deps: Deps,
  trainerId: string,
  id: string,
  input: { epoch: number; activeMs: number },
): Promise<Kept> =>
  renewing(deps, { id, trainerId, epoch: input.epoch }, (tx, fence) => renewLease(tx, fence, input.activeMs))

/**
 * The task is on the screen: its paid time begins, once for an epoch.
 * @throws AppError `stale_epoch`
 */
export const show = (deps: Deps, trainerId: string, id: string, epoch: number): Promise<Kept> =>
  renewing(deps, { id, trainerId, epoch }, startPaidTime)

async function renewing(
  deps: Deps,
  fence: Fence,
  renew: (tx: Tx, fence: Fence) => Promise<Renewal | undefined>,
): Promise<Kept> {
  return deps.database.transaction({ person: fence.trainerId }, async (tx) => {
    const renewal = await renew(tx, fence)
    if (!renewal) throw staleEpoch(await own(tx, fence.id, fence.trainerId))
    return present(renewal)
  })
}

/**
 * Locks an assignment of the trainer.
 * @param key an idempotency key, to learn whether it was used
 * @throws AppError `not_found`
 */
export async function own(tx: Tx, id: string, trainerId: string, key?: string): Promise<OwnAssignment> {
  const assignment = await lockOwnAssignment(tx, id, trainerId, key)
  if (!assignment) throw notFound('assignment')
  return assignment
}
