import type { Row } from '../container/records.ts'
import { type ReadContext, wanted } from '../content/fields.ts'
import { looksLikeMessages, readMessages } from '../content/messages.ts'
import { otherFields, readExternalId } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { type Feedback, splitAnswer } from '../feedback/feedback.ts'

/** A conversation to learn from: what comes after the last message that no model wrote is the demonstration. */
export function readTrlSft(row: Row, context: ReadContext): Feedback {
  const messages = readMessages(wanted(row, 'messages'), 'messages', context.notes)
  const { context: before, answer } = splitAnswer(messages)
  const task = buildTask({
    context: before,
    answers: answer.length > 0 ? [{ messages: answer }] : [],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['messages', 'id']),
  })
  return {
    task,
    annotations: answer.length > 0 ? [{ verdict: { type: 'demonstration', candidate: 'a' } }] : [],
  }
}

export function detectTrlSft(row: Row): string | null {
  return looksLikeMessages(row.messages) ? '`messages` is a message list: TRL conversations (SFT)' : null
}
