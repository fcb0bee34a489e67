import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { exponential, seededRandom } from '../math/random.ts'
import { digamma } from '../math/special.ts'
import { betaStep } from './bayesian-one-coin.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { classPosteriors, countPass, emPass, type LatentProblem, latentProblem, newTable } from './kernel.ts'
import { classVotes, voteShares } from './majority.ts'
import type { CommonOptions, Fit, Inference } from './types.ts'

const EMPTY = 1e-13
const DIGAMMA_4 = digamma(4)
const DIGAMMA_1 = digamma(1)

export interface SubtypeOptions extends CommonOptions {
  /** Kinds of task per class; default 10 for EBCC, 3 for one-coin with difficulty. */
  readonly subtypes?: number
  /** Random starts that are averaged; default 3. */
  readonly starts?: number
}

/**
 * EBCC: each class is a mixture of kinds of task, so that workers who err on the same tasks are not counted as independent
 * evidence (Li, Rubinstein and Cohn 2019). Variational Bayes; mean of three random starts. Default 60 iterations.
 */
export function ebcc(labels: Labels, options: SubtypeOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'ebcc', fitEbcc(layout, options))
}

/**
 * One-coin with difficulty: the kinds of task differ in how often each worker is right, and in which wrong answers they draw.
 * Variational Bayes; mean of three random starts. Default 60 iterations.
 */
export function oneCoinDifficulty(labels: Labels, options: SubtypeOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'one-coin-difficulty', fitOneCoinDifficulty(layout, options))
}

export function fitEbcc(layout: Layout, options: SubtypeOptions = {}): Fit {
  const { classes, workers } = layout
  const kinds = options.subtypes ?? 10
  const states = classes * kinds
  return overStarts(layout, states, options, () => (problem, counts, table) => {
    for (let w = 0; w < workers; w++)
      for (let k = 0; k < classes; k++)
        for (let m = 0; m < kinds; m++) {
          const z = k * kinds + m
          let total = classes + 3
          for (let l = 0; l < classes; l++) total += counts[(w * classes + l) * problem.states + z]!
          const all = digamma(total)
          for (let l = 0; l < classes; l++) {
            const cell = (w * classes + l) * problem.states + z
            const count = counts[cell]!
            // Most cells are empty: few workers meet every kind of task.
            if (count < EMPTY) table[cell] = (l === k ? DIGAMMA_4 : DIGAMMA_1) - all
            else table[cell] = digamma(count + (l === k ? 4 : 1)) - all
          }
        }
  })
}

export function fitOneCoinDifficulty(layout: Layout, options: SubtypeOptions = {}): Fit {
  const { classes, workers } = layout
  const kinds = options.subtypes ?? 3
  const states = classes * kinds
  return overStarts(layout, states, options, () => {
    const prior = { a: 4, b: 1 }
    const right = new Float64Array(workers * kinds)
    const total = new Float64Array(workers * kinds)
    const error = new Float64Array(states * classes)
    return (_problem, counts, table, iteration) => {
      right.fill(0)
      total.fill(0)
      error.fill(2)
      for (let w = 0; w < workers; w++)
        for (let l = 0; l < classes; l++) {
          const base = (w * classes + l) * states
          for (let k = 0; k < classes; k++)
            for (let m = 0; m < kinds; m++) {
              const z = k * kinds + m
              const count = counts[base + z]!
              total[w * kinds + m]! += count
              if (l === k) right[w * kinds + m]! += count
              else error[z * classes + l]! += count
            }
        }
      if (iteration >= 3) betaStep(prior, right, total)
      for (let z = 0; z < states; z++) {
        const k = Math.floor(z / kinds)
        let sum = 0
        for (let l = 0; l < classes; l++) if (l !== k) sum += error[z * classes + l]!
        for (let l = 0; l < classes; l++) error[z * classes + l] = Math.log(error[z * classes + l]! / sum)
      }
      const { a, b } = prior
      for (let w = 0; w < workers; w++)
        for (let m = 0; m < kinds; m++) {
          const cell = w * kinds + m
          const all = digamma(total[cell]! + a + b)
          const logRight = digamma(right[cell]! + a) - all
          const logWrong = digamma(total[cell]! - right[cell]! + b) - all
          for (let k = 0; k < classes; k++)
            for (let l = 0; l < classes; l++) {
              const z = k * kinds + m
              table[(w * classes + l) * states + z] = l === k ? logRight : logWrong + error[z * classes + l]!
            }
        }
    }
  })
}

type MStep = (problem: LatentProblem, counts: Float64Array, table: Float64Array, iteration: number) => void

/** Runs a subtype model from several random splits of the vote shares into kinds, and averages the class posteriors. */
function overStarts(layout: Layout, states: number, options: SubtypeOptions, begin: () => MStep): Fit {
  const { classes, tasks, start } = layout
  const { maxIterations = 60, tolerance = 1e-4, starts = 3, gold } = options
  const kinds = states / classes
  const problem = latentProblem(layout, states, gold)
  const votes = voteShares(layout)
  const votesPerClass = classVotes(votes, classes)
  clampGold(votes, classes, gold)
  const counts = newTable(problem)
  const table = newTable(problem)
  const weights = new Float64Array(states)
  const logWeight = new Float64Array(states)
  const mean = new Float64Array(tasks * classes)
  const split = new Float64Array(kinds)
  const random = seededRandom(options.seed ?? 1)
  let iterations = 0
  let converged = true
  for (let run = 0; run < starts; run++) {
    const responsibility = new Float64Array(tasks * states)
    for (let t = 0; t < tasks; t++) {
      if (start[t] === start[t + 1]) continue
      let total = 0
      for (let m = 0; m < kinds; m++) {
        split[m] = exponential(random)
        total += split[m]!
      }
      for (let k = 0; k < classes; k++)
        for (let m = 0; m < kinds; m++)
          responsibility[t * states + k * kinds + m] = (votes[t * classes + k]! * split[m]!) / total
    }
    const mStep = begin()
    countPass(problem, responsibility, counts, weights)
    let change = 1
    let iteration = 0
    for (; iteration < maxIterations && change > tolerance; iteration++) {
      mStep(problem, counts, table, iteration)
      stateLogs(weights, logWeight, votesPerClass, kinds)
      change = emPass(problem, table, logWeight, responsibility, counts, weights).change
      options.onProgress?.((run + iteration / maxIterations) / starts)
    }
    iterations = Math.max(iterations, iteration)
    converged &&= change <= tolerance
    const posteriors = classPosteriors(problem, responsibility)
    for (let i = 0; i < mean.length; i++) mean[i]! += posteriors[i]! / starts
  }
  return { posteriors: mean, iterations, converged }
}

/** E log weight of each state: Dirichlet(votes per class) over classes, Dirichlet(0.1 / kinds) over kinds within a class. */
function stateLogs(
  weights: Float64Array,
  logWeight: Float64Array,
  votesPerClass: Float64Array,
  kinds: number,
): void {
  for (let k = 0; k < votesPerClass.length; k++) {
    let total = 0
    for (let m = 0; m < kinds; m++) total += weights[k * kinds + m]!
    const logClass = digamma(total + votesPerClass[k]!)
    const all = digamma(total + 0.1)
    for (let m = 0; m < kinds; m++)
      logWeight[k * kinds + m] = logClass + digamma(weights[k * kinds + m]! + 0.1 / kinds) - all
  }
}
