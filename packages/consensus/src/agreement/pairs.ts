import { ConsensusError } from '../errors.ts'
import type { Labels } from '../labels/labels.ts'
import { layoutOf } from '../labels/layout.ts'
import { type Estimate, jackknife } from './jackknife.ts'
import { type AgreementWeights, agreementWeights } from './weights.ts'

export interface PairOptions {
  readonly level?: number
  /** Credit for near misses; default identity (none). */
  readonly weights?: AgreementWeights
  /** Class values for the weights, default 0 … classes − 1. */
  readonly values?: readonly number[]
}

/**
 * Cohen's kappa (Cohen 1960; weighted: Cohen 1968) between two people's labels of the same items, class indices side by side.
 * NaN when both always give one and the same class. Throws `bad_shape` when lengths differ.
 */
export function cohenKappa(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  classes: number,
  options: PairOptions = {},
): Estimate {
  return pairKappa(first, second, classes, options, (rows, columns, k, l) => rows[k]! * columns[l]!)
}

/** Scott's pi (Scott 1955): as Cohen's kappa, with chance from the two people's pooled class shares. */
export function scottPi(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  classes: number,
  options: PairOptions = {},
): Estimate {
  return pairKappa(
    first,
    second,
    classes,
    options,
    (rows, columns, k, l) => ((rows[k]! + columns[k]!) / 2) * ((rows[l]! + columns[l]!) / 2),
  )
}

function pairKappa(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  classes: number,
  options: PairOptions,
  chance: (rows: Float64Array, columns: Float64Array, k: number, l: number) => number,
): Estimate {
  if (first.length !== second.length)
    throw new ConsensusError(
      'bad_shape',
      `Both people need a label for each item; they have ${first.length} and ${second.length}`,
    )
  const values = Float64Array.from(options.values ?? Array.from({ length: classes }, (_, k) => k))
  const weights = agreementWeights(options.weights ?? 'identity', values)
  const rows = new Float64Array(classes)
  const columns = new Float64Array(classes)
  const statistic = (table: Float64Array) => {
    let n = 0
    rows.fill(0)
    columns.fill(0)
    for (let k = 0; k < classes; k++)
      for (let l = 0; l < classes; l++) {
        const count = table[k * classes + l]!
        n += count
        rows[k]! += count
        columns[l]! += count
      }
    let observed = 0
    let expected = 0
    for (let k = 0; k < classes; k++)
      for (let l = 0; l < classes; l++) {
        observed += (weights[k * classes + l]! * table[k * classes + l]!) / n
        expected += (weights[k * classes + l]! * chance(rows, columns, k, l)) / (n * n)
      }
    return 1 - expected < 1e-15 ? Number.NaN : (observed - expected) / (1 - expected)
  }
  return jackknife(
    first.length,
    classes * classes,
    (table, unit, sign) => {
      table[first[unit]! * classes + second[unit]!]! += sign
    },
    statistic,
    options.level,
  )
}

/** The labels two workers gave to the tasks they share (their first label each), side by side. */
export function sharedLabels(
  labels: Labels,
  first: number,
  second: number,
): { first: Int32Array; second: Int32Array } {
  const { tasks, start, worker, label } = layoutOf(labels)
  const a: number[] = []
  const b: number[] = []
  for (let t = 0; t < tasks; t++) {
    let one = -1
    let other = -1
    for (let i = start[t]!; i < start[t + 1]!; i++) {
      if (one < 0 && worker[i] === first) one = label[i]!
      if (other < 0 && worker[i] === second) other = label[i]!
    }
    if (one < 0 || other < 0) continue
    a.push(one)
    b.push(other)
  }
  return { first: Int32Array.from(a), second: Int32Array.from(b) }
}
