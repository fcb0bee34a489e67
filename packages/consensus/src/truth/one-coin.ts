import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { logShares } from './dawid-skene.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { voteShares } from './majority.ts'
import type { CommonOptions, Fit, Inference } from './types.ts'

export interface OneCoinOptions extends CommonOptions {
  /** Pseudo-counts of right and wrong answers of each worker; default [0, 0], maximum likelihood. */
  readonly smoothing?: readonly [right: number, wrong: number]
}

const FLOOR = 1e-10

/**
 * One-coin Dawid-Skene: each worker is right with one probability whatever the class, and a wrong label is any other class
 * equally often. Needs no worker × class tables, so it also serves very many classes. `workers.skill` is that probability.
 * `logLikelihood` has the objective per iteration (with the log prior that the smoothing amounts to).
 * Defaults: 100 iterations, tolerance 1e-6.
 */
export function oneCoin(labels: Labels, options: OneCoinOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  return toInference(labels, 'one-coin', fitOneCoin(layout, options))
}

export function fitOneCoin(layout: Layout, options: OneCoinOptions = {}): Fit {
  const { tasks, workers, classes, start, worker, label, workerCounts } = layout
  const { maxIterations = 100, tolerance = 1e-6, gold } = options
  const [right, wrong] = options.smoothing ?? [0, 0]
  const posteriors = voteShares(layout)
  clampGold(posteriors, classes, gold)
  const skill = new Float64Array(workers)
  const logRight = new Float64Array(workers)
  const logWrong = new Float64Array(workers)
  const weights = new Float64Array(classes)
  const logWeight = new Float64Array(classes)
  const score = new Float64Array(classes)
  const logLikelihood: number[] = []

  const collect = () => {
    skill.fill(0)
    weights.fill(0)
    for (let t = 0; t < tasks; t++) {
      const row = t * classes
      if (start[t] === start[t + 1]) continue
      for (let k = 0; k < classes; k++) weights[k]! += posteriors[row + k]!
      for (let i = start[t]!; i < start[t + 1]!; i++) skill[worker[i]!]! += posteriors[row + label[i]!]!
    }
    for (let w = 0; w < workers; w++) {
      const total = workerCounts[w]! + right + wrong
      if (total > 0) skill[w] = (skill[w]! + right) / total
    }
  }

  collect()
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    let objective = 0
    for (let w = 0; w < workers; w++) {
      logRight[w] = Math.log(clip(skill[w]!))
      logWrong[w] = Math.log(clip((1 - skill[w]!) / (classes - 1)))
      if (right > 0) objective += right * logRight[w]!
      if (wrong > 0) objective += wrong * logWrong[w]!
    }
    logShares(weights, logWeight)
    let change = 0
    for (let t = 0; t < tasks; t++) {
      const from = start[t]!
      const to = start[t + 1]!
      if (from === to) continue
      let shared = 0
      score.set(logWeight)
      for (let i = from; i < to; i++) {
        const w = worker[i]!
        shared += logWrong[w]!
        score[label[i]!]! += logRight[w]! - logWrong[w]!
      }
      const row = t * classes
      const answer = gold ? gold[t]! : -1
      if (answer >= 0) {
        objective += shared + score[answer]!
        continue
      }
      let top = score[0]!
      for (let k = 1; k < classes; k++) if (score[k]! > top) top = score[k]!
      let sum = 0
      for (let k = 0; k < classes; k++) {
        score[k] = Math.exp(score[k]! - top)
        sum += score[k]!
      }
      objective += shared + top + Math.log(sum)
      for (let k = 0; k < classes; k++) {
        const value = score[k]! / sum
        change = Math.max(change, Math.abs(value - posteriors[row + k]!))
        posteriors[row + k] = value
      }
    }
    collect()
    logLikelihood.push(objective)
    iterations++
    converged = change <= tolerance
    options.onProgress?.(iterations / maxIterations)
  }
  logShares(weights, logWeight)
  return { posteriors, prior: logWeight.map(Math.exp), skill, iterations, converged, logLikelihood }
}

function clip(p: number): number {
  return Math.min(Math.max(p, FLOOR), 1 - FLOOR)
}
