import type { PreferenceOutcome } from '@groundwork/contract'
import type { Row } from '../container/records.ts'
import { shownValue } from '../content/check.ts'
import { RowFault } from '../faults.ts'
import type { FieldMap } from './field-map.ts'

const ties: Record<string, PreferenceOutcome> = {
  tie: 'tie',
  draw: 'tie',
  equal: 'tie',
  same: 'tie',
  both_good: 'both_good',
  'tie (bothgood)': 'both_good',
  both_bad: 'both_bad',
  bothbad: 'both_bad',
  'tie (bothbad)': 'both_bad',
  neither: 'both_bad',
}
const firsts = ['1', 'a', 'left', 'first', 'model_a', 'response_a', 'response_1', 'output_1']
const seconds = ['2', 'b', 'right', 'second', 'model_b', 'response_b', 'response_2', 'output_2']

/**
 * What a known answer says. Understood are 1 and 2, a and b, left and right, the names of the mapped fields, the names of the two models, and
 * ties. 0 is refused, because it means the first answer in some sets and the second in others.
 * @param value the gold field; absent, null and empty text mean that this row has no known answer
 * @throws RowFault `unknown_gold`
 */
export function readGold(value: unknown, row: Row, map: FieldMap): PreferenceOutcome | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const exact = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  // The fields' own names come first: a file may well call the second candidate "a".
  if (exact === map.a || (exact !== '' && exact === nameOfModel(row, map.model_a, map.model_b))) return 'a'
  if (exact === map.b || (exact !== '' && exact === nameOfModel(row, map.model_b, map.model_a))) return 'b'
  const plain = exact.toLowerCase()
  if (firsts.includes(plain)) return 'a'
  if (seconds.includes(plain)) return 'b'
  const tie = Object.hasOwn(ties, plain) ? ties[plain] : undefined
  if (tie) return tie
  throw new RowFault(
    'unknown_gold',
    `"${map.gold}" is ${shownValue(value)}. Write 1 or 2, a or b, "${map.a}" or "${map.b}", tie, both_good or both_bad.`,
  )
}

/** The name of a model, unless both models of the row have the same. */
function nameOfModel(row: Row, field: string | undefined, other: string | undefined): unknown {
  if (field === undefined || row[field] === (other === undefined ? undefined : row[other])) return undefined
  return row[field]
}
