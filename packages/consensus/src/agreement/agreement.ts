import type { Labels } from '../labels/labels.ts'
import { layoutOf } from '../labels/layout.ts'
import {
  type AgreementOptions,
  fleissKappa,
  gwetAc1,
  krippendorffAlpha,
  percentAgreement,
} from './coefficients.ts'
import type { Estimate } from './jackknife.ts'

/** How much people agree on one question, in all, per task and per worker. */
export interface Agreement {
  readonly percent: Estimate
  readonly fleissKappa: Estimate
  readonly krippendorffAlpha: Estimate
  readonly gwetAc1: Estimate
  /** Per task the share of agreeing pairs; NaN with fewer than two labels. */
  readonly perTask: Float64Array
  /** Per worker the share of other people's labels on the same tasks that equal the worker's; NaN where there are none. */
  readonly perWorker: Float64Array
  /** Per worker how many such comparisons there were. */
  readonly comparisons: Int32Array
  readonly tasks: number
  readonly tasksWithPairs: number
}

/** The usual agreement coefficients with intervals (jackknife over tasks). One call per question. */
export function agreement(labels: Labels, options: AgreementOptions = {}): Agreement {
  const layout = layoutOf(labels)
  const { tasks, classes, start, worker, label } = layout
  const perTask = new Float64Array(tasks).fill(Number.NaN)
  const perWorker = new Float64Array(layout.workers)
  const comparisons = new Int32Array(layout.workers)
  const counts = new Int32Array(classes)
  let tasksWithPairs = 0
  for (let t = 0; t < tasks; t++) {
    const n = start[t + 1]! - start[t]!
    if (n < 2) continue
    tasksWithPairs++
    counts.fill(0)
    for (let i = start[t]!; i < start[t + 1]!; i++) counts[label[i]!]!++
    let agreeing = 0
    for (let i = start[t]!; i < start[t + 1]!; i++) {
      const same = counts[label[i]!]! - 1
      agreeing += same
      perWorker[worker[i]!]! += same
      comparisons[worker[i]!]! += n - 1
    }
    perTask[t] = agreeing / (n * (n - 1))
  }
  for (let w = 0; w < layout.workers; w++)
    perWorker[w] = comparisons[w] === 0 ? Number.NaN : perWorker[w]! / comparisons[w]!
  return {
    percent: percentAgreement(labels, options),
    fleissKappa: fleissKappa(labels, options),
    krippendorffAlpha: krippendorffAlpha(labels, options),
    gwetAc1: gwetAc1(labels, options),
    perTask,
    perWorker,
    comparisons,
    tasks,
    tasksWithPairs,
  }
}
