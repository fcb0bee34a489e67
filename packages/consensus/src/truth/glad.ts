import type { Labels } from '../labels/labels.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { voteShares } from './majority.ts'
import type { CommonOptions, Inference } from './types.ts'

export interface GladOptions extends CommonOptions {
  /** Mean of the normal priors (variance 1) on ability and on log easiness, default 1 and 1. */
  readonly abilityMean?: number
  readonly easinessMean?: number
  /** Class prior: equal shares (default, as the paper) or learnt. */
  readonly prior?: 'uniform' | 'learnt'
}

const SWEEPS = 3

/**
 * GLAD: P(right) = σ(ability of the worker × easiness of the task) (Whitehill et al. 2009). The M-step alternates safeguarded
 * Newton steps for abilities and for log easiness, so it converges where gradient steps stop early.
 * `workers.skill` is the ability. Defaults: 100 iterations, tolerance 1e-5.
 */
export function glad(labels: Labels, options: GladOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  const { tasks, workers, classes, start, worker, label } = layout
  const { maxIterations = 100, tolerance = 1e-5, gold, abilityMean = 1, easinessMean = 1 } = options
  const ability = new Float64Array(workers).fill(abilityMean)
  const logEasiness = new Float64Array(tasks).fill(easinessMean)
  const posteriors = voteShares(layout)
  const score = new Float64Array(classes)
  const logWeight = new Float64Array(classes).fill(-Math.log(classes))
  const logLikelihood: number[] = []
  const gradient = new Float64Array(workers)
  const curvature = new Float64Array(workers)

  const expectation = (): { objective: number; change: number } => {
    let objective = 0
    let change = 0
    for (let t = 0; t < tasks; t++) {
      if (start[t] === start[t + 1]) continue
      const easiness = Math.exp(logEasiness[t]!)
      score.set(logWeight)
      let shared = 0
      for (let i = start[t]!; i < start[t + 1]!; i++) {
        const x = ability[worker[i]!]! * easiness
        const wrong = -softplus(x) - Math.log(classes - 1)
        shared += wrong
        score[label[i]!]! += -softplus(-x) - wrong
      }
      const answer = gold ? gold[t]! : -1
      if (answer >= 0) for (let k = 0; k < classes; k++) if (k !== answer) score[k] = Number.NEGATIVE_INFINITY
      const top = Math.max(...score)
      let sum = 0
      for (let k = 0; k < classes; k++) sum += Math.exp(score[k]! - top)
      objective += shared + top + Math.log(sum) - 0.5 * (logEasiness[t]! - easinessMean) ** 2
      for (let k = 0; k < classes; k++) {
        const value = Math.exp(score[k]! - top) / sum
        change = Math.max(change, Math.abs(value - posteriors[t * classes + k]!))
        posteriors[t * classes + k] = value
      }
    }
    for (let w = 0; w < workers; w++) objective -= 0.5 * (ability[w]! - abilityMean) ** 2
    return { objective, change }
  }

  const sweep = () => {
    gradient.fill(0)
    curvature.fill(0)
    for (let t = 0; t < tasks; t++) {
      const easiness = Math.exp(logEasiness[t]!)
      for (let i = start[t]!; i < start[t + 1]!; i++) {
        const w = worker[i]!
        const sigma = sigmoid(ability[w]! * easiness)
        gradient[w]! += (posteriors[t * classes + label[i]!]! - sigma) * easiness
        curvature[w]! += sigma * (1 - sigma) * easiness * easiness
      }
    }
    for (let w = 0; w < workers; w++)
      ability[w]! += limited((gradient[w]! - (ability[w]! - abilityMean)) / (curvature[w]! + 1), 1)
    for (let t = 0; t < tasks; t++) {
      const easiness = Math.exp(logEasiness[t]!)
      let slope = -(logEasiness[t]! - easinessMean)
      let bend = 1
      for (let i = start[t]!; i < start[t + 1]!; i++) {
        const x = ability[worker[i]!]! * easiness
        const sigma = sigmoid(x)
        slope += (posteriors[t * classes + label[i]!]! - sigma) * x
        bend += sigma * (1 - sigma) * x * x
      }
      logEasiness[t]! += limited(slope / bend, 0.5)
    }
  }

  clampGold(posteriors, classes, gold)
  expectation()
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    for (let s = 0; s < SWEEPS; s++) sweep()
    if (options.prior === 'learnt') {
      const shares = new Float64Array(classes).fill(1)
      for (let i = 0; i < posteriors.length; i++) shares[i % classes]! += posteriors[i]!
      const total = shares.reduce((sum, share) => sum + share, 0)
      for (let k = 0; k < classes; k++) logWeight[k] = Math.log(shares[k]! / total)
    }
    const { objective, change } = expectation()
    logLikelihood.push(objective)
    iterations++
    converged = change <= tolerance
    options.onProgress?.(iterations / maxIterations)
  }
  return toInference(labels, 'glad', { posteriors, skill: ability, iterations, converged, logLikelihood })
}

function softplus(x: number): number {
  return x > 30 ? x : Math.log1p(Math.exp(x))
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function limited(step: number, most: number): number {
  return Math.min(Math.max(step, -most), most)
}
