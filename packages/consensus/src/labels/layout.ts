import { type Labels, orderByTask } from './labels.ts'

/** Labels grouped by task (CSR): the rows of task t are start[t] … start[t + 1). */
export interface Layout {
  readonly tasks: number
  readonly workers: number
  readonly classes: number
  readonly rows: number
  readonly start: Int32Array
  readonly worker: Int32Array
  readonly label: Int32Array
  /** Rows per class, and per worker. */
  readonly classCounts: Float64Array
  readonly workerCounts: Int32Array
}

const cache = new WeakMap<Labels, Layout>()

/** The layout of labels by task; computed once per Labels object, sharing its columns where they are in order. */
export function layoutOf(labels: Labels): Layout {
  const known = cache.get(labels)
  if (known) return known
  const order = orderByTask(labels.task, labels.tasks.size)
  const layout = buildLayout(
    labels.tasks.size,
    labels.workers.size,
    labels.classes.length,
    labels.task,
    order ? permuted(labels.worker, order) : labels.worker,
    order ? permuted(labels.label, order) : labels.label,
  )
  cache.set(labels, layout)
  return layout
}

/** A layout from columns whose worker and label are already in task order (task itself may be in any order). */
export function buildLayout(
  tasks: number,
  workers: number,
  classes: number,
  task: Int32Array,
  worker: Int32Array,
  label: Int32Array,
): Layout {
  const start = new Int32Array(tasks + 1)
  const classCounts = new Float64Array(classes)
  const workerCounts = new Int32Array(workers)
  for (let i = 0; i < task.length; i++) start[task[i]! + 1]!++
  for (let t = 0; t < tasks; t++) start[t + 1]! += start[t]!
  for (let i = 0; i < worker.length; i++) {
    classCounts[label[i]!]!++
    workerCounts[worker[i]!]!++
  }
  return { tasks, workers, classes, rows: task.length, start, worker, label, classCounts, workerCounts }
}

/** The part of a layout whose rows (in task order) are marked. */
export function subLayout(layout: Layout, keep: (row: number) => boolean): Layout {
  const task: number[] = []
  const worker: number[] = []
  const label: number[] = []
  for (let t = 0; t < layout.tasks; t++)
    for (let i = layout.start[t]!; i < layout.start[t + 1]!; i++)
      if (keep(i)) {
        task.push(t)
        worker.push(layout.worker[i]!)
        label.push(layout.label[i]!)
      }
  return buildLayout(
    layout.tasks,
    layout.workers,
    layout.classes,
    Int32Array.from(task),
    Int32Array.from(worker),
    Int32Array.from(label),
  )
}

function permuted(column: Int32Array, order: Int32Array): Int32Array {
  const out = new Int32Array(order.length)
  for (let i = 0; i < order.length; i++) out[i] = column[order[i]!]!
  return out
}
