import { ConsensusError } from '../errors.ts'
import type { Ids } from '../labels/ids.ts'
import { toCells } from './cells.ts'
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
  /** Stop when no score moves by more than this in a step, default 1e-5. */
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
 * Bradley-Terry scores and reliabilities of annotators together, by EM with a Newton M-step for the scores, accelerated by SQUAREM
 * (Varadhan and Roland 2008). A tie is half a vote each
 * way. Throws ConsensusError `bad_option` when the comparisons do not say who judged.
 */
export function crowdBradleyTerry(
  comparisons: Comparisons,
  options: CrowdBradleyTerryOptions = {},
): CrowdRatings {
  const { first, second, outcome, worker, workers } = comparisons
  if (!worker || !workers)
    throw new ConsensusError('bad_option', 'The comparisons do not say who judged; give each row a worker')
  const { regularisation = 0.1, maxIterations = 200, tolerance = 1e-5, unreliable = 'reversed' } = options
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
  // Equal pairs share a cell, so that the scores' step costs pairs and not votes. `seen` is the outcome as the cell sees it.
  const {
    problem: shape,
    cell,
    outcome: seen,
  } = toCells(
    { items: comparisons.items, first, second, outcome },
    { ties: 'half', position: false, groupPrecision: 1 },
  )
  const pairs = shape.first.length
  const win = new Float64Array(pairs)
  const loss = new Float64Array(pairs)
  const chance = new Float64Array(pairs)
  const problem: PairProblem = {
    ...shape,
    win,
    loss,
    tie: new Float64Array(pairs),
    ridge: new Float64Array(items).fill(regularisation),
  }
  const turned = Uint8Array.from(cell, (c, r) => (first[r] === shape.first[c] ? 0 : 1))
  const people = workers.size

  /** One EM step from `from` into `to` (scores, then log odds of reliability, then of habit); returns the objective at `from`. */
  const step = (from: Float64Array, to: Float64Array): number => {
    const theta = from.subarray(0, items)
    for (let w = 0; w < people; w++) {
      reliability[w] = sigmoid(from[items + w]!)
      habit[w] = sigmoid(from[items + people + w]!)
    }
    honest.fill(0)
    habitFirst.fill(0)
    win.fill(0)
    loss.fill(0)
    for (let c = 0; c < pairs; c++) chance[c] = sigmoid(theta[shape.first[c]!]! - theta[shape.second[c]!]!)
    let value = 0
    for (let r = 0; r < rows; r++) {
      const w = worker[r]!
      const c = cell[r]!
      for (let side = 0; side < 2; side++) {
        const vote = seen[r] === TIE ? 0.5 : seen[r] === side ? 1 : 0
        if (vote === 0) continue
        const byScore = side === 0 ? chance[c]! : 1 - chance[c]!
        const shownFirst = side === turned[r]!
        const other = unreliable === 'reversed' ? 1 - byScore : shownFirst ? habit[w]! : 1 - habit[w]!
        const sum = Math.max(reliability[w]! * byScore + (1 - reliability[w]!) * other, 1e-300)
        value += vote * Math.log(sum)
        const share = (vote * reliability[w]! * byScore) / sum
        honest[w] = honest[w]! + share
        const against = unreliable === 'reversed' ? vote - share : 0
        if (shownFirst) habitFirst[w] = habitFirst[w]! + vote - share
        win[c] = win[c]! + (side === 0 ? share : against)
        loss[c] = loss[c]! + (side === 0 ? against : share)
      }
    }
    for (let i = 0; i < items; i++) value -= (regularisation * theta[i]! * theta[i]!) / 2
    for (let w = 0; w < people; w++) {
      value += (alpha - 1) * Math.log(reliability[w]!) + (beta - 1) * Math.log(1 - reliability[w]!)
      if (unreliable === 'habit') value += Math.log(habit[w]!) + Math.log(1 - habit[w]!)
      const total = judged[w]! + alpha + beta - 2
      to[items + w] = total > 0 ? logit((honest[w]! + alpha - 1) / total) : from[items + w]!
      to[items + people + w] =
        unreliable === 'habit' ? logit((habitFirst[w]! + 1) / (judged[w]! - honest[w]! + 2)) : 0
    }
    // Two Newton steps: the objective rises, and the next E-step would undo more of them.
    to.set(maximise(problem, theta, 2, 1e-8).theta)
    return value
  }

  const size = items + 2 * people
  let state = new Float64Array(size).fill(logit(alpha / (alpha + beta)), items, items + people)
  const once = new Float64Array(size)
  const twice = new Float64Array(size)
  const leap = new Float64Array(size)
  const landed = new Float64Array(size)
  const objective: number[] = []
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    objective.push(step(state, once))
    const reached = step(once, twice)
    // SQUAREM: from two steps guess where the row of steps leads, and go there if that is no worse.
    let r2 = 0
    let v2 = 0
    for (let i = 0; i < size; i++) {
      const r = once[i]! - state[i]!
      const v = twice[i]! - once[i]! - r
      r2 += r * r
      v2 += v * v
    }
    const length = v2 > 0 ? Math.min(-1, -Math.sqrt(r2 / v2)) : -1
    for (let i = 0; i < size; i++) {
      const r = once[i]! - state[i]!
      const v = twice[i]! - once[i]! - r
      leap[i] = state[i]! - 2 * length * r + length * length * v
    }
    const leapt = length < -1 && leap.every(Number.isFinite) && step(leap, landed) >= reached
    let moved = 0
    for (let i = 0; i < items; i++) moved = Math.max(moved, Math.abs(twice[i]! - once[i]!))
    state = (leapt ? landed : twice).slice()
    iterations++
    converged = moved <= tolerance
  }
  const theta = state.slice(0, items)
  for (let w = 0; w < people; w++) {
    reliability[w] = sigmoid(state[items + w]!)
    habit[w] = sigmoid(state[items + people + w]!)
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

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Log odds, held within ±20 so that nobody becomes certain beyond recall. */
function logit(p: number): number {
  return Math.min(Math.max(Math.log(p / (1 - p)), -20), 20)
}
