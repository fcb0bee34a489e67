import { textMessage } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { wantedNumber, wantedText } from '../content/fields.ts'
import { otherFields, pairTask, saying } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** Stanford Human Preferences: a post and two comments. `labels` is 1 when the first got more votes, 0 when the second did. */
export function readShp(row: Row): Feedback {
  const label = wantedNumber(row, 'labels')
  if (label !== 0 && label !== 1) {
    throw new RowFault('unknown_gold', `"labels" is ${label}; it has to be 1 (the first is better) or 0.`)
  }
  const feedback = pairTask({
    context: saying([textMessage('user', wantedText(row, 'history'))], 'history'),
    a: saying([textMessage('assistant', wantedText(row, 'human_ref_A'))], 'human_ref_A'),
    b: saying([textMessage('assistant', wantedText(row, 'human_ref_B'))], 'human_ref_B'),
    metadata: otherFields(row, ['history', 'human_ref_A', 'human_ref_B', 'labels']),
    gold: label === 1 ? 'a' : 'b',
  })
  return typeof row.post_id === 'string' ? { ...feedback, groupId: `shp:${row.post_id}` } : feedback
}

export function detectShp(row: Row): string | null {
  const fits = 'human_ref_A' in row && 'human_ref_B' in row && 'history' in row
  return fits ? '`human_ref_A` and `human_ref_B` answer a `history`: Stanford Human Preferences' : null
}
