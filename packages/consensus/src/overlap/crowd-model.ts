import type { Gold } from '../labels/gold.ts'
import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { digamma } from '../math/special.ts'
import { clampGold, layoutForInference } from '../truth/finish.ts'
import { emPass, type LatentProblem, latentProblem, newTable } from '../truth/kernel.ts'
import { classVotes, voteShares } from '../truth/majority.ts'

/** Three views of the same people; their mean is steadier with few labels than any one of them. */
export const VIEWS = 3

/**
 * What is known of the crowd now, ready for online use: per worker, label and class the log evidence that this label is for this class,
 * under three fixed-prior models. Fixed priors, because learnt ones (empirical Bayes) stop too early when labels are few.
 */
export interface CrowdModel {
  readonly classes: number
  readonly workers: number
  /** ((worker · classes + label) · 3 + view) · classes + class; worker = workers is a person never seen. */
  readonly evidence: Float64Array
  /** view · classes + class. */
  readonly logPrior: Float64Array
  /** Judgments per worker that the model rests on. */
  readonly judgments: Int32Array
  /** Posteriors per view, tasks × classes, to start the next fit from. */
  readonly posteriors: readonly Float64Array[]
}

/** Prior counts of a confusion row: this many on the diagonal, one elsewhere. */
const DIAGONAL = 4
/** Weight of a person's one-coin skill in their confusion rows. */
const CENTRED = 5
const SKILL_RIGHT = 4
const SKILL_WRONG = 2

export interface CrowdModelOptions {
  readonly gold?: Gold
  /** Passes over the labels, default 12; a few are enough when starting from an earlier model. */
  readonly iterations?: number
  /** An earlier model of the same tasks (more may have been added since). */
  readonly previous?: CrowdModel
}

/** Learns the crowd from all labels so far; cheap enough to repeat whenever some have come in. */
export function crowdModel(labels: Labels, options: CrowdModelOptions = {}): CrowdModel {
  return crowdModelOf(layoutForInference(labels, options.gold), options)
}

export function crowdModelOf(layout: Layout, options: CrowdModelOptions = {}): CrowdModel {
  const { classes, workers } = layout
  const { gold, previous, iterations = 12 } = options
  const problem = latentProblem(layout, classes, gold)
  const votes = voteShares(layout)
  const pseudo = classVotes(votes, classes)
  const evidence = new Float64Array((workers + 1) * classes * VIEWS * classes)
  const logPrior = new Float64Array(VIEWS * classes)
  const posteriors: Float64Array[] = []
  const steps = [confusionStep, centredStep, oneCoinStep]
  const counts = newTable(problem)
  const table = newTable(problem)
  const unseen = new Float64Array(classes * classes)
  const weights = new Float64Array(classes)
  const logWeight = new Float64Array(classes)
  steps.forEach((step, view) => {
    const posterior = startFrom(layout, votes, previous?.posteriors[view], classes)
    clampGold(posterior, classes, gold)
    emPassCounts(problem, posterior, counts, weights)
    for (let iteration = 0; iteration < iterations; iteration++) {
      step(problem, counts, table, unseen)
      classLogs(weights, pseudo, logWeight, view === 2)
      emPass(problem, table, logWeight, posterior, counts, weights)
    }
    step(problem, counts, table, unseen)
    classLogs(weights, pseudo, logWeight, view === 2)
    posteriors.push(posterior)
    logPrior.set(logWeight, view * classes)
    for (let cell = 0; cell < (workers + 1) * classes; cell++) {
      const source = cell < workers * classes ? table : unseen
      const from = cell < workers * classes ? cell * classes : (cell - workers * classes) * classes
      for (let k = 0; k < classes; k++) evidence[(cell * VIEWS + view) * classes + k] = source[from + k]!
    }
  })
  return { classes, workers, evidence, logPrior, judgments: layout.workerCounts, posteriors }
}

function startFrom(
  layout: Layout,
  votes: Float64Array,
  previous: Float64Array | undefined,
  classes: number,
): Float64Array {
  const out = votes.slice()
  if (!previous) return out
  for (let i = 0; i < previous.length; i += classes) {
    const t = i / classes
    if (t < layout.tasks && layout.start[t] !== layout.start[t + 1])
      out.set(previous.subarray(i, i + classes), i)
  }
  return out
}

