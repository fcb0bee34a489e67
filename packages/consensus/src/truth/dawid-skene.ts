import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { countPass, emPass, latentProblem, newTable } from './kernel.ts'
import { voteShares } from './majority.ts'
import type { CommonOptions, Fit, Inference } from './types.ts'

export interface DawidSkeneOptions extends CommonOptions {
  /** Pseudo-count of each cell of a confusion matrix, default 0.1. 0 is maximum likelihood (with counts floored at 1e-10). */
  readonly smoothing?: number
  /**
   * Over which labels a confusion row is normalised: all classes (default), or only those the worker ever used, which is
   * crowd-kit's convention and takes a label never used for impossible to use.
   */
  readonly normalise?: 'all' | 'used'
}

/** Smallest expected count, so that no probability is exactly zero. */
const FLOOR = 1e-10

/**
 * Dawid-Skene: a confusion matrix per worker, by EM from the vote shares (Dawid and Skene 1979). With smoothing it climbs the
 * log posterior, without it the log likelihood; `logLikelihood` has the objective per iteration.
 * Defaults: 100 iterations, tolerance 1e-6.
 */
export function dawidSkene(labels: Labels, options: DawidSkeneOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'dawid-skene', fitDawidSkene(layout, options))
}

export function fitDawidSkene(layout: Layout, options: DawidSkeneOptions = {}): Fit {
  const { classes, workers, classCounts } = layout
  const { maxIterations = 100, tolerance = 1e-6, smoothing = 0.1, normalise = 'all' } = options
  const problem = latentProblem(layout, classes, options.gold)
  const posteriors = voteShares(layout)
  clampGold(posteriors, classes, options.gold)
  const counts = newTable(problem)
  const table = newTable(problem)
  const weights = new Float64Array(classes)
  const logWeight = new Float64Array(classes)
  const logLikelihood: number[] = []
  countPass(problem, posteriors, counts, weights)
  const used = normalise === 'used' ? labelsUsed(layout) : undefined
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    const logPrior = confusionLogs(counts, table, workers, classes, smoothing, used)
    logShares(weights, logWeight)
    const { logEvidence, change } = emPass(problem, table, logWeight, posteriors, counts, weights)
    logLikelihood.push(logEvidence + logPrior)
    iterations++
    converged = change <= tolerance
    options.onProgress?.(iterations / maxIterations)
  }
  confusionLogs(counts, table, workers, classes, smoothing, used)
  logShares(weights, logWeight)
  return {
    posteriors,
    prior: logWeight.map(Math.exp),
    confusion: transposed(table, workers, classes),
    iterations,
    converged,
    logLikelihood,
    notes: classCounts.some((count) => count === 0) ? ['Some classes were never given as a label'] : [],
  }
}

/** Which (worker, label) pairs occur. */
function labelsUsed(layout: Layout): Uint8Array {
  const used = new Uint8Array(layout.workers * layout.classes)
  for (let i = 0; i < layout.rows; i++) used[layout.worker[i]! * layout.classes + layout.label[i]!] = 1
  return used
}

/** Fills `table` with log P(label | truth) from expected counts; returns the log prior that the smoothing amounts to. */
function confusionLogs(
  counts: Float64Array,
  table: Float64Array,
  workers: number,
  classes: number,
  smoothing: number,
  used: Uint8Array | undefined,
): number {
  let logPrior = 0
  for (let w = 0; w < workers; w++) {
    const base = w * classes * classes
    for (let k = 0; k < classes; k++) {
      let total = 0
      for (let l = 0; l < classes; l++)
        if (!used || used[w * classes + l])
          total += Math.max(counts[base + l * classes + k]! + smoothing, FLOOR)
      const logTotal = Math.log(total)
      for (let l = 0; l < classes; l++) {
        const cell = base + l * classes + k
        if (used && !used[w * classes + l]) {
          table[cell] = Number.NEGATIVE_INFINITY
          continue
        }
        const log = Math.log(Math.max(counts[cell]! + smoothing, FLOOR)) - logTotal
        table[cell] = log
        if (smoothing > 0) logPrior += smoothing * log
      }
    }
  }
  return logPrior
}

export function logShares(weights: Float64Array, logWeight: Float64Array): void {
  let total = 0
  for (const weight of weights) total += weight
  for (let k = 0; k < weights.length; k++) logWeight[k] = Math.log(weights[k]! / total)
}

/** Confusion matrices workers × truth × label from a log table workers × label × truth. */
export function transposed(table: Float64Array, workers: number, classes: number): Float64Array {
  const out = new Float64Array(table.length)
  for (let w = 0; w < workers; w++)
    for (let l = 0; l < classes; l++)
      for (let k = 0; k < classes; k++)
        out[(w * classes + k) * classes + l] = Math.exp(table[(w * classes + l) * classes + k]!)
  return out
}

/**
 * Fast Dawid-Skene: as Dawid-Skene, but each E-step commits to the most probable class (Sinha, Rao and Balasubramanian 2018).
 * Needs a few iterations only. Stops when no answer changes. The posteriors returned are the soft ones of the last parameters.
 */
export function fastDawidSkene(labels: Labels, options: DawidSkeneOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  const { classes, workers, tasks, start, classCounts } = layout
  const { maxIterations = 100, smoothing = 0.1, normalise = 'all' } = options
  const problem = latentProblem(layout, classes, options.gold)
  const posteriors = voteShares(layout)
  const counts = newTable(problem)
  const table = newTable(problem)
  const weights = new Float64Array(classes)
  const logWeight = new Float64Array(classes)
  const used = normalise === 'used' ? labelsUsed(layout) : undefined
  const hard = new Float64Array(tasks * classes)
  const logLikelihood: number[] = []
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    clampGold(posteriors, classes, options.gold)
    let changed = 0
    for (let t = 0; t < tasks; t++) {
      if (start[t] === start[t + 1]) continue
      const row = t * classes
      let best = 0
      for (let k = 1; k < classes; k++) {
        const gap = posteriors[row + k]! - posteriors[row + best]!
        if (gap > 1e-12 || (gap > -1e-12 && classCounts[k]! > classCounts[best]!)) best = k
      }
      if (hard[row + best] !== 1) changed++
      hard.fill(0, row, row + classes)
      hard[row + best] = 1
    }
    countPass(problem, hard, counts, weights)
    for (let k = 0; k < classes; k++) weights[k]! += FLOOR
    confusionLogs(counts, table, workers, classes, smoothing, used)
    logShares(weights, logWeight)
    converged = changed === 0
    if (converged) break
    logLikelihood.push(emPass(problem, table, logWeight, posteriors, counts, weights).logEvidence)
    iterations++
    options.onProgress?.(iterations / maxIterations)
  }
  return toInference(labels, 'fast-dawid-skene', {
    posteriors,
    prior: logWeight.map(Math.exp),
    confusion: transposed(table, workers, classes),
    iterations,
    converged,
    logLikelihood,
  })
}
