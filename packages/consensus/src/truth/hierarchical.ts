import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { digamma } from '../math/special.ts'
import { CrowdPrior } from './crowd-prior.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { countPass, type LatentProblem, latentProblem, newTable } from './kernel.ts'
import { classVotes, voteShares } from './majority.ts'
import type { CommonOptions, Fit, Inference } from './types.ts'

/** On a hard task this share of a label is still the worker's own confusion, the rest is background. */
const OWN = 0.2

/**
 * Hierarchical Bayesian Dawid-Skene: each worker's confusion matrix is shrunk toward the crowd's, by as much as the data ask for,
 * and a task may be hard, in which case most of a label there is background noise and says little about its worker.
 * `workers.skill` is the skill against the crowd (log odds), `workers.confusion` the posterior means.
 * Defaults: 80 iterations, tolerance 1e-4.
 */
export function hierarchicalDawidSkene(labels: Labels, options: CommonOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'hierarchical-dawid-skene', fitHierarchical(layout, options))
}

export function fitHierarchical(layout: Layout, options: CommonOptions = {}): Fit {
  const { classes, workers } = layout
  const { maxIterations = 80, tolerance = 1e-4, gold } = options
  const problem = latentProblem(layout, classes, gold)
  const posteriors = voteShares(layout)
  const votesPerClass = classVotes(posteriors, classes)
  clampGold(posteriors, classes, gold)
  const counts = newTable(problem)
  const table = newTable(problem)
  const weights = new Float64Array(classes)
  countPass(problem, posteriors, counts, weights)
  const prior = new CrowdPrior(workers, classes, counts)
  const hard: HardTasks = { share: 0.1, background: Float64Array.from(layout.classCounts) }
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    prior.update(counts, table)
    const change = hardTaskPass(problem, table, hard, posteriors, counts, weights, votesPerClass)
    iterations++
    converged = change <= tolerance
    options.onProgress?.(iterations / maxIterations)
  }
  return {
    posteriors,
    skill: prior.skill,
    confusion: prior.confusion(counts),
    iterations,
    converged,
  }
}

interface HardTasks {
  /** Share of tasks that are hard. */
  share: number
  /** What labels on hard tasks look like, whoever gives them. */
  background: Float64Array
}

/** E-step over (class, hard or not), counting for workers only the share of each label that is their own. */
function hardTaskPass(
  problem: LatentProblem,
  table: Float64Array,
  hard: HardTasks,
  posteriors: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
  votesPerClass: Float64Array,
): number {
  const { layout, key, gold } = problem
  const { tasks, classes, start, label } = layout
  const background = normalisedPlusOne(hard.background)
  const logEasy = Math.log(1 - hard.share)
  const logHard = Math.log(hard.share)
  const logWeight = weights.map((weight, k) => digamma(weight + votesPerClass[k]!))
  const probability = table.map(Math.exp)
  const easyScore = new Float64Array(classes)
  const hardScore = new Float64Array(classes)
  const nextBackground = new Float64Array(classes)
  counts.fill(0)
  weights.fill(0)
  let hardTasks = 0
  let judged = 0
  let change = 0
  for (let t = 0; t < tasks; t++) {
    const from = start[t]!
    const to = start[t + 1]!
    if (from === to) continue
    judged++
    for (let k = 0; k < classes; k++) {
      easyScore[k] = logEasy + logWeight[k]!
      hardScore[k] = logHard + logWeight[k]!
    }
    for (let i = from; i < to; i++) {
      const base = key[i]!
      const noise = (1 - OWN) * background[label[i]!]!
      for (let k = 0; k < classes; k++) {
        easyScore[k] = easyScore[k]! + table[base + k]!
        hardScore[k] = hardScore[k]! + Math.log(OWN * probability[base + k]! + noise)
      }
    }
    const answer = gold ? gold[t]! : -1
    let top = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) {
      if (answer >= 0 && k !== answer) {
        easyScore[k] = Number.NEGATIVE_INFINITY
        hardScore[k] = Number.NEGATIVE_INFINITY
      }
      top = Math.max(top, easyScore[k]!, hardScore[k]!)
    }
    let sum = 0
    for (let k = 0; k < classes; k++) {
      easyScore[k] = Math.exp(easyScore[k]! - top)
      hardScore[k] = Math.exp(hardScore[k]! - top)
      sum += easyScore[k]! + hardScore[k]!
    }
    const row = t * classes
    for (let k = 0; k < classes; k++) {
      easyScore[k] = easyScore[k]! / sum
      hardScore[k] = hardScore[k]! / sum
      hardTasks += hardScore[k]!
      const value = easyScore[k]! + hardScore[k]!
      change = Math.max(change, Math.abs(value - posteriors[row + k]!))
      posteriors[row + k] = value
      weights[k] = weights[k]! + value
    }
    for (let i = from; i < to; i++) {
      const base = key[i]!
      const l = label[i]!
      const noise = (1 - OWN) * background[l]!
      for (let k = 0; k < classes; k++) {
        const own = OWN * probability[base + k]!
        const share = own / (own + noise)
        counts[base + k] = counts[base + k]! + easyScore[k]! + hardScore[k]! * share
        nextBackground[l] = nextBackground[l]! + hardScore[k]! * (1 - share)
      }
    }
  }
  hard.share = (hardTasks + 1) / (judged + 5)
  hard.background = nextBackground
  return change
}

function normalisedPlusOne(counts: Float64Array): Float64Array {
  let total = 0
  for (const count of counts) total += count + 1
  return counts.map((count) => (count + 1) / total)
}