function emPassCounts(
  problem: LatentProblem,
  posterior: Float64Array,
  counts: Float64Array,
  weights: Float64Array,
): void {
  const { layout, key, states } = problem
  counts.fill(0)
  weights.fill(0)
  for (let t = 0; t < layout.tasks; t++)
    for (let i = layout.start[t]!; i < layout.start[t + 1]!; i++)
      for (let z = 0; z < states; z++) {
        counts[key[i]! + z]! += posterior[t * states + z]!
        if (i === layout.start[t]) weights[z]! += posterior[t * states + z]!
      }
}

function classLogs(weights: Float64Array, pseudo: Float64Array, out: Float64Array, uniform: boolean): void {
  let total = 0
  for (let k = 0; k < weights.length; k++) total += weights[k]! + pseudo[k]!
  for (let k = 0; k < weights.length; k++)
    out[k] = uniform ? -Math.log(weights.length) : Math.log((weights[k]! + pseudo[k]!) / total)
}

/** E log of Dirichlet rows given counts and prior counts, for every worker and, with no counts, for a person never seen. */
function dirichletRows(
  problem: LatentProblem,
  counts: Float64Array,
  table: Float64Array,
  unseen: Float64Array,
  prior: (w: number, k: number, l: number) => number,
): void {
  const { classes, workers } = problem.layout
  for (let w = 0; w <= workers; w++) {
    const out = w < workers ? table : unseen
    const base = w < workers ? w * classes * classes : 0
    for (let k = 0; k < classes; k++) {
      let total = 0
      for (let l = 0; l < classes; l++)
        total += prior(w, k, l) + (w < workers ? counts[base + l * classes + k]! : 0)
      const all = digamma(total)
      for (let l = 0; l < classes; l++) {
        const cell = base + l * classes + k
        out[cell] = digamma(prior(w, k, l) + (w < workers ? counts[cell]! : 0)) - all
      }
    }
  }
}

function confusionStep(
  problem: LatentProblem,
  counts: Float64Array,
  table: Float64Array,
  unseen: Float64Array,
) {
  dirichletRows(problem, counts, table, unseen, (_w, k, l) => (k === l ? DIAGONAL : 1))
}

function centredStep(
  problem: LatentProblem,
  counts: Float64Array,
  table: Float64Array,
  unseen: Float64Array,
) {
  const { classes } = problem.layout
  const skill = oneCoinSkills(problem, counts)
  dirichletRows(
    problem,
    counts,
    table,
    unseen,
    (w, k, l) => CENTRED * (k === l ? skill[w]! : (1 - skill[w]!) / (classes - 1)),
  )
}

function oneCoinStep(
  problem: LatentProblem,
  counts: Float64Array,
  table: Float64Array,
  unseen: Float64Array,
) {
  const { classes, workers } = problem.layout
  for (let w = 0; w <= workers; w++) {
    let right = SKILL_RIGHT
    let wrong = SKILL_WRONG
    const base = w * classes * classes
    if (w < workers)
      for (let l = 0; l < classes; l++)
        for (let k = 0; k < classes; k++) {
          if (k === l) right += counts[base + l * classes + k]!
          else wrong += counts[base + l * classes + k]!
        }
    const all = digamma(right + wrong)
    const logRight = digamma(right) - all
    const logWrong = digamma(wrong) - all - Math.log(classes - 1)
    for (let l = 0; l < classes; l++)
      for (let k = 0; k < classes; k++) {
        if (w < workers) table[base + l * classes + k] = k === l ? logRight : logWrong
        else unseen[l * classes + k] = k === l ? logRight : logWrong
      }
  }
}

/** Posterior mean skill per worker, and last that of a person never seen. */
function oneCoinSkills(problem: LatentProblem, counts: Float64Array): Float64Array {
  const { classes, workers } = problem.layout
  const skill = new Float64Array(workers + 1).fill(SKILL_RIGHT / (SKILL_RIGHT + SKILL_WRONG))
  for (let w = 0; w < workers; w++) {
    let right = SKILL_RIGHT
    let total = SKILL_RIGHT + SKILL_WRONG
    for (let l = 0; l < classes; l++)
      for (let k = 0; k < classes; k++) {
        const count = counts[(w * classes + l) * classes + k]!
        total += count
        if (k === l) right += count
      }
    skill[w] = right / total
  }
  return skill
}
