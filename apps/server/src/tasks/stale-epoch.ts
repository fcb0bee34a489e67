import type { Answer } from '@groundwork/contract'
import { AppError, type Tx } from '../platform/index.ts'
import { type OwnAssignment, saveDraft } from './assignment-queries.ts'

const why: Record<OwnAssignment['state'], string> = {
  live: 'It was taken up again elsewhere',
  expired: 'Its lease ran out',
  submitted: 'It was submitted',
  skipped: 'It was skipped',
  flagged: 'It was flagged',
  withdrawn: 'It was taken back',
}

/** 409 for a writer whose epoch is over: says what became of the assignment and whether what was typed is kept. */
export function staleEpoch(
  assignment: Pick<OwnAssignment, 'state' | 'epoch'>,
  draftKept?: boolean,
): AppError {
  const kept = draftKept ? ' Your answer is kept as a draft.' : ''
  return new AppError('stale_epoch', `${why[assignment.state]}.${kept} Fetch the assignment again.`, {
    state: assignment.state,
    epoch: assignment.epoch,
    ...(draftKept === undefined ? {} : { draftKept }),
  })
}

/**
 * Keeps an answer that came under a stale epoch as the trainer's draft, unless the task was submitted or a later epoch has a draft.
 * One under an epoch that never was replaces nothing.
 */
export async function keepStaleAnswer(
  tx: Tx,
  trainerId: string,
  assignment: OwnAssignment,
  input: { epoch: number; answer: Answer },
): Promise<boolean> {
  if (assignment.state === 'submitted') return false
  return saveDraft(tx, {
    trainerId,
    taskId: assignment.taskId,
    organizationId: assignment.organizationId,
    projectId: assignment.projectId,
    answer: input.answer,
    activeMs: assignment.activeMs,
    epoch: input.epoch <= assignment.epoch ? input.epoch : 0,
  })
}
