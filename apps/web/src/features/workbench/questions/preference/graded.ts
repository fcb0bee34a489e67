import type { PreferenceAnswer, PreferenceQuestion } from '@groundwork/contract'
import { answerFromPlace, placeFromAnswer, type ScalePlace } from '../../preference-scale.ts'

/** A row of a preference: `null` is the overall one, else the id of an axis. */
export type Row = string | null

/** Where one row of an answer stands on the screen; null when it is open. */
export function placeOfRow(value: unknown, row: Row, shown: readonly string[]): ScalePlace | null {
  if (row === null) return placeFromAnswer(value, shown)
  const axes = isRecord(value) && isRecord(value.axes) ? value.axes : {}
  return placeFromAnswer(axes[row], shown)
}

/** The answer after a row has got a place; the others stay as they are. */
export function withRow(
  value: unknown,
  row: Row,
  place: ScalePlace,
  shown: readonly string[],
): Partial<PreferenceAnswer> {
  const before = isRecord(value) ? (value as Partial<PreferenceAnswer>) : {}
  const graded = answerFromPlace(place, shown)
  return row === null
    ? { ...before, outcome: graded.outcome, strength: graded.strength }
    : { ...before, axes: { ...before.axes, [row]: graded } }
}

/** The next row after one that has no answer yet, beginning anew at the top; undefined when all are answered. */
export function nextOpenRow(
  { axes = [] }: PreferenceQuestion,
  value: unknown,
  from: Row,
  shown: readonly string[],
): Row | undefined {
  const rows: Row[] = [null, ...axes.map(({ id }) => id)]
  const at = rows.indexOf(from)
  return [...rows.slice(at + 1), ...rows.slice(0, at)].find((row) => placeOfRow(value, row, shown) === null)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
