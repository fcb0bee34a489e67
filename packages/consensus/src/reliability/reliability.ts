import { ConsensusError } from '../errors.ts'
import type { Labels } from '../labels/labels.ts'
import { layoutOf } from '../labels/layout.ts'
import { digamma } from '../math/special.ts'
import type { Inference } from '../truth/types.ts'

/** A comparison of one judgment with the consensus of the others. */
export interface ConsensusCheck {
  /** Probability that the others' answer is right. */
  readonly confidence: number
  readonly agrees: boolean
}

/** What is known about one person on one skill. */
export interface SkillEvidence {
  /** Results on tasks with known answers. */
  readonly gold?: { readonly right: number; readonly wrong: number }
  readonly consensus?: readonly ConsensusCheck[]
  /** Results of reviews, by reviewers who are right with probability `accuracy` (default 0.95). */
  readonly reviews?: readonly {
    readonly accepted: number
    readonly rejected: number
    readonly accuracy?: number
  }[]
  /** How many answers a question has; a wrong answer agrees with a wrong consensus once in classes − 1. Default 2. */
  readonly classes?: number
}

export interface ReliabilityOptions {
  /** Beta prior in right and wrong answers; default 4 and 2. `crowdSkillPrior` learns it from everybody. */
  readonly prior?: { readonly right: number; readonly wrong: number }
  /** Mass of the credible interval, default 0.9. */
  readonly level?: number
  /** The project's bar: adds the probability of being above it and the cushion. */
  readonly threshold?: number
}

export interface Reliability {
  readonly mean: number
  readonly low: number
  readonly high: number
  /** P(accuracy ≥ threshold); NaN without a threshold. */
  readonly aboveThreshold: number
  /** low − threshold: how far the lower end of the interval is above the bar (negative: below); NaN without a threshold. */
  readonly cushion: number
}

const GRID = 1000

/**
 * Posterior of a person's accuracy from gold, consensus and reviews together. Each source enters by its own likelihood, so that
 * agreeing with a doubtful consensus, or being accepted by a fallible reviewer, says no more than it should:
 * P(agree | θ) = θ·c + (1 − θ)(1 − c)/(K − 1), P(accepted | θ) = θ·r + (1 − θ)(1 − r). Computed on a grid of 1,000 points.
 * Throws ConsensusError `bad_option` for negative counts or probabilities outside 0 … 1.
 */
export function reliabilityOf(evidence: SkillEvidence, options: ReliabilityOptions = {}): Reliability {
  const { prior = { right: 4, wrong: 2 }, level = 0.9, threshold = Number.NaN } = options
  const { gold = { right: 0, wrong: 0 }, consensus = [], reviews = [], classes = 2 } = evidence
  check([prior.right, prior.wrong, gold.right, gold.wrong], Number.POSITIVE_INFINITY)
  check(
    consensus.map(({ confidence }) => confidence),
    1,
  )
  check(
    reviews.map(({ accuracy = 1 }) => accuracy),
    1,
  )
  // Equal confidences (to 1/1000) are counted together: thousands of judgments then cost no more than a few.
  const agreeing = new Map<number, [agree: number, disagree: number]>()
  for (const { confidence, agrees } of consensus) {
    const key = Math.round(confidence * 1000) / 1000
    const entry = agreeing.get(key) ?? [0, 0]
    entry[agrees ? 0 : 1]++
    agreeing.set(key, entry)
  }
  const logDensity = new Float64Array(GRID)
  let top = Number.NEGATIVE_INFINITY
  for (let g = 0; g < GRID; g++) {
    const theta = (g + 0.5) / GRID
    let log =
      (prior.right + gold.right - 1) * Math.log(theta) + (prior.wrong + gold.wrong - 1) * Math.log1p(-theta)
    for (const [c, [agree, disagree]] of agreeing) {
      const p = theta * c + ((1 - theta) * (1 - c)) / (classes - 1)
      log += logTimes(agree, p) + logTimes(disagree, 1 - p)
    }
    for (const { accepted, rejected, accuracy = 0.95 } of reviews) {
      const p = theta * accuracy + (1 - theta) * (1 - accuracy)
      log += logTimes(accepted, p) + logTimes(rejected, 1 - p)
    }
    logDensity[g] = log
    if (log > top) top = log
  }
  const density = logDensity.map((log) => Math.exp(log - top))
  const total = density.reduce((sum, value) => sum + value, 0)
  let mean = 0
  let above = 0
  density.forEach((value, g) => {
    const theta = (g + 0.5) / GRID
    mean += (theta * value) / total
    if (theta >= threshold) above += value / total
  })
  const low = quantile(density, total, (1 - level) / 2)
  const high = quantile(density, total, (1 + level) / 2)
  return {
    mean,
    low,
    high,
    aboveThreshold: Number.isNaN(threshold) ? Number.NaN : above,
    cushion: low - threshold,
  }
}

