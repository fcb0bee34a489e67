import { textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { wanted, wantedText } from '../content/fields.ts'
import { otherFields, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'

/** BeaverTails: an answer with the kinds of harm that it does. The names of the kinds hold commas and are kept whole. */
export function readBeavertails(row: Row): Feedback {
  const category = wanted(row, 'category')
  if (!isRow(category)) throw new RowFault('wrong_type', '"category" has to be an object of true and false.')
  const safe = wanted(row, 'is_safe')
  if (typeof safe !== 'boolean') throw new RowFault('wrong_type', '"is_safe" has to be true or false.')
  const harms = Object.entries(category).flatMap(([name, applies]) => (applies === true ? [name] : []))
  const task = buildTask({
    context: saying([textMessage('user', wantedText(row, 'prompt'))], 'prompt'),
    answers: [{ messages: [textMessage('assistant', wantedText(row, 'response'))] }],
    metadata: otherFields(row, ['prompt', 'response', 'category', 'is_safe']),
  })
  return {
    task,
    annotations: [
      { verdict: { type: 'classification', labels: harms } },
      { verdict: { type: 'thumb', candidate: 'a', good: safe } },
    ],
  }
}

export function detectBeavertails(row: Row): string | null {
  const fits = isRow(row.category) && typeof row.is_safe === 'boolean'
  return fits ? '`category` and `is_safe` judge a `response`: BeaverTails' : null
}
