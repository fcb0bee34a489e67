import { ConsensusError } from '../errors.ts'
import { type Labels, labelsFromColumns } from '../labels/labels.ts'
import { layoutOf } from '../labels/layout.ts'
import { seededRandom, shuffle } from '../math/random.ts'
import { infer } from '../truth/infer.ts'
import type { Inference, Method } from '../truth/types.ts'
import { type CrowdModel, crowdModel } from './crowd-model.ts'
import { addJudgment, beginTask, type DecideOptions, decide } from './decide.ts'

export interface ReplayOptions extends Omit<DecideOptions, 'candidates'> {
  /** Seed of the order in which each task's labels arrive. */
  readonly seed?: number
  /** How the labels bought are turned into answers at the end; default `auto`. */
  readonly method?: Method
}

export interface Replay {
  /** Labels used, and their share of all. */
  readonly used: number
  readonly share: number
  /** The answers from the labels used, tasks as in the input. */
  readonly inference: Inference
  /** Labels used per task. */
  readonly perTask: Int32Array
}

/**
 * What adaptive overlap would have bought of labels that exist already: each task's labels come in a random order, one round at a time;
 * after each round the crowd is learnt anew and `decide` ends the tasks that have enough. The way to choose `confidence` for a kind
 * of work, from a pilot with fixed overlap.
 */
export function replayOverlap(labels: Labels, options: ReplayOptions = {}): Replay {
  const { seed = 1, least = 2, most = Number.POSITIVE_INFINITY } = options
  if (least < 1) throw new ConsensusError('bad_option', `least must be 1 or more, it is ${least}`)
  const layout = layoutOf(labels)
  const { tasks, start, worker, label } = layout
  const random = seededRandom(seed)
  const order = Int32Array.from({ length: layout.rows }, (_, i) => i)
  for (let t = 0; t < tasks; t++) shuffle(random, order.subarray(start[t]!, start[t + 1]!))
  const perTask = new Int32Array(tasks)
  const open = new Uint8Array(tasks).fill(1)
  let budget = options.budget ?? Number.POSITIVE_INFINITY
  let used = 0
  let model: CrowdModel | undefined
  const bought = () => boughtLabels(labels, layout, order, perTask, used)
  for (let round = 1; ; round++) {
    let added = 0
    for (let t = 0; t < tasks; t++) {
      if (!open[t]) continue
      const want = Math.min(
        round === 1 ? least : 1,
        start[t + 1]! - start[t]! - perTask[t]!,
        most - perTask[t]!,
      )
      const take = Math.max(0, Math.min(want, budget))
      perTask[t]! += take
      budget -= take
      added += take
      if (take === 0) open[t] = 0
    }
    if (added === 0) break
    used += added
    model = crowdModel(bought(), { ...(model && { previous: model }), iterations: model ? 5 : 12 })
    for (let t = 0; t < tasks; t++) {
      if (!open[t]) continue
      const state = beginTask(model)
      for (let i = start[t]!; i < start[t]! + perTask[t]!; i++)
        addJudgment(model, state, worker[order[i]!]!, label[order[i]!]!)
      if (decide(model, state, { ...options, budget }).enough) open[t] = 0
    }
  }
  return {
    used,
    share: used / layout.rows,
    inference: infer(bought(), { method: options.method ?? 'auto', seed }),
    perTask,
  }
}

function boughtLabels(
  labels: Labels,
  layout: ReturnType<typeof layoutOf>,
  order: Int32Array,
  perTask: Int32Array,
  used: number,
): Labels {
  const task = new Int32Array(used)
  const worker = new Int32Array(used)
  const label = new Int32Array(used)
  let row = 0
  for (let t = 0; t < layout.tasks; t++)
    for (let i = layout.start[t]!; i < layout.start[t]! + perTask[t]!; i++) {
      task[row] = t
      worker[row] = layout.worker[order[i]!]!
      label[row++] = layout.label[order[i]!]!
    }
  return labelsFromColumns({
    task,
    worker,
    label,
    tasks: labels.tasks,
    workers: labels.workers,
    classes: labels.classes,
  })
}
