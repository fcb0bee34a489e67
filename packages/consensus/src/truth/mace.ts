import type { Labels } from '../labels/labels.ts'
import { seededRandom } from '../math/random.ts'
import { digamma } from '../math/special.ts'
import { layoutForInference, toInference } from './finish.ts'
import type { CommonOptions, Inference } from './types.ts'

export interface MaceOptions extends CommonOptions {
  /** Random starts beside the plain one; the best by log marginal likelihood wins. Default 4. */
  readonly restarts?: number
  /** Beta prior on spamming and on knowing, default [0.5, 0.5]. */
  readonly competencePrior?: readonly [spamming: number, knowing: number]
  /** Dirichlet prior on each class of a spammer's habit, default 10. */
  readonly habitPrior?: number
  /** A given start instead of restarts: per worker [spamming, knowing], and per worker and class the habit. */
  readonly start?: { readonly spamming: Float64Array; readonly habit: Float64Array }
}

interface MaceRun {
  posteriors: Float64Array
  spamming: Float64Array
  habit: Float64Array
  logLikelihood: number[]
}

/**
 * MACE: a worker either knows the answer or spams from a habit of their own; variational Bayes (Hovy, Berg-Kirkpatrick, Vaswani
 * and Hovy 2013). `workers.skill` is the weight of knowing against spamming. Defaults: 50 iterations, four random restarts.
 */
export function mace(labels: Labels, options: MaceOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  const { tasks, workers, classes, start, worker, label } = layout
  const { maxIterations = 50, restarts = 4, gold, habitPrior = 10 } = options
  const [alpha, beta] = options.competencePrior ?? [0.5, 0.5]

  const run = (spamming: Float64Array, habit: Float64Array): MaceRun => {
    const posteriors = new Float64Array(tasks * classes)
    const counts = new Float64Array(workers * 2)
    const habitCounts = new Float64Array(workers * classes)
    const score = new Float64Array(classes)
    const logLikelihood: number[] = []
    for (let iteration = 0; iteration <= maxIterations; iteration++) {
      if (iteration > 0) {
        variational(counts, spamming, workers, 2, [alpha, beta])
        variational(habitCounts, habit, workers, classes, habitPrior)
      }
      counts.fill(0)
      habitCounts.fill(0)
      let logEvidence = 0
      for (let t = 0; t < tasks; t++) {
        const from = start[t]!
        const to = start[t + 1]!
        if (from === to) continue
        let shared = 0
        score.fill(-Math.log(classes))
        for (let i = from; i < to; i++) {
          const w = worker[i]!
          const spam = spamming[2 * w]! * habit[w * classes + label[i]!]!
          shared += Math.log(spam)
          score[label[i]!]! += Math.log1p(spamming[2 * w + 1]! / spam)
        }
        const answer = gold ? gold[t]! : -1
        if (answer >= 0)
          for (let k = 0; k < classes; k++) if (k !== answer) score[k] = Number.NEGATIVE_INFINITY
        const top = Math.max(...score)
        let sum = 0
        for (let k = 0; k < classes; k++) sum += Math.exp(score[k]! - top)
        logEvidence += shared + top + Math.log(sum)
        for (let k = 0; k < classes; k++) posteriors[t * classes + k] = Math.exp(score[k]! - top) / sum
        for (let i = from; i < to; i++) {
          const w = worker[i]!
          const spam = spamming[2 * w]! * habit[w * classes + label[i]!]!
          const know = spamming[2 * w + 1]!
          const knowing = (posteriors[t * classes + label[i]!]! * know) / (spam + know)
          counts[2 * w]! += 1 - knowing
          counts[2 * w + 1]! += knowing
          habitCounts[w * classes + label[i]!]! += 1 - knowing
        }
      }
      logLikelihood.push(logEvidence)
    }
    return { posteriors, spamming, habit, logLikelihood }
  }

  let best: MaceRun
  if (options.start) best = run(options.start.spamming.slice(), options.start.habit.slice())
  else {
    best = run(new Float64Array(workers * 2).fill(0.5), new Float64Array(workers * classes).fill(1 / classes))
    const random = seededRandom(options.seed ?? 1)
    for (let restart = 0; restart < restarts; restart++) {
      const next = run(randomRows(random, workers, 2), randomRows(random, workers, classes))
      if (last(next.logLikelihood) > last(best.logLikelihood)) best = next
      options.onProgress?.((restart + 1) / restarts)
    }
  }
  const skill = new Float64Array(workers)
  for (let w = 0; w < workers; w++)
    skill[w] = best.spamming[2 * w + 1]! / (best.spamming[2 * w]! + best.spamming[2 * w + 1]!)
  return toInference(labels, 'mace', {
    posteriors: best.posteriors,
    skill,
    iterations: maxIterations,
    converged: true,
    logLikelihood: best.logLikelihood,
  })
}

/** exp(E log) of Dirichlet rows. */
function variational(
  counts: Float64Array,
  out: Float64Array,
  rows: number,
  width: number,
  prior: number | readonly number[],
): void {
  for (let r = 0; r < rows; r++) {
    let total = 0
    for (let c = 0; c < width; c++)
      total += counts[r * width + c]! + (typeof prior === 'number' ? prior : prior[c]!)
    const digammaTotal = digamma(total)
    for (let c = 0; c < width; c++) {
      const p = counts[r * width + c]! + (typeof prior === 'number' ? prior : prior[c]!)
      out[r * width + c] = Math.exp(digamma(p) - digammaTotal)
    }
  }
}

function randomRows(random: () => number, rows: number, width: number): Float64Array {
  const out = new Float64Array(rows * width)
  for (let r = 0; r < rows; r++) {
    let total = 0
    for (let c = 0; c < width; c++) {
      out[r * width + c] = 1 + 1.5 * random()
      total += out[r * width + c]!
    }
    for (let c = 0; c < width; c++) out[r * width + c]! /= total
  }
  return out
}

function last(list: readonly number[]): number {
  return list[list.length - 1] ?? Number.NEGATIVE_INFINITY
}
