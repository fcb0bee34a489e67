import type { Labels } from '../labels/labels.ts'
import type { Layout } from '../labels/layout.ts'
import { fitBayesianOneCoin } from './bayesian-one-coin.ts'
import { clampGold, layoutForInference, toInference } from './finish.ts'
import { heldOutScores } from './gate.ts'
import { fitHierarchical } from './hierarchical.ts'
import { MOST_CELLS } from './kernel.ts'
import { voteShares } from './majority.ts'
import { fitOneCoin } from './one-coin.ts'
import { fitEbcc, fitOneCoinDifficulty } from './subtypes.ts'
import type { CommonOptions, Fit, Inference, Method } from './types.ts'

export interface AutoOptions extends CommonOptions {
  /** Drop members whose held-out score is below smoothed majority's; default true from 2.5 labels per task on. */
  readonly gate?: boolean
}

interface Member {
  readonly method: Method
  /** Hidden states per class. */
  readonly kinds: number
  /** Weight in the mean. The hierarchical model counts twice: it is the best single one, and two of the others are one-coin. */
  readonly weight: number
  readonly fit: (layout: Layout, options: MemberOptions) => Fit
}

interface MemberOptions extends CommonOptions {
  readonly starts?: number
}

const members: readonly Member[] = [
  { method: 'bayesian-one-coin', kinds: 1, weight: 1, fit: fitBayesianOneCoin },
  {
    method: 'class-one-coin',
    kinds: 1,
    weight: 1,
    fit: (layout, options) => fitBayesianOneCoin(layout, { ...options, perClass: true }),
  },
  { method: 'one-coin-difficulty', kinds: 3, weight: 1, fit: fitOneCoinDifficulty },
  { method: 'hierarchical-dawid-skene', kinds: 1, weight: 2, fit: fitHierarchical },
  { method: 'ebcc', kinds: 10, weight: 1, fit: fitEbcc },
]

/** From this many labels on, one random start and one held-out fold say as much as three do below. */
const MANY_ROWS = 50_000
/** With fewer labels per task, two thirds of them say nothing about which model to trust. */
const LABELS_TO_GATE = 2.5
/** Share of the plain vote in the reported probability, and how fast confidence is tempered with labels per task. */
const VOTE_SHARE = 0.1
const TEMPER = 0.2

/**
 * The method to use when nothing is known: the weighted mean of the posteriors of complementary models (one-coin, per-class one-coin,
 * one-coin with difficulty, hierarchical Dawid-Skene with hard tasks, EBCC), of which those that foretell held-out labels worse
 * than the plain vote are left out. The label is the argmax of that mean. The reported probabilities are tempered, because labels
 * of one task are less independent than the models take them to be.
 * `workers.confusion` and `workers.skill` are the hierarchical model's. `notes` names the members that took part.
 */
export function auto(labels: Labels, options: AutoOptions = {}): Inference {
  const layout = layoutForInference(labels, options.gold)
  const { gold, seed = 1, onProgress } = options
  const many = layout.rows > MANY_ROWS
  const starts = many ? 1 : 3
  const possible = members.filter(
    ({ kinds }) => layout.workers * layout.classes * layout.classes * kinds <= MOST_CELLS / 4,
  )
  if (possible.length === 0) return withoutTables(labels, layout, options)
  const gate = options.gate !== false && layout.rows >= LABELS_TO_GATE * judgedTasks(layout)
  const stages = possible.length * (gate ? 2 : 1)
  let stage = 0
  const done = () => onProgress?.(++stage / stages)

  const fits = possible.map(({ fit }) => {
    const result = fit(layout, { ...(gold && { gold }), seed, starts })
    done()
    return result
  })
  const scores = !gate
    ? undefined
    : heldOutScores(
        layout,
        [
          smoothedVotes,
          ...possible.map(({ fit }) => (train: Layout) => {
            const { posteriors } = fit(train, {
              ...(gold && { gold }),
              seed,
              starts,
              // Enough for a veto.
              ...(many && { maxIterations: 30 }),
            })
            done()
            return posteriors
          }),
        ],
        { seed, folds: many ? 1 : 3 },
      )
  const kept = possible.map((_, index) => !scores || scores[index + 1]! >= scores[0]!)
  const parts = fits.flatMap((fit, index): Part[] =>
    kept[index] ? [{ posteriors: fit.posteriors, weight: possible[index]!.weight }] : [],
  )
  const hierarchical = fits[possible.findIndex(({ method }) => method === 'hierarchical-dawid-skene')]
  const notes = [
    `members: ${
      possible
        .filter((_, index) => kept[index])
        .map(({ method }) => method)
        .join(', ') || 'none, plain vote'
    }`,
  ]
  const dropped = possible.filter((_, index) => !kept[index])
  if (dropped.length > 0)
    notes.push(
      `left out, foretelling labels worse than the vote: ${dropped.map(({ method }) => method).join(', ')}`,
    )

  const decided = parts.length > 0 ? mean(parts) : voteShares(layout)
  clampGold(decided, layout.classes, gold)
  const inference = toInference(labels, 'auto', {
    posteriors: decided,
    ...(hierarchical?.skill && { skill: hierarchical.skill }),
    ...(hierarchical?.confusion && { confusion: hierarchical.confusion }),
    iterations: Math.max(...fits.map((fit) => fit.iterations)),
    converged: fits.every((fit) => fit.converged),
    notes,
  })
  const reported = temperedMean(layout, parts)
  clampGold(reported, layout.classes, gold)
  return withProbabilities(inference, layout, reported)
}

