import { isRow, type Row } from '../container/records.ts'
import { type ReadContext, wanted } from '../content/fields.ts'
import { looksLikeMessages, readMessages } from '../content/messages.ts'
import { otherFields, pairTask, readExternalId } from '../content/pair.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** axolotl's preference rows (`chat_template.default`): messages, and one message twice to end them with. */
export function readAxolotl(row: Row, context: ReadContext): Feedback {
  return pairTask({
    context: readMessages(wanted(row, 'messages'), 'messages', context.notes),
    a: readMessages([wanted(row, 'chosen')], 'chosen', context.notes),
    b: readMessages([wanted(row, 'rejected')], 'rejected', context.notes),
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['messages', 'chosen', 'rejected', 'id']),
    gold: 'a',
  })
}

export function detectAxolotl(row: Row): string | null {
  const fits = looksLikeMessages(row.messages) && isRow(row.chosen) && isRow(row.rejected)
  return fits ? '`messages` go on with one message as `chosen` or `rejected`: axolotl preference' : null
}
