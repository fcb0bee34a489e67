import { isRow, type Row } from '../container/records.ts'
import { type ReadContext, wanted } from '../content/fields.ts'
import { readMessages } from '../content/messages.ts'
import { otherFields, readExternalId } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** OpenAI's reinforcement fine-tuning: a prompt, and what a grader compares with. */
export function readOpenaiRft(row: Row, context: ReadContext): Feedback {
  const task = buildTask({
    context: readMessages(wanted(row, 'messages'), 'messages', context.notes),
    answers: [],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['messages', 'reference_answer', 'id']),
    reference: row.reference_answer,
  })
  return { task, annotations: [] }
}

export function detectOpenaiRft(row: Row): string | null {
  if (!Array.isArray(row.messages) || !('reference_answer' in row)) return null
  const last: unknown = row.messages.at(-1)
  return isRow(last) && last.role === 'user'
    ? '`messages` end with the user and have a `reference_answer`: OpenAI reinforcement fine-tuning'
    : null
}
