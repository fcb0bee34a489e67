import { type Answer, type Issue, needsTask, validateAnswer } from '@groundwork/contract'
import type { Tx } from '../platform/index.ts'
import { formOfVersion } from './project-facts.ts'
import { payloadOf } from './task-queries.ts'

/** What keeps an answer from being a judgment. The task is read only for forms whose answers can only be checked beside it. */
export async function answerIssues(
  tx: Tx,
  judged: { projectId: string; taskId: string; formVersion: number },
  answer: Answer,
): Promise<Issue[]> {
  const form = await formOfVersion(tx, judged.projectId, judged.formVersion)
  return validateAnswer(form, answer, needsTask(form) ? await payloadOf(tx, judged.taskId) : undefined)
}
