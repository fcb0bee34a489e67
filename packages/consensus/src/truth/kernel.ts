import { ConsensusError } from '../errors.ts'
import type { Gold } from '../labels/gold.ts'
import type { Layout } from '../labels/layout.ts'
import { emPass2, emPass4 } from './kernel-unrolled.ts'
import { emPassVectors, type VectorPass, vectorPass } from './kernel-vectors.ts'

/** Cells of a worker × label × state table that are still reasonable to hold (8 bytes each, a few tables at once). */
export const MOST_CELLS = 120_000_000

/**
 * The EM problem all latent-class models here share: each task is in one of `states` hidden states (state z belongs to class
 * floor(z / (states / classes))), and table[(worker · classes + label) · states + z] is a log probability.
 * The table is laid out so that a label reads `states` consecutive numbers.
 */
export interface LatentProblem {
  readonly layout: Layout
  readonly states: number
  /** Per row where its stretch of the table starts. */
  readonly key: Int32Array
  readonly gold: Gold | undefined
  readonly vectors: VectorPass | undefined
}

/** Throws `too_large` when the tables would not fit. */
export function latentProblem(layout: Layout, states: number, gold: Gold | undefined): LatentProblem {
  const { classes, workers, worker, label, rows } = layout
  if (workers * classes * states > MOST_CELLS)
    throw new ConsensusError(
      'too_large',
      `A table of ${workers} workers × ${classes} classes × ${states} states does not fit in memory; ` +
        "use a method without confusion matrices, such as 'one-coin' or 'majority'",
    )
  const key = new Int32Array(rows)
  for (let i = 0; i < rows; i++) key[i] = (worker[i]! * classes + label[i]!) * states
  const problem = { layout, states, key, gold }
  return { ...problem, vectors: vectorPass(problem) }
}

export function newTable(problem: LatentProblem): Float64Array {
  return new Float64Array(problem.layout.workers * problem.layout.classes * problem.states)
}

export interface PassResult {
  /** Σ over tasks of the log evidence. */
  readonly logEvidence: number
  /** The largest change of a responsibility. */
  readonly change: number
}

/**
 * One E-step and the counting half of the next M-step in a single pass over the labels: responsibilities (tasks × states) are
 * renewed from `table` and `logWeight`, and added into `counts` (shaped as the table) and `weights` (per state), both of which
 * are cleared first.
 */
export function emPass(
  problem: LatentProblem,
  table: Float64Array,
  logWeight: Float64Array,
  responsibility: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
): PassResult {
  const { layout, states, key, gold, vectors } = problem
  if (vectors) return emPassVectors(problem, vectors, table, logWeight, responsibility, counts, weights)
  if (states === 2) return emPass2(problem, table, logWeight, responsibility, counts, weights)
  if (states === 4) return emPass4(problem, table, logWeight, responsibility, counts, weights)
  const { tasks, start } = layout
  const perClass = states / layout.classes
  const score = new Float64Array(states)
  // Below e^-745 a double is zero. Kinds of task within a class matter only by their sum, to which e^-50 adds nothing.
  const negligible = perClass > 1 ? -50 : -745
  counts.fill(0)
  weights.fill(0)
  let logEvidence = 0
  let change = 0
  for (let t = 0; t < tasks; t++) {
    const from = start[t]!
    const to = start[t + 1]!
    if (from === to) continue
    for (let z = 0; z < states; z++) score[z] = logWeight[z]!
    for (let i = from; i < to; i++) {
      const base = key[i]!
      for (let z = 0; z < states; z++) score[z] = score[z]! + table[base + z]!
    }
    const answer = gold ? gold[t]! : -1
    if (answer >= 0)
      for (let z = 0; z < states; z++)
        if (z < answer * perClass || z >= (answer + 1) * perClass) score[z] = Number.NEGATIVE_INFINITY
    let top = score[0]!
    for (let z = 1; z < states; z++) if (score[z]! > top) top = score[z]!
    let sum = 0
    for (let z = 0; z < states; z++) {
      const gap = score[z]! - top
      const value = gap < negligible ? 0 : Math.exp(gap)
      score[z] = value
      sum += value
    }
    logEvidence += top + Math.log(sum)
    const scale = 1 / sum
    const row = t * states
    for (let z = 0; z < states; z++) {
      const value = score[z]! * scale
      score[z] = value
      const moved = value - responsibility[row + z]!
      if (moved > change) change = moved
      else if (-moved > change) change = -moved
      responsibility[row + z] = value
      weights[z] = weights[z]! + value
    }
    for (let i = from; i < to; i++) {
      const base = key[i]!
      for (let z = 0; z < states; z++) counts[base + z] = counts[base + z]! + score[z]!
    }
  }
  return { logEvidence, change }
}

/** The counting half alone: from given responsibilities. */
export function countPass(
  problem: LatentProblem,
  responsibility: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
): void {
  const { layout, states, key } = problem
  const { tasks, start } = layout
  counts.fill(0)
  weights.fill(0)
  for (let t = 0; t < tasks; t++) {
    const from = start[t]!
    const to = start[t + 1]!
    if (from === to) continue
    const row = t * states
    for (let z = 0; z < states; z++) weights[z] = weights[z]! + responsibility[row + z]!
    for (let i = from; i < to; i++) {
      const base = key[i]!
      for (let z = 0; z < states; z++) counts[base + z] = counts[base + z]! + responsibility[row + z]!
    }
  }
}

/** Class posteriors (tasks × classes) from responsibilities over finer states. */
export function classPosteriors(problem: LatentProblem, responsibility: Float64Array): Float64Array {
  const { layout, states } = problem
  const { classes, tasks } = layout
  if (states === classes) return responsibility
  const perClass = states / classes
  const out = new Float64Array(tasks * classes)
  for (let t = 0; t < tasks; t++)
    for (let k = 0; k < classes; k++) {
      let sum = 0
      for (let m = 0; m < perClass; m++) sum += responsibility[t * states + k * perClass + m]!
      out[t * classes + k] = sum
    }
  return out
}
