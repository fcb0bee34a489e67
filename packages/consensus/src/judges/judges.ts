import { ConsensusError } from '../errors.ts'
import { type Labels, labelsFromColumns } from '../labels/labels.ts'
import { layoutOf } from '../labels/layout.ts'
import { type Reliability, reliabilityOf } from '../reliability/reliability.ts'
import { clampGold, toInference } from '../truth/finish.ts'
import { infer } from '../truth/infer.ts'
import type { CommonOptions, Inference, Method } from '../truth/types.ts'

export interface JudgeOptions extends CommonOptions {
  /** Worker ids that are models. */
  readonly judges: readonly string[]
  /** How the people's labels are aggregated; default `auto`. */
  readonly method?: Method
}

export interface JudgeReport {
  readonly judge: string
  /** Tasks that people judged as well. */
  readonly compared: number
  readonly reliability: Reliability
}

export interface JudgedInference extends Inference {
  readonly judges: readonly JudgeReport[]
  /** Mean correlation of the judges' errors on tasks that people judged too, 0 … 1. */
  readonly errorCorrelation: number
  /** How many independent judges the panel is worth: m / (1 + (m − 1)·correlation). */
  readonly effectiveJudges: number
}

/** Judgments of the default crowd that stand in for a judge's record before there is one, per confusion row: right, wrong. */
const PRIOR_RIGHT = 3
const PRIOR_WRONG = 1.5

/**
 * Truth from people and models together. The people's labels are aggregated on their own; each judge's confusion matrix is measured
 * against that; the judges' evidence is then added, weighted down by how much their errors go together, because several judges
 * that err on the same tasks are worth little more than one. Tasks that only judges saw get an answer too, with the uncertainty of that.
 * Throws ConsensusError `bad_option` when no judge or nobody else has labels.
 */
export function inferWithJudges(labels: Labels, options: JudgeOptions): JudgedInference {
  const layout = layoutOf(labels)
  const { tasks, classes, workers, start, worker, label } = layout
  const isJudge = new Uint8Array(workers)
  const judges: number[] = []
  for (const name of options.judges) {
    const index = labels.workers.indexOf(name)
    if (index < 0) continue
    isJudge[index] = 1
    judges.push(index)
  }
  if (judges.length === 0)
    throw new ConsensusError('bad_option', 'None of the judges named has given a label')
  const human = only(labels, (w) => !isJudge[w])
  if (human.task.length === 0)
    throw new ConsensusError(
      'bad_option',
      'Only judges have given labels, so there is nothing to measure them by',
    )
  const people = infer(human, { ...options, method: options.method ?? 'auto' })

  const judged = new Uint8Array(tasks)
  for (let i = 0; i < human.task.length; i++) judged[human.task[i]!] = 1
  if (options.gold) for (let t = 0; t < tasks; t++) if (options.gold[t]! >= 0) judged[t] = 1
  // Confusion of each judge against the people, and errors per task for their correlation.
  const confusion = new Float64Array(workers * classes * classes)
  for (const w of judges)
    for (let k = 0; k < classes; k++)
      for (let l = 0; l < classes; l++)
        confusion[(w * classes + k) * classes + l] = k === l ? PRIOR_RIGHT : PRIOR_WRONG / (classes - 1)
  const errors = new Map<number, Map<number, number>>(judges.map((w) => [w, new Map()]))
  const checks = new Map<number, { confidence: number; agrees: boolean }[]>(judges.map((w) => [w, []]))
  for (let t = 0; t < tasks; t++) {
    if (!judged[t]) continue
    for (let i = start[t]!; i < start[t + 1]!; i++) {
      const w = worker[i]!
      if (!isJudge[w]) continue
      for (let k = 0; k < classes; k++)
        confusion[(w * classes + k) * classes + label[i]!]! += people.posteriors[t * classes + k]!
      errors.get(w)!.set(t, 1 - people.posteriors[t * classes + label[i]!]!)
      checks.get(w)!.push({ confidence: people.confidence[t]!, agrees: people.labels[t] === label[i] })
    }
  }
  for (const w of judges)
    for (let k = 0; k < classes; k++) {
      let total = 0
      for (let l = 0; l < classes; l++) total += confusion[(w * classes + k) * classes + l]!
      for (let l = 0; l < classes; l++) confusion[(w * classes + k) * classes + l]! /= total
    }
  const errorCorrelation = meanCorrelation([...errors.values()])
  const posteriors = people.posteriors.slice()
  const score = new Float64Array(classes)
  for (let t = 0; t < tasks; t++) {
    let panel = 0
    for (let i = start[t]!; i < start[t + 1]!; i++) panel += isJudge[worker[i]!]!
    if (panel === 0) continue
    const weight = 1 / (1 + (panel - 1) * errorCorrelation)
    for (let k = 0; k < classes; k++)
      score[k] = Math.log(Math.max(judged[t] ? posteriors[t * classes + k]! : people.prior[k]!, 1e-12))
    for (let i = start[t]!; i < start[t + 1]!; i++) {
      const w = worker[i]!
      if (!isJudge[w]) continue
      for (let k = 0; k < classes; k++)
        score[k]! += weight * Math.log(confusion[(w * classes + k) * classes + label[i]!]!)
    }
    const top = Math.max(...score)
    let sum = 0
    for (let k = 0; k < classes; k++) sum += Math.exp(score[k]! - top)
    for (let k = 0; k < classes; k++) posteriors[t * classes + k] = Math.exp(score[k]! - top) / sum
  }
  clampGold(posteriors, classes, options.gold)
  const inference = toInference(labels, people.method, {
    posteriors,
    iterations: people.iterations,
    converged: people.converged,
    notes: [...people.notes, `judges: ${judges.map((w) => labels.workers.name(w)).join(', ')}`],
  })
  return {
    ...inference,
    judges: judges.map((w) => ({
      judge: labels.workers.name(w),
      compared: checks.get(w)!.length,
      reliability: reliabilityOf({ consensus: checks.get(w)!, classes }),
    })),
    errorCorrelation,
    effectiveJudges: judges.length / (1 + (judges.length - 1) * errorCorrelation),
  }
}

