import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { digamma } from '../math/special.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { countPass, emPass, type LatentProblem, latentProblem, newTable } from './kernel.ts'
import { classVotes, voteShares } from './majority.ts'
import type { CommonOptions, Fit, Inference } from './types.ts'

export interface BayesianOneCoinOptions extends CommonOptions {
  /** One skill per worker (false, default) or one per worker and true class (true). */
  readonly perClass?: boolean
}

/**
 * Bayesian one-coin: a skill per worker with a Beta prior learnt from the whole crowd, and shared odds of which wrong class is
 * given where. Variational Bayes with an empirical prior; steady where labels per person are few.
 * `workers.skill` is the posterior mean skill. Defaults: 100 iterations, tolerance 1e-5.
 */
export function bayesianOneCoin(labels: Labels, options: CommonOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'bayesian-one-coin', fitBayesianOneCoin(layout, options))
}

/** As bayesianOneCoin with a skill per worker and true class; `workers.skill` weighs them by how often each class is true. */
export function classOneCoin(labels: Labels, options: CommonOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'class-one-coin', fitBayesianOneCoin(layout, { ...options, perClass: true }))
}

export function fitBayesianOneCoin(layout: Layout, options: BayesianOneCoinOptions = {}): Fit {
  const { classes, workers } = layout
  const { maxIterations = 100, tolerance = 1e-5, perClass = false } = options
  const problem = latentProblem(layout, classes, options.gold)
  const posteriors = voteShares(layout)
  const votesPerClass = classVotes(posteriors, classes)
  clampGold(posteriors, classes, options.gold)
  const counts = newTable(problem)
  const table = newTable(problem)
  const weights = new Float64Array(classes)
  const logWeight = new Float64Array(classes)
  const groups = perClass ? classes : 1
  const right = new Float64Array(workers * groups)
  const total = new Float64Array(workers * groups)
  const priors = Array.from({ length: groups }, () => ({ a: 4, b: 2 }))
  countPass(problem, posteriors, counts, weights)
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    gather(problem, counts, groups, right, total)
    priors.forEach((prior, group) => {
      for (let step = 0; step < 3; step++) betaStep(prior, right, total, group, groups)
    })
    const logError = errorLogs(problem, counts)
    for (let w = 0; w < workers; w++)
      for (let k = 0; k < classes; k++) {
        const group = perClass ? k : 0
        const { a, b } = priors[group]!
        const cell = w * groups + group
        const all = digamma(total[cell]! + a + b)
        const logRight = digamma(right[cell]! + a) - all
        const logWrong = digamma(total[cell]! - right[cell]! + b) - all
        for (let l = 0; l < classes; l++)
          table[(w * classes + l) * classes + k] = l === k ? logRight : logWrong + logError[k * classes + l]!
      }
    logSharesWith(weights, votesPerClass, logWeight)
    const { change } = emPass(problem, table, logWeight, posteriors, counts, weights)
    iterations++
    converged = change <= tolerance
    options.onProgress?.(iterations / maxIterations)
  }
  gather(problem, counts, groups, right, total)
  const skill = new Float64Array(workers)
  const share = weights.map((weight) => weight / weights.reduce((sum, other) => sum + other, 0))
  for (let w = 0; w < workers; w++)
    for (let group = 0; group < groups; group++) {
      const { a, b } = priors[group]!
      const mean = (right[w * groups + group]! + a) / (total[w * groups + group]! + a + b)
      skill[w]! += (perClass ? share[group]! : 1) * mean
    }
  return { posteriors, skill, iterations, converged }
}

/** Expected right answers and all answers per worker (and class). */
function gather(
  problem: LatentProblem,
  counts: Float64Array,
  groups: number,
  right: Float64Array,
  total: Float64Array,
): void {
  const { classes, workers } = problem.layout
  right.fill(0)
  total.fill(0)
  for (let w = 0; w < workers; w++)
    for (let l = 0; l < classes; l++)
      for (let k = 0; k < classes; k++) {
        const cell = w * groups + (groups === 1 ? 0 : k)
        const count = counts[(w * classes + l) * classes + k]!
        total[cell]! += count
        if (l === k) right[cell]! += count
      }
}

/** One fixed-point step for the Beta prior of the skills, with a weak pull so that it stays finite. */
export function betaStep(
  prior: { a: number; b: number },
  right: Float64Array,
  total: Float64Array,
  offset = 0,
  stride = 1,
): void {
  const { a, b } = prior
  let up = 0.002
  let upB = 0.001
  let down = 0.001
  const digammaA = digamma(a)
  const digammaB = digamma(b)
  const digammaAll = digamma(a + b)
  for (let cell = offset; cell < right.length; cell += stride) {
    if (total[cell] === 0) continue
    up += digamma(right[cell]! + a) - digammaA
    upB += digamma(total[cell]! - right[cell]! + b) - digammaB
    down += digamma(total[cell]! + a + b) - digammaAll
  }
  prior.a = Math.min(Math.max((a * up) / down, 0.05), 200)
  prior.b = Math.min(Math.max((b * upB) / down, 0.05), 200)
}

/** log of which wrong class is given where class k is true (classes × classes), over all workers, plus one each. */
function errorLogs(problem: LatentProblem, counts: Float64Array): Float64Array {
  const { classes, workers } = problem.layout
  const pooled = new Float64Array(classes * classes).fill(1)
  for (let w = 0; w < workers; w++)
    for (let l = 0; l < classes; l++)
      for (let k = 0; k < classes; k++) pooled[k * classes + l]! += counts[(w * classes + l) * classes + k]!
  for (let k = 0; k < classes; k++) {
    let sum = 0
    for (let l = 0; l < classes; l++) if (l !== k) sum += pooled[k * classes + l]!
    for (let l = 0; l < classes; l++) pooled[k * classes + l] = Math.log(pooled[k * classes + l]! / sum)
  }
  return pooled
}

/** log of the class shares, with pseudo-counts added to the expected numbers of tasks. */
function logSharesWith(weights: Float64Array, pseudo: Float64Array, logWeight: Float64Array): void {
  let total = 0
  for (let k = 0; k < weights.length; k++) total += weights[k]! + pseudo[k]!
  for (let k = 0; k < weights.length; k++) logWeight[k] = Math.log((weights[k]! + pseudo[k]!) / total)
}
