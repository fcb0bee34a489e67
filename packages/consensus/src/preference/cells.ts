import type { Comparisons } from './comparisons.ts'
import { FIRST, SECOND, TIE } from './comparisons.ts'
import type { PairProblem, TieModel } from './pair-model.ts'

const MOST_KEYS = 16_000_000

export interface CellOptions {
  readonly ties: TieModel
  readonly position: boolean
  /** Normal prior precision of the groups' departures. */
  readonly groupPrecision: number
}

/** The comparisons gathered into cells, and where each row went. */
export interface Cells {
  readonly problem: PairProblem
  readonly cell: Int32Array
  /** Per row the outcome as its cell sees it (a row may be turned round). */
  readonly outcome: Uint8Array
  /** Index of the position effect, the first covariate and the first group deviation among the parameters; −1 where absent. */
  readonly positionIndex: number
  readonly covariateIndex: number
  readonly groupIndex: number
}

/**
 * Gathers equal comparisons: without extras by unordered pair, with a position effect by ordered pair, with covariates not at all,
 * with groups by pair and group.
 */
export function toCells(comparisons: Comparisons, options: CellOptions): Cells {
  const { first, second, outcome, covariates, group } = comparisons
  const items = comparisons.items.size
  const rows = first.length
  const covariateCount = comparisons.covariateNames?.length ?? 0
  const groups = group ? (comparisons.groups?.size ?? 0) : 0
  let parameters = items
  const positionIndex = options.position ? parameters++ : -1
  const covariateIndex = covariateCount > 0 ? parameters : -1
  parameters += covariateCount
  const groupIndex = groups > 0 ? parameters : -1
  parameters += groups * items
  if (options.ties !== 'half') parameters++

  const seen = new Uint8Array(rows)
  const keyOfRow = new Float64Array(rows)
  // Pairs are turned so that the smaller number is first, unless being shown first means something.
  const turns = !options.position && !covariates
  for (let r = 0; r < rows; r++) {
    const a = first[r]!
    const b = second[r]!
    const turned = turns && a > b
    const result = outcome[r]!
    seen[r] = turned && result !== TIE ? FIRST + SECOND - result : result
    keyOfRow[r] = ((group ? group[r]! : 0) * items + (turned ? b : a)) * items + (turned ? a : b)
  }
  const { cell, cells } = covariates
    ? { cell: Int32Array.from({ length: rows }, (_, r) => r), cells: rows }
    : numbered(keyOfRow, items * items * Math.max(groups, 1))
  const cellFirst = new Int32Array(cells)
  const cellSecond = new Int32Array(cells)
  const cellRow = new Int32Array(cells)
  for (let r = 0; r < rows; r++) {
    const at = cell[r]!
    const pair = keyOfRow[r]! % (items * items)
    cellFirst[at] = Math.floor(pair / items)
    cellSecond[at] = pair % items
    cellRow[at] = r
  }
  const win = new Float64Array(cells)
  const loss = new Float64Array(cells)
  const tie = new Float64Array(cells)
  for (let r = 0; r < rows; r++) {
    const at = cell[r]!
    const result = seen[r]!
    if (result === FIRST) win[at] = win[at]! + 1
    else if (result === SECOND) loss[at] = loss[at]! + 1
    else tie[at] = tie[at]! + 1
  }
  const ridge = new Float64Array(parameters)
  if (groupIndex >= 0) ridge.fill(options.groupPrecision, groupIndex, groupIndex + groups * items)
  const problem: PairProblem = {
    items,
    parameters,
    first: cellFirst,
    second: cellSecond,
    win,
    loss,
    tie,
    ties: options.ties,
    extra: undefined,
    ridge,
  }
  const perCell = (options.position ? 1 : 0) + covariateCount + (groups > 0 ? 2 : 0)
  if (perCell === 0) return { problem, cell, outcome: seen, positionIndex, covariateIndex, groupIndex }
  const start = Int32Array.from({ length: cells + 1 }, (_, c) => c * perCell)
  const index = new Int32Array(cells * perCell)
  const value = new Float64Array(cells * perCell)
  for (let c = 0; c < cells; c++) {
    let at = c * perCell
    const put = (parameter: number, amount: number) => {
      index[at] = parameter
      value[at++] = amount
    }
    if (positionIndex >= 0) put(positionIndex, 1)
    const row = cellRow[c]!
    for (let v = 0; v < covariateCount; v++)
      put(covariateIndex + v, covariates?.[row * covariateCount + v] ?? 0)
    if (groupIndex >= 0) {
      const base = groupIndex + (group?.[row] ?? 0) * items
      put(base + cellFirst[c]!, 1)
      put(base + cellSecond[c]!, -1)
    }
  }
  return {
    problem: { ...problem, extra: { start, index, value } },
    cell,
    outcome: seen,
    positionIndex,
    covariateIndex,
    groupIndex,
  }
}

/**
 * Numbers equal keys alike: with a plain table for up to some thousand items, with a map beyond. The table numbers them in their
 * order, which keeps what is done for each pair close together in memory.
 */
function numbered(
  keyOfRow: Float64Array,
  keys: number,
): { readonly cell: Int32Array; readonly cells: number } {
  const rows = keyOfRow.length
  const cell = new Int32Array(rows)
  let cells = 0
  if (keys <= Math.min(MOST_KEYS, 100 * rows)) {
    const table = new Int32Array(keys)
    for (let r = 0; r < rows; r++) table[keyOfRow[r]!] = 1
    for (let key = 0; key < keys; key++) if (table[key]! > 0) table[key] = cells++
    for (let r = 0; r < rows; r++) cell[r] = table[keyOfRow[r]!]!
    return { cell, cells }
  }
  const map = new Map<number, number>()
  for (let r = 0; r < rows; r++) {
    const at = map.get(keyOfRow[r]!) ?? cells
    if (at === cells) map.set(keyOfRow[r]!, cells++)
    cell[r] = at
  }
  return { cell, cells }
}