function only(labels: Labels, keep: (worker: number) => boolean): Labels {
  const rows: number[] = []
  for (let i = 0; i < labels.task.length; i++) if (keep(labels.worker[i]!)) rows.push(i)
  if (rows.length === 0)
    return { ...labels, task: new Int32Array(0), worker: new Int32Array(0), label: new Int32Array(0) }
  return labelsFromColumns({
    task: Int32Array.from(rows, (i) => labels.task[i]!),
    worker: Int32Array.from(rows, (i) => labels.worker[i]!),
    label: Int32Array.from(rows, (i) => labels.label[i]!),
    tasks: labels.tasks,
    workers: labels.workers,
    classes: labels.classes,
  })
}

/** Mean over pairs of the correlation of errors on shared tasks, shrunk toward a half as if by ten tasks, never below zero. */
function meanCorrelation(errors: readonly Map<number, number>[]): number {
  let sum = 0
  let pairs = 0
  for (let a = 0; a < errors.length; a++)
    for (let b = a + 1; b < errors.length; b++) {
      const x: number[] = []
      const y: number[] = []
      for (const [t, error] of errors[a]!) {
        const other = errors[b]!.get(t)
        if (other === undefined) continue
        x.push(error)
        y.push(other)
      }
      sum += (correlation(x, y) * x.length + 0.5 * 10) / (x.length + 10)
      pairs++
    }
  return pairs === 0 ? 0 : Math.min(Math.max(sum / pairs, 0), 1)
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const n = x.length
  if (n < 2) return 0
  const meanX = x.reduce((sum, value) => sum + value, 0) / n
  const meanY = y.reduce((sum, value) => sum + value, 0) / n
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < n; i++) {
    xx += (x[i]! - meanX) ** 2
    yy += (y[i]! - meanY) ** 2
    xy += (x[i]! - meanX) * (y[i]! - meanY)
  }
  return xx * yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}
