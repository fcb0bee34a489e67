import type { Message, TaskPayload } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import { candidateId } from '../feedback/feedback.ts'
import { checkDeep } from './check.ts'

export type TaskParts = {
  context: Message[]
  /** In order; they get the ids a, b, c, … */
  answers: { messages: Message[]; model?: string | undefined }[]
  externalId?: string | undefined
  metadata?: Row
  reference?: unknown
}

/**
 * A task payload within the limits of the contract.
 * @throws RowFault when there is neither prompt nor answer, or there is too much of something
 */
export function buildTask({ context, answers, externalId, metadata, reference }: TaskParts): TaskPayload {
  if (context.length === 0) {
    throw new RowFault('missing_field', 'There is no prompt: nothing comes before the answer.')
  }
  checkCount(context, 1_000, 'The conversation before the answer')
  if (answers.length > 50) {
    throw new RowFault('too_long', `There are ${answers.length} answers; at most 50 are possible.`)
  }
  answers.forEach(({ messages }, index) => {
    checkCount(messages, 500, answers.length === 1 ? 'The answer' : `Answer ${index + 1}`)
  })
  if (metadata) checkDeep(metadata, 'row')
  if (reference !== undefined) checkDeep(reference, 'reference')
  return {
    ...(externalId !== undefined && { externalId }),
    context,
    candidates: answers.map(({ messages, model }, index) => ({
      id: candidateId(index),
      ...(model ? { model } : {}),
      messages,
    })),
    ...(reference !== undefined && { reference }),
    ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
  }
}

function checkCount(messages: Message[], most: number, what: string): void {
  if (messages.length === 0) throw new RowFault('missing_field', `${what} has no message.`)
  if (messages.length > most) {
    throw new RowFault('too_long', `${what} has ${messages.length} messages; at most ${most} are possible.`)
  }
}
