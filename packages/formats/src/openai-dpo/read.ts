import { isRow, type Row } from '../container/records.ts'
import { type ReadContext, wanted } from '../content/fields.ts'
import { readMessages } from '../content/messages.ts'
import { otherFields, pairTask, readExternalId } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** OpenAI's preference fine-tuning. Tools of the input are kept as metadata. */
export function readOpenaiDpo(row: Row, context: ReadContext): Feedback {
  const input = wanted(row, 'input')
  if (!isRow(input)) throw new RowFault('wrong_type', '"input" has to be {"messages": […]}.')
  return pairTask({
    context: readMessages(wanted(input, 'messages'), 'input.messages', context.notes),
    a: readMessages(wanted(row, 'preferred_output'), 'preferred_output', context.notes),
    b: readMessages(wanted(row, 'non_preferred_output'), 'non_preferred_output', context.notes),
    externalId: readExternalId(row.id, 'id'),
    metadata: {
      ...otherFields(input, ['messages']),
      ...otherFields(row, ['input', 'preferred_output', 'non_preferred_output', 'id']),
    },
    gold: 'a',
  })
}

export function detectOpenaiDpo(row: Row): string | null {
  const fits = isRow(row.input) && 'preferred_output' in row && 'non_preferred_output' in row
  return fits
    ? '`preferred_output` and `non_preferred_output` answer one `input`: OpenAI preference fine-tuning'
    : null
}
