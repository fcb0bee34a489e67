import type { Labels } from '../labels/labels.ts'
import { type Layout, layoutOf } from '../labels/layout.ts'
import { type Estimate, jackknife } from './jackknife.ts'
import {
  type AgreementWeights,
  agreementWeights,
  classValues,
  type Scale,
  squaredDifferences,
} from './weights.ts'

export interface AgreementOptions {
  /** Confidence level of the interval, default 0.95. */
  readonly level?: number
}

/** Class counts per task, and the tasks that have at least `least` labels. */
function taskCounts(layout: Layout): Float64Array {
  const { tasks, classes, start, label } = layout
  const counts = new Float64Array(tasks * classes)
  for (let t = 0; t < tasks; t++)
    for (let i = start[t]!; i < start[t + 1]!; i++) counts[t * classes + label[i]!]!++
  return counts
}

function judged(layout: Layout, least: number): Int32Array {
  const kept: number[] = []
  for (let t = 0; t < layout.tasks; t++) if (layout.start[t + 1]! - layout.start[t]! >= least) kept.push(t)
  return Int32Array.from(kept)
}

/** Share of agreeing pairs of labels in a task, with credit by weight. NaN with fewer than two labels. */
function pairAgreement(counts: Float64Array, row: number, classes: number, weights?: Float64Array): number {
  let total = 0
  let agreeing = 0
  for (let k = 0; k < classes; k++) {
    const n = counts[row + k]!
    if (n === 0) continue
    total += n
    let credit = n
    if (weights) {
      credit = 0
      for (let l = 0; l < classes; l++) credit += weights[k * classes + l]! * counts[row + l]!
    }
    agreeing += n * (credit - 1)
  }
  return total < 2 ? Number.NaN : agreeing / (total * (total - 1))
}

/**
 * Chance-corrected agreement (p_a − p_e) / (1 − p_e): p_a over tasks with two or more labels, the class shares behind p_e over
 * all tasks, each task counting once.
 */
function chanceCorrected(
  layout: Layout,
  weights: Float64Array | undefined,
  chance: (shares: Float64Array) => number,
  level: number | undefined,
): Estimate {
  const { classes } = layout
  const counts = taskCounts(layout)
  const units = judged(layout, 1)
  const shares = new Float64Array(classes)
  // Sums: class shares, number of tasks, pair agreement, number of tasks with pairs.
  const add = (sums: Float64Array, unit: number, sign: 1 | -1) => {
    const t = units[unit]!
    const n = layout.start[t + 1]! - layout.start[t]!
    for (let k = 0; k < classes; k++) sums[k]! += (sign * counts[t * classes + k]!) / n
    sums[classes]! += sign
    if (n < 2) return
    sums[classes + 1]! += sign * pairAgreement(counts, t * classes, classes, weights)
    sums[classes + 2]! += sign
  }
  const statistic = (sums: Float64Array) => {
    if (sums[classes + 2]! < 0.5) return Number.NaN
    for (let k = 0; k < classes; k++) shares[k] = sums[k]! / sums[classes]!
    const expected = chance(shares)
    return (sums[classes + 1]! / sums[classes + 2]! - expected) / (1 - expected)
  }
  return jackknife(units.length, classes + 3, add, statistic, level)
}

/** Percent agreement: mean over tasks with two or more labels of the share of agreeing pairs, 0 … 1. */
export function percentAgreement(labels: Labels, options: AgreementOptions = {}): Estimate {
  const layout = layoutOf(labels)
  const counts = taskCounts(layout)
  const units = judged(layout, 2)
  return jackknife(
    units.length,
    2,
    (sums, unit, sign) => {
      sums[0]! += sign * pairAgreement(counts, units[unit]! * layout.classes, layout.classes)
      sums[1]! += sign
    },
    (sums) => (sums[1]! < 0.5 ? Number.NaN : sums[0]! / sums[1]!),
    options.level,
    [0, 1],
  )
}

