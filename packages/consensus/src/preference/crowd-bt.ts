import { ConsensusError } from '../errors.ts'
import type { Ids } from '../labels/ids.ts'
import { type Comparisons, connectivity, TIE } from './comparisons.ts'
import { centre } from './intervals.ts'
import { maximise } from './newton.ts'
import type { PairProblem } from './pair-model.ts'

export interface CrowdBradleyTerryOptions {
  /**
   * What an annotator does who does not judge by the scores: `reversed` answers against them (Crowd-BT, Chen et al. 2013),
   * `habit` picks the one shown first with a probability of their own (noisy Bradley-Terry). Default `reversed`.
   */
  readonly unreliable?: 'reversed' | 'habit'
  /** Beta prior on reliability, default [10, 1]: people are mostly honest until their answers say otherwise. */
  readonly prior?: readonly [reliable: number, unreliable: number]
  /** Precision of the normal prior on scores, default 0.1. */
  readonly regularisation?: number
  readonly maxIterations?: number
  readonly tolerance?: number
}

export interface CrowdRatings {
  readonly items: Ids
  /** Score per item in log odds, zero on average within each connected part. */
  readonly scores: Float64Array
  readonly workers: Ids
  /** Per worker the probability of judging by the scores. */
  readonly reliability: Float64Array
  /** Per worker how often the first is picked when not judging by the scores (0.5 under `reversed`). */
  readonly habit: Float64Array
  readonly part: Int32Array
  readonly parts: number
  /** Penalised log likelihood per iteration; never falls. */
  readonly objective: readonly number[]
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Bradley-Terry scores and reliabilities of annotators together, by EM with a Newton M-step for the scores. A tie is half a vote each
 * way. Throws ConsensusError `bad_option` when the comparisons do not say who judged.
 */
export function crowdBradleyTerry(
  comparisons: Comparisons,
  options: CrowdBradleyTerryOptions = {},
): CrowdRatings {
  const { first, second, outcome, worker, workers } = comparisons
  if (!worker || !workers)
    throw new ConsensusError('bad_option', 'The comparisons do not say who judged; give each row a worker')
  const { regularisation = 0.1, maxIterations = 200, tolerance = 1e-6, unreliable = 'reversed' } = options
  const [alpha, beta] = options.prior ?? [10, 1]
  const items = comparisons.items.size
  const rows = first.length
  const graph = connectivity(items, first, second, outcome)
  const reliability = new Float64Array(workers.size).fill(alpha / (alpha + beta))
  const habit = new Float64Array(workers.size).fill(0.5)
  const judged = new Float64Array(workers.size)
  const honest = new Float64Array(workers.size)
  const habitFirst = new Float64Array(workers.size)
  for (let r = 0; r < rows; r++) judged[worker[r]!]!++
  const win = new Float64Array(rows)
  const loss = new Float64Array(rows)
  const problem: PairProblem = {
    items,
    parameters: items,
    first,
    second,
    win,
    loss,
    tie: new Float64Array(rows),
    ties: 'half',
    extra: undefined,
    ridge: new Float64Array(items).fill(regularisation),
  }
  let theta: Float64Array = new Float64Array(items)
  const objective: number[] = []
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    honest.fill(0)
    habitFirst.fill(0)
    let value = 0
    for (let r = 0; r < rows; r++) {
      const w = worker[r]!
      const p = 1 / (1 + Math.exp(theta[second[r]!]! - theta[first[r]!]!))
      win[r] = 0
      loss[r] = 0
      for (const side of [0, 1] as const) {
        const vote = outcome[r] === TIE ? 0.5 : outcome[r] === side ? 1 : 0
        if (vote === 0) continue
        const byScore = side === 0 ? p : 1 - p
        const other = unreliable === 'reversed' ? 1 - byScore : side === 0 ? habit[w]! : 1 - habit[w]!
        const sum = reliability[w]! * byScore + (1 - reliability[w]!) * other
        value += vote * Math.log(Math.max(sum, 1e-300))
        const share = (vote * reliability[w]! * byScore) / Math.max(sum, 1e-300)
        honest[w]! += share
        if (side === 0) {
          win[r]! += share
          habitFirst[w]! += vote - share
          if (unreliable === 'reversed') loss[r]! += vote - share
        } else {
          loss[r]! += share
          if (unreliable === 'reversed') win[r]! += vote - share
        }
      }
    }
    for (let i = 0; i < items; i++) value -= (regularisation * theta[i]! * theta[i]!) / 2
    for (let w = 0; w < reliability.length; w++) {
      value +=
        (alpha - 1) * Math.log(reliability[w]!) + (beta - 1) * Math.log(Math.max(1 - reliability[w]!, 1e-300))
      if (unreliable === 'habit') value += Math.log(habit[w]!) + Math.log(1 - habit[w]!)
    }
    objective.push(value)
    for (let w = 0; w < reliability.length; w++) {
      const total = judged[w]! + alpha + beta - 2
      if (total > 0) reliability[w] = Math.min((honest[w]! + alpha - 1) / total, 1 - 1e-9)
      if (unreliable === 'habit') habit[w] = (habitFirst[w]! + 1) / (judged[w]! - honest[w]! + 2)
    }
    const fit = maximise(problem, theta, 20, 1e-8)
    let moved = 0
    for (let i = 0; i < items; i++) moved = Math.max(moved, Math.abs(fit.theta[i]! - theta[i]!))
    theta = fit.theta
    iterations++
    converged = moved <= tolerance
  }
  centre(theta, problem, graph.part, graph.parts)
  return {
    items: comparisons.items,
    scores: theta,
    workers,
    reliability,
    habit,
    part: graph.part,
    parts: graph.parts,
    objective,
    iterations,
    converged,
  }
}
