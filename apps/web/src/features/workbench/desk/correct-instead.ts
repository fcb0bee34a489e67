import type { Answer } from '@groundwork/contract'
import { client } from '../../../api/client.ts'
import { browserStorage } from '../../../ui/storage.ts'

/** Where the answer of a correction is kept in this browser until it is sent. */
export const correctionKey = (userId: string, judgmentId: string): string =>
  `groundwork.correction.${userId}.${judgmentId}`

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
  browserStorage().set(correctionKey(userId, judgment.id), JSON.stringify(answer))
  return judgment.id
}
