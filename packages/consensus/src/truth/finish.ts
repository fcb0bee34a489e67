import { ConsensusError } from '../errors.ts'
import type { Gold } from '../labels/gold.ts'
import type { Labels } from '../labels/labels.ts'
import { type Layout, layoutOf } from '../labels/layout.ts'
import type { Fit, Inference, Method } from './types.ts'

/** Checks that labels can be inferred from, and gives their layout. */
export function layoutForInference(labels: Labels, gold?: Gold): Layout {
  if (labels.classes.length < 2)
    throw new ConsensusError(
      'one_class',
      `Every row has the label '${labels.classes[0] ?? ''}', so there is nothing to infer. ` +
        'If other answers were possible, name them in the classes option',
    )
  if (gold && gold.length !== labels.tasks.size)
    throw new ConsensusError(
      'bad_shape',
      `gold must have an entry per task (${labels.tasks.size}), it has ${gold.length}`,
    )
  return layoutOf(labels)
}

/** Writes the certain answer over the posteriors of tasks with a known answer. */
export function clampGold(posteriors: Float64Array, classes: number, gold: Gold | undefined): void {
  if (!gold) return
  for (let t = 0; t < gold.length; t++) {
    const answer = gold[t]!
    if (answer >= 0) for (let k = 0; k < classes; k++) posteriors[t * classes + k] = k === answer ? 1 : 0
  }
}

/** Class shares: the mean of the posteriors over tasks that have labels. */
export function meanPosterior(layout: Layout, posteriors: Float64Array): Float64Array {
  const { classes, tasks, start } = layout
  const prior = new Float64Array(classes)
  let judged = 0
  for (let t = 0; t < tasks; t++) {
    if (start[t] === start[t + 1]) continue
    judged++
    for (let k = 0; k < classes; k++) prior[k]! += posteriors[t * classes + k]!
  }
  for (let k = 0; k < classes; k++) prior[k]! /= judged
  return prior
}

/** The largest entry of a row; near-ties (1e-12) go to the class given most often in all, then to the first. */
export function argmaxRow(
  values: Float64Array,
  offset: number,
  classes: number,
  classCounts: Float64Array,
): number {
  let best = 0
  for (let k = 1; k < classes; k++) {
    const gap = values[offset + k]! - values[offset + best]!
    if (gap > 1e-12 || (gap > -1e-12 && classCounts[k]! > classCounts[best]!)) best = k
  }
  return best
}

/** Dresses a fit as an Inference. */
export function toInference(labels: Labels, method: Method, fit: Fit): Inference {
  const layout = layoutOf(labels)
  const { classes, tasks, start, worker, label, workerCounts, classCounts } = layout
  const { posteriors } = fit
  const prior = fit.prior ?? meanPosterior(layout, posteriors)
  const best = new Int32Array(tasks)
  const confidence = new Float64Array(tasks)
  const reliability = new Float64Array(layout.workers)
  for (let t = 0; t < tasks; t++) {
    const row = t * classes
    if (start[t] === start[t + 1] && posteriors[row] === 0 && posteriors[row + 1] === 0)
      posteriors.set(prior, row)
    best[t] = argmaxRow(posteriors, row, classes, classCounts)
    confidence[t] = posteriors[row + best[t]!]!
    for (let i = start[t]!; i < start[t + 1]!; i++) reliability[worker[i]!]! += posteriors[row + label[i]!]!
  }
  for (let w = 0; w < layout.workers; w++) if (workerCounts[w]! > 0) reliability[w]! /= workerCounts[w]!
  return {
    method,
    classes: labels.classes,
    tasks: labels.tasks,
    posteriors,
    labels: best,
    confidence,
    prior,
    workers: {
      ids: labels.workers,
      judgments: workerCounts,
      reliability,
      ...(fit.skill && { skill: fit.skill }),
      ...(fit.confusion && { confusion: fit.confusion }),
    },
    iterations: fit.iterations,
    converged: fit.converged,
    logLikelihood: fit.logLikelihood ?? [],
    notes: fit.notes ?? [],
  }
}
