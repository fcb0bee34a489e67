import { textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { optionalText, wanted } from '../content/fields.ts'
import { otherFields, pairTask, readExternalId } from '../content/pair.ts'
import type { Feedback } from '../feedback/feedback.ts'
import { isTurns, readTurn, readTurns } from '../sharegpt/read.ts'

/** LLaMA-Factory's preference rows: a conversation as ShareGPT writes it, and two turns to end it with. */
export function readLlamaFactory(row: Row): Feedback {
  const system = optionalText(row, 'system')
  return pairTask({
    context: [
      ...(system === undefined ? [] : [textMessage('system', system)]),
      ...readTurns(wanted(row, 'conversations'), 'conversations'),
    ],
    a: [readTurn(wanted(row, 'chosen'), 'chosen')],
    b: [readTurn(wanted(row, 'rejected'), 'rejected')],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['conversations', 'system', 'chosen', 'rejected', 'id']),
    gold: 'a',
  })
}

export function detectLlamaFactory(row: Row): string | null {
  const fits = isTurns(row.conversations) && isRow(row.chosen) && isRow(row.rejected)
  return fits ? '`conversations` go on with `chosen` or `rejected`: LLaMA-Factory preference' : null
}
