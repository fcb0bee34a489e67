import { ConsensusError } from '../errors.ts'
import { normalCdf, normalQuantile } from '../math/special.ts'

/** Ratings in columns: row i says that worker[i] gave task[i] the value[i]. */
export interface ScaleRatings {
  readonly task: Int32Array
  readonly worker: Int32Array
  readonly value: Float64Array
  readonly tasks: number
  readonly workers: number
}

export interface ScaleOptions {
  /** The steps of an ordinal scale in ascending order; adds a distribution over them per task. */
  readonly levels?: readonly number[]
  /** Confidence level of the intervals, default 0.9. */
  readonly level?: number
  readonly maxIterations?: number
}

export interface ScaleConsensus {
  /** Per task the estimated value; NaN for tasks without ratings. On a scale with levels, still between them. */
  readonly value: Float64Array
  readonly standardDeviation: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** tasks × levels, where levels were given. */
  readonly distribution?: Float64Array
  /** Per task the most probable level, where levels were given. */
  readonly mostProbable?: Float64Array
  /** Per worker how much higher they rate than the crowd. */
  readonly bias: Float64Array
  /** Per worker the standard deviation of their ratings around truth plus bias. */
  readonly noise: Float64Array
  readonly iterations: number
}

/** Ratings a newcomer's noise and bias are worth. */
const NOISE_PRIOR = 4
const BIAS_PRIOR = 2

/**
 * Ordinal and numeric scales: a rating is the task's value plus the worker's bias plus noise of the worker's own size. Biases and noises are
 * shrunk toward the crowd's; tasks toward the mean of all. Alternating conditional updates of a Gaussian random-effects model with
 * posterior variances carried along (variational, after Raykar et al. 2010 for numeric labels).
 * Throws ConsensusError `empty` without ratings and `bad_row` for a value that is not a number.
 */
export function scaleConsensus(ratings: ScaleRatings, options: ScaleOptions = {}): ScaleConsensus {
  const { task, worker, value, tasks, workers } = ratings
  const n = value.length
  if (n === 0) throw new ConsensusError('empty', 'There are no ratings')
  let mean = 0
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(value[i]!))
      throw new ConsensusError('bad_row', `Rating ${i} is ${value[i]}, not a number`)
    mean += value[i]! / n
  }
  let total = 0
  for (let i = 0; i < n; i++) total += (value[i]! - mean) ** 2 / n
  const smallest = Math.max(total * 1e-4, 1e-12)
  const truth = new Float64Array(tasks).fill(mean)
  const variance = new Float64Array(tasks)
  const bias = new Float64Array(workers)
  const noise = new Float64Array(workers).fill(Math.max(total / 2, smallest))
  const precision = new Float64Array(tasks)
  const weighted = new Float64Array(tasks)
  const count = new Float64Array(workers)
  const sums = new Float64Array(workers)
  for (let i = 0; i < n; i++) count[worker[i]!]!++
  let spread = Math.max(total / 2, smallest)
  let crowdNoise = Math.max(total / 2, smallest)
  let biasSpread = Math.max(total / 10, smallest)
  const most = options.maxIterations ?? 100
  let iterations = 0
  for (let moved = 1; iterations < most && moved > 1e-9 * Math.sqrt(total + 1e-12); iterations++) {
    precision.fill(1 / spread)
    weighted.fill(mean / spread)
    for (let i = 0; i < n; i++) {
      const w = worker[i]!
      precision[task[i]!]! += 1 / noise[w]!
      weighted[task[i]!]! += (value[i]! - bias[w]!) / noise[w]!
    }
    moved = 0
    for (let t = 0; t < tasks; t++) {
      const next = weighted[t]! / precision[t]!
      moved = Math.max(moved, Math.abs(next - truth[t]!))
      truth[t] = next
      variance[t] = 1 / precision[t]!
    }
    sums.fill(0)
    for (let i = 0; i < n; i++) sums[worker[i]!]! += value[i]! - truth[task[i]!]!
    let biasSquares = 0
    let active = 0
    for (let w = 0; w < workers; w++) {
      if (count[w] === 0) continue
      bias[w] = sums[w]! / (count[w]! + noise[w]! / biasSpread)
      biasSquares += bias[w]! ** 2 + 1 / (count[w]! / noise[w]! + 1 / biasSpread)
      active++
    }
    biasSpread = Math.max((biasSquares + (BIAS_PRIOR * total) / 20) / (active + BIAS_PRIOR), smallest)
    sums.fill(0)
    let residuals = 0
    for (let i = 0; i < n; i++) {
      const w = worker[i]!
      const square = (value[i]! - truth[task[i]!]! - bias[w]!) ** 2 + variance[task[i]!]!
      sums[w]! += square
      residuals += square
    }
    crowdNoise = Math.max(residuals / n, smallest)
    for (let w = 0; w < workers; w++)
      noise[w] = Math.max((sums[w]! + NOISE_PRIOR * crowdNoise) / (count[w]! + NOISE_PRIOR), smallest)
    let taskSquares = 0
    let judged = 0
    let centre = 0
    for (let t = 0; t < tasks; t++)
      if (precision[t]! > 1 / spread + 1e-15) {
        judged++
        centre += truth[t]!
      }
    mean = centre / judged
    for (let t = 0; t < tasks; t++)
      if (precision[t]! > 1 / spread + 1e-15) taskSquares += (truth[t]! - mean) ** 2 + variance[t]!
    spread = Math.max((taskSquares + total) / (judged + 1), smallest)
  }
  const reach = normalQuantile(0.5 + (options.level ?? 0.9) / 2)
  const rated = new Uint8Array(tasks)
  for (let i = 0; i < n; i++) rated[task[i]!] = 1
  const standardDeviation = variance.map(Math.sqrt)
  for (let t = 0; t < tasks; t++)
    if (!rated[t]) {
      truth[t] = Number.NaN
      standardDeviation[t] = Number.NaN
    }
  return {
    value: truth,
    standardDeviation,
    low: truth.map((v, t) => v - reach * standardDeviation[t]!),
    high: truth.map((v, t) => v + reach * standardDeviation[t]!),
    ...(options.levels && overLevels(truth, standardDeviation, options.levels)),
    bias,
    noise: noise.map(Math.sqrt),
    iterations,
  }
}

/** The normal posterior cut at the middles between levels. */
function overLevels(value: Float64Array, deviation: Float64Array, levels: readonly number[]) {
  const size = levels.length
  const distribution = new Float64Array(value.length * size)
  const mostProbable = new Float64Array(value.length).fill(Number.NaN)
  for (let t = 0; t < value.length; t++) {
    if (Number.isNaN(value[t]!)) continue
    let below = 0
    let best = 0
    for (let l = 0; l < size; l++) {
      const cut = l + 1 < size ? (levels[l]! + levels[l + 1]!) / 2 : Number.POSITIVE_INFINITY
      const upTo = l + 1 < size ? normalCdf((cut - value[t]!) / deviation[t]!) : 1
      distribution[t * size + l] = upTo - below
      below = upTo
      if (distribution[t * size + l]! > distribution[t * size + best]!) best = l
    }
    mostProbable[t] = levels[best]!
  }
  return { distribution, mostProbable }
}
