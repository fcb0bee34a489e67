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

  const cell = new Int32Array(rows)
  const seen = new Uint8Array(rows)
  const cellFirst = new Int32Array(rows)
  const cellSecond = new Int32Array(rows)
  const cellRow = new Int32Array(rows)
  // Which cell a pair (and group) has: a plain table for up to some thousand items, a map beyond.
  const keys = items * items * Math.max(groups, 1)
  const table = keys <= MOST_KEYS && !covariates ? new Int32Array(keys) : undefined
  const map = new Map<number, number>()
  let cells = 0
  for (let r = 0; r < rows; r++) {
    let a = first[r]!
    let b = second[r]!
    let result = outcome[r]!
    if (!options.position && !covariates && a > b) {
      const held = a
      a = b
      b = held
      result = result === FIRST ? SECOND : result === SECOND ? FIRST : TIE
    }
    seen[r] = result
    let at = cells
    if (table && !covariates) {
      const key = ((group ? group[r]! : 0) * items + a) * items + b
      at = table[key]! - 1
      if (at < 0) {
        at = cells
        table[key] = cells + 1
      }
    } else if (!covariates) {
      const key = ((group ? group[r]! : 0) * items + a) * items + b
      at = map.get(key) ?? cells
      if (at === cells) map.set(key, cells)
    }
    cell[r] = at
    if (at === cells) {
      cellFirst[cells] = a
      cellSecond[cells] = b
      cellRow[cells++] = r
    }
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
    first: cellFirst.slice(0, cells),
    second: cellSecond.slice(0, cells),
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