function logTimes(count: number, p: number): number {
  return count === 0 ? 0 : count * Math.log(Math.max(p, 1e-300))
}

function quantile(density: Float64Array, total: number, p: number): number {
  let sum = 0
  for (let g = 0; g < density.length; g++) {
    const share = density[g]! / total
    if (sum + share >= p) return (g + (p - sum) / share) / density.length
    sum += share
  }
  return 1
}

function check(values: readonly number[], most: number): void {
  for (const value of values)
    if (!(value >= 0 && value <= most))
      throw new ConsensusError('bad_option', `${value} is not between 0 and ${most}`)
}

/**
 * The Beta prior of skills from everybody's results, by maximum likelihood of the beta-binomial with a weak pull toward 4 right and
 * 2 wrong (so that one or two people cannot make it extreme).
 */
export function crowdSkillPrior(people: readonly { readonly right: number; readonly total: number }[]): {
  right: number
  wrong: number
} {
  let a = 4
  let b = 2
  for (let step = 0; step < 200; step++) {
    // Twenty imagined judgments of the default crowd.
    let upA = 3 / (a + 1)
    let upB = 1.5 / (b + 1)
    let down = 4.5 / (a + b + 1)
    const all = digamma(a + b)
    for (const { right, total } of people) {
      if (total <= 0) continue
      upA += digamma(right + a) - digamma(a)
      upB += digamma(total - right + b) - digamma(b)
      down += digamma(total + a + b) - all
    }
    a = Math.min(Math.max((a * upA) / down, 0.1), 500)
    b = Math.min(Math.max((b * upB) / down, 0.1), 500)
  }
  return { right: a, wrong: b }
}

/**
 * Per worker, how each judgment compares with what the others make of the task: the worker's own contribution is divided out of the
 * posterior (by their confusion matrix where the method has one, else by their reliability), so that nobody confirms themselves.
 * Tasks that only this worker judged give nothing. Meant for methods with a model of people; vote shares are not posteriors to divide.
 */
export function consensusChecks(labels: Labels, inference: Inference): ConsensusCheck[][] {
  const { tasks, classes, start, worker, label } = layoutOf(labels)
  const { posteriors, workers } = inference
  const out: ConsensusCheck[][] = Array.from({ length: labels.workers.size }, () => [])
  const rest = new Float64Array(classes)
  for (let t = 0; t < tasks; t++) {
    if (start[t + 1]! - start[t]! < 2) continue
    for (let i = start[t]!; i < start[t + 1]!; i++) {
      const w = worker[i]!
      const l = label[i]!
      let sum = 0
      for (let k = 0; k < classes; k++) {
        const own = workers.confusion
          ? workers.confusion[(w * classes + k) * classes + l]!
          : k === l
            ? workers.reliability[w]!
            : (1 - workers.reliability[w]!) / (classes - 1)
        rest[k] = Math.max(posteriors[t * classes + k]!, 1e-12) / Math.min(Math.max(own, 0.02), 1)
        sum += rest[k]!
      }
      let best = 0
      for (let k = 1; k < classes; k++) if (rest[k]! > rest[best]!) best = k
      out[w]!.push({ confidence: rest[best]! / sum, agrees: best === l })
    }
  }
  return out
}
