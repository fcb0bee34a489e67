import type { Row } from '../container/records.ts'
import { kindOf } from '../content/check.ts'
import { RowFault } from '../faults.ts'
import type { Verdict } from '../feedback/feedback.ts'

/**
 * LLaMA-Factory's `kto_tag` beside a conversation or an instruction: whether its answer is a good one. Undefined where there is none, which makes
 * the answer one to learn from.
 * @throws RowFault `wrong_type` when it is not true or false
 */
export function thumbOf({ kto_tag: tag }: Row): Verdict | undefined {
  if (tag === undefined || tag === null || tag === '') return undefined
  if (typeof tag === 'boolean') return { type: 'thumb', candidate: 'a', good: tag }
  throw new RowFault('wrong_type', `"kto_tag" is ${kindOf(tag)}; it has to be true or false.`)
}