/**
 * Fleiss' kappa (Fleiss 1971), in Gwet's form for tasks with unequal numbers of labels; equal numbers give Fleiss' own value.
 * Between two people it is Scott's pi. NaN when only one class was ever given.
 */
export function fleissKappa(labels: Labels, options: AgreementOptions = {}): Estimate {
  return chanceCorrected(layoutOf(labels), undefined, sumOfSquares, options.level)
}

/** Gwet's AC1 (Gwet 2008): chance agreement that does not explode when nearly everything is one class. */
export function gwetAc1(labels: Labels, options: AgreementOptions = {}): Estimate {
  return gwetAc2(labels, { ...options, weights: 'identity' })
}

/** Gwet's AC2: AC1 with credit for near misses. `values` place the classes on a scale (default: class names as numbers). */
export function gwetAc2(
  labels: Labels,
  options: AgreementOptions & {
    readonly weights?: AgreementWeights
    readonly values?: readonly number[]
  } = {},
): Estimate {
  const layout = layoutOf(labels)
  const { classes } = layout
  const kind = options.weights ?? 'quadratic'
  const values =
    kind === 'identity'
      ? Float64Array.from(labels.classes, (_, k) => k)
      : classValues(labels.classes, options.values)
  const weights = agreementWeights(kind, values)
  let total = 0
  for (const weight of weights) total += weight
  const factor = classes < 2 ? 0 : total / (classes * (classes - 1))
  return chanceCorrected(
    layout,
    kind === 'identity' ? undefined : weights,
    (shares) => {
      let spread = 0
      for (const share of shares) spread += share * (1 - share)
      return factor * spread
    },
    options.level,
  )
}

/**
 * Krippendorff's alpha, with missing labels allowed. Tasks with one label take no part. 1 is perfect agreement, 0 chance.
 * Source: Hayes and Krippendorff 2007. NaN when only one class was ever given (alpha is then undefined).
 */
export function krippendorffAlpha(
  labels: Labels,
  options: AgreementOptions & { readonly scale?: Scale; readonly values?: readonly number[] } = {},
): Estimate {
  const layout = layoutOf(labels)
  const { classes, start, label } = layout
  const scale = options.scale ?? 'nominal'
  const values =
    scale === 'nominal'
      ? Float64Array.from(labels.classes, (_, k) => k)
      : classValues(labels.classes, options.values)
  const units = judged(layout, 2)
  const square = classes * classes
  // Sums: the coincidence matrix, then the class totals.
  const add = (sums: Float64Array, unit: number, sign: 1 | -1) => {
    const t = units[unit]!
    const from = start[t]!
    const to = start[t + 1]!
    const share = sign / (to - from - 1)
    for (let i = from; i < to; i++) {
      sums[square + label[i]!]! += sign
      for (let j = from; j < to; j++) if (i !== j) sums[label[i]! * classes + label[j]!]! += share
    }
  }
  const totals = new Float64Array(classes)
  const fixed = scale === 'ordinal' ? undefined : squaredDifferences(scale, values, totals)
  const statistic = (sums: Float64Array) => {
    let n = 0
    for (let k = 0; k < classes; k++) {
      totals[k] = sums[square + k]!
      n += totals[k]!
    }
    const difference = fixed ?? squaredDifferences('ordinal', values, totals)
    let observed = 0
    let expected = 0
    for (let a = 0; a < classes; a++)
      for (let b = 0; b < classes; b++) {
        observed += sums[a * classes + b]! * difference[a * classes + b]!
        expected += totals[a]! * totals[b]! * difference[a * classes + b]!
      }
    return expected <= 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected
  }
  return jackknife(units.length, square + classes, add, statistic, options.level)
}

function sumOfSquares(shares: Float64Array): number {
  let sum = 0
  for (const share of shares) sum += share * share
  return sum
}
