import { ConsensusError } from '../errors.ts'
import { type Ids, StringInterner } from '../labels/ids.ts'

/** How one comparison came out. */
export type Outcome = 'first' | 'second' | 'tie'

export const FIRST = 0
export const SECOND = 1
export const TIE = 2

/**
 * Pairwise judgments in columns. Row r says that of items first[r] and second[r] (in the order shown), the first (0) or the second
 * (1) was preferred, or neither (2).
 */
export interface Comparisons {
  readonly items: Ids
  readonly first: Int32Array
  readonly second: Int32Array
  readonly outcome: Uint8Array
  /** Who judged; needed for reliability of annotators and for intervals by annotator. */
  readonly worker?: Int32Array
  readonly workers?: Ids
  /** What the judgments depend on each other by, such as the prompt; intervals then allow for it. */
  readonly cluster?: Int32Array
  readonly clusters?: number
  readonly group?: Int32Array
  readonly groups?: Ids
  /** rows × names: value for the first minus value for the second, such as the difference in length. */
  readonly covariates?: Float64Array
  readonly covariateNames?: readonly string[]
}

/** One comparison as a row. `cluster` and `group` are ids; `covariates` are differences, first minus second. */
export interface ComparisonRow {
  readonly first: string
  readonly second: string
  readonly outcome: Outcome
  readonly worker?: string
  readonly cluster?: string
  readonly group?: string
  readonly covariates?: Readonly<Record<string, number>>
}

/**
 * Comparisons from rows. Items, workers, clusters and groups are numbered in order of first appearance.
 * Throws ConsensusError `empty` without rows, `bad_row` for an item compared with itself or a covariate that is not a finite number.
 */
export function comparisonsFromRows(rows: Iterable<ComparisonRow>): Comparisons {
  const items = new StringInterner()
  const workers = new StringInterner()
  const clusters = new StringInterner()
  const groups = new StringInterner()
  const first: number[] = []
  const second: number[] = []
  const outcome: number[] = []
  const worker: number[] = []
  const cluster: number[] = []
  const group: number[] = []
  const names: string[] = []
  const values: Readonly<Record<string, number>>[] = []
  let index = 0
  for (const row of rows) {
    if (row.first === row.second)
      throw new ConsensusError('bad_row', `Row ${index} compares '${row.first}' with itself`)
    first.push(items.intern(row.first))
    second.push(items.intern(row.second))
    outcome.push(row.outcome === 'first' ? FIRST : row.outcome === 'second' ? SECOND : TIE)
    if (row.worker !== undefined) worker.push(workers.intern(row.worker))
    if (row.cluster !== undefined) cluster.push(clusters.intern(row.cluster))
    if (row.group !== undefined) group.push(groups.intern(row.group))
    if (row.covariates) {
      for (const [name, value] of Object.entries(row.covariates)) {
        if (!names.includes(name)) names.push(name)
        if (!Number.isFinite(value))
          throw new ConsensusError('bad_row', `Row ${index} has the covariate ${name} = ${value}`)
      }
      values.push(row.covariates)
    }
    index++
  }
  if (index === 0) throw new ConsensusError('empty', 'There are no comparisons')
  for (const [what, list] of [
    ['worker', worker],
    ['cluster', cluster],
    ['group', group],
    ['covariates', values],
  ] as const)
    if (list.length !== 0 && list.length !== index)
      throw new ConsensusError(
        'bad_row',
        `Only ${list.length} of ${index} rows have a ${what}; give all or none`,
      )
  return {
    items: items.ids(),
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    outcome: Uint8Array.from(outcome),
    ...(worker.length > 0 && { worker: Int32Array.from(worker), workers: workers.ids() }),
    ...(cluster.length > 0 && { cluster: Int32Array.from(cluster), clusters: clusters.size }),
    ...(group.length > 0 && { group: Int32Array.from(group), groups: groups.ids() }),
    ...(names.length > 0 && {
      covariates: Float64Array.from(values.flatMap((entry) => names.map((name) => entry[name] ?? 0))),
      covariateNames: names,
    }),
  }
}

/** Which items can be compared with which: connected parts, and whether maximum likelihood exists. */
export interface Connectivity {
  /** Per item the number of its part; items of different parts were never compared, not even through others. */
  readonly part: Int32Array
  readonly parts: number
  /**
   * True where every item of each part can reach every other along wins (ties count both ways). Otherwise some item only ever won
   * or lost against the rest, and its maximum likelihood score is infinite (Ford 1957).
   */
  readonly bounded: boolean
}

export function connectivity(
  items: number,
  first: Int32Array,
  second: Int32Array,
  outcome: Uint8Array,
): Connectivity {
  const { part, parts } = partsOf(items, first, second, outcome, false)
  return {
    part,
    parts,
    // Where ties (or wins both ways) alone connect as much, no path need be looked for.
    bounded:
      partsOf(items, first, second, outcome, true).parts === parts ||
      (reachesAll(items, part, parts, first, second, outcome, SECOND) &&
        reachesAll(items, part, parts, first, second, outcome, FIRST)),
  }
}

/** Connected parts by union-find, along all comparisons or along ties only. */
function partsOf(
  items: number,
  first: Int32Array,
  second: Int32Array,
  outcome: Uint8Array,
  tiesOnly: boolean,
): { readonly part: Int32Array; readonly parts: number } {
  const root = Int32Array.from({ length: items }, (_, i) => i)
  const find = (i: number) => {
    let at = i
    while (root[at] !== at) {
      root[at] = root[root[at]!]!
      at = root[at]!
    }
    return at
  }
  for (let r = 0; r < first.length; r++)
    if (!tiesOnly || outcome[r] === TIE) root[find(first[r]!)] = find(second[r]!)
  const number = new Map<number, number>()
  const part = new Int32Array(items)
  for (let i = 0; i < items; i++) {
    const top = find(i)
    if (!number.has(top)) number.set(top, number.size)
    part[i] = number.get(top)!
  }
  return { part, parts: number.size }
}

/** Whether one item of each part reaches all the others along wins (`against` SECOND) or along losses (`against` FIRST). */
function reachesAll(
  items: number,
  part: Int32Array,
  parts: number,
  first: Int32Array,
  second: Int32Array,
  outcome: Uint8Array,
  against: number,
): boolean {
  const start = new Int32Array(items + 1)
  for (let r = 0; r < first.length; r++) {
    const result = outcome[r]!
    if (result !== against) start[first[r]! + 1]!++
    if (result === against || result === TIE) start[second[r]! + 1]!++
  }
  for (let i = 0; i < items; i++) start[i + 1]! += start[i]!
  const next = start.slice()
  const to = new Int32Array(start[items]!)
  for (let r = 0; r < first.length; r++) {
    const result = outcome[r]!
    if (result !== against) to[next[first[r]!]!++] = second[r]!
    if (result === against || result === TIE) to[next[second[r]!]!++] = first[r]!
  }
  const seen = new Uint8Array(items)
  const started = new Uint8Array(parts)
  const stack: number[] = []
  let count = 0
  for (let i = 0; i < items; i++) {
    if (started[part[i]!]) continue
    started[part[i]!] = 1
    seen[i] = 1
    stack.push(i)
    while (stack.length > 0) {
      const at = stack.pop()!
      count++
      for (let e = start[at]!; e < start[at + 1]!; e++)
        if (!seen[to[e]!]) {
          seen[to[e]!] = 1
          stack.push(to[e]!)
        }
    }
  }
  return count === items
}
