import { isRow, type Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'

/** The value of a result; empty where it has none. */
export function valueIn(result: Row): Row {
  return isRow(result.value) ? result.value : {}
}

/** A text, or the texts of a list. */
export function textsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value]
  return all.filter((each) => typeof each === 'string').map((each) => checkText(each, 'value', 2_000))
}
