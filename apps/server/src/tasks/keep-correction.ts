import { type Answer, checkDraft } from '@groundwork/contract'
import { AppError, type Deps } from '../platform/index.ts'
import { lockOwnJudgment, refuseOlderCorrection, refuseWhenClosed } from './correct-judgment.ts'
import { dropCorrectionDraft, storeCorrectionDraft } from './correction-draft-queries.ts'
import { formOfVersion } from './project-facts.ts'

/**
 * Saves a correction as it stands, so that it is there on every device; a null answer forgets it.
 * @throws AppError `not_found`; `invalid_answer` for questions that the form does not have; `draft_conflict` when a newer draft is stored
 *   than the one that this was edited from; `conflict` when the judgment can no longer be corrected
 */
export async function keepCorrectionDraft(
  deps: Deps,
  trainerId: string,
  id: string,
  input: { answer: Answer | null; basedOn?: string | null | undefined },
): Promise<{ savedAt: string }> {
  const { answer } = input
  return deps.database.transaction({ person: trainerId }, async (tx) => {
    const judgment = await lockOwnJudgment(tx, trainerId, id)
    await refuseWhenClosed(tx, judgment)
    if (answer === null) return { savedAt: (await dropCorrectionDraft(tx, id)).toISOString() }
    const issues = checkDraft(await formOfVersion(tx, judgment.projectId, judgment.formVersion), answer)
    if (issues.length > 0) throw new AppError('invalid_answer', 'The form has no such question.', { issues })
    await refuseOlderCorrection(tx, trainerId, id, { ...input, answer })
    return { savedAt: (await storeCorrectionDraft(tx, judgment, answer)).toISOString() }
  })
}