/** For so many classes that no confusion table fits: the one-coin model, tempered like the rest. */
function withoutTables(labels: Labels, layout: Layout, options: AutoOptions): Inference {
  const fit = fitOneCoin(layout, { ...options, smoothing: [4, 2] })
  const inference = toInference(labels, 'auto', {
    ...fit,
    posteriors: fit.posteriors.slice(),
    notes: ['members: one-coin (too many classes and workers for confusion tables)'],
  })
  const reported = temperedMean(layout, [{ posteriors: fit.posteriors, weight: 1 }])
  clampGold(reported, layout.classes, options.gold)
  return withProbabilities(inference, layout, reported)
}

/** Keeps the labels and reliabilities of the plain mean, and reports the tempered probabilities. */
function withProbabilities(inference: Inference, layout: Layout, reported: Float64Array): Inference {
  const { classes, tasks } = layout
  const confidence = new Float64Array(tasks)
  for (let t = 0; t < tasks; t++) {
    if (layout.start[t] === layout.start[t + 1]) {
      const answered = inference.posteriors.subarray(t * classes, (t + 1) * classes)
      reported.set(answered, t * classes)
    }
    confidence[t] = reported[t * classes + inference.labels[t]!]!
  }
  return { ...inference, posteriors: reported, confidence }
}

/** A member's posteriors and its weight in the mean. */
interface Part {
  readonly posteriors: Float64Array
  readonly weight: number
}

function totalWeight(parts: readonly Part[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0)
}

function judgedTasks({ tasks, start }: Layout): number {
  let judged = 0
  for (let t = 0; t < tasks; t++) if (start[t] !== start[t + 1]) judged++
  return judged
}

function mean(parts: readonly Part[]): Float64Array {
  const out = new Float64Array(parts[0]!.posteriors.length)
  const total = totalWeight(parts)
  for (const { posteriors, weight } of parts)
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + (posteriors[i]! * weight) / total
  return out
}

/** Mean of the tempered members, mixed with the smoothed vote. */
function temperedMean(layout: Layout, parts: readonly Part[]): Float64Array {
  const { tasks, classes, rows } = layout
  const out = smoothedVotes(layout)
  if (parts.length === 0) return out
  const gamma = 1 / (1 + TEMPER * (rows / judgedTasks(layout) - 1))
  const total = totalWeight(parts)
  const row = new Float64Array(classes)
  for (let i = 0; i < out.length; i++) out[i]! *= VOTE_SHARE
  for (const { posteriors, weight } of parts) {
    const share = ((1 - VOTE_SHARE) * weight) / total
    for (let t = 0; t < tasks; t++) {
      let sum = 0
      for (let k = 0; k < classes; k++) {
        const p = posteriors[t * classes + k]!
        row[k] = p > 0 ? p ** gamma : 0
        sum += row[k]!
      }
      if (sum > 0) for (let k = 0; k < classes; k++) out[t * classes + k]! += (share * row[k]!) / sum
    }
  }
  return out
}

/** Vote shares with half a vote added to each class. */
export function smoothedVotes(layout: Layout): Float64Array {
  const { tasks, classes, start, label } = layout
  const out = new Float64Array(tasks * classes)
  for (let t = 0; t < tasks; t++) {
    const vote = 1 / (start[t + 1]! - start[t]! + classes / 2)
    for (let k = 0; k < classes; k++) out[t * classes + k] = vote / 2
    for (let i = start[t]!; i < start[t + 1]!; i++) out[t * classes + label[i]!]! += vote
  }
  return out
}
