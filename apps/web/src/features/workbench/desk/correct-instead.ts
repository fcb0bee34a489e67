import type { Answer } from '@groundwork/contract'
import { client } from '../../../api/client.ts'
import { browserStorage } from '../../../ui/storage.ts'
import { localDrafts } from '../local-drafts.ts'

/** What the drafts in this browser call the correction of a judgment. */
export const correctionPlace = (judgmentId: string): string => `correction:${judgmentId}`

/** Makes an answer the beginning of a correction, for the page of that correction to find. */
export const beginCorrection = (userId: string, judgmentId: string, answer: Answer): void =>
  localDrafts(browserStorage(), userId).set(correctionPlace(judgmentId), {
    answer,
    activeMs: 0,
    at: Date.now(),
    synced: false,
    basedOn: null,
  })

/**
 * Makes an answer that could not be submitted any more the beginning of a correction of the one that was.
 * @returns the judgment that it corrects; null when there is none that can be corrected
 */
export async function correctInstead(
  userId: string,
  { projectId, taskId, answer }: { projectId: string; taskId: string; answer: Answer },
): Promise<string | null> {
  const { items } = await client.listMyJudgments({ query: { projectId } })
  const judgment = items.find((each) => each.taskId === taskId && each.correctable)
  if (!judgment) return null
  beginCorrection(userId, judgment.id, answer)
  return judgment.id
}
