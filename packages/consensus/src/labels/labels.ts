import { ConsensusError } from '../errors.ts'
import { type Ids, idsFromNames, numberedIds, StringInterner } from './ids.ts'

/** What to do when one worker has several rows for one task. */
export type DuplicatePolicy = 'all' | 'first' | 'last'

/** How many rows repeat a (worker, task) pair, and what was done with them. */
export interface DuplicateReport {
  readonly policy: DuplicatePolicy
  /** Rows beyond the first of their (worker, task) pair. */
  readonly repeated: number
  /** Those of them whose label differs from the pair's first. */
  readonly conflicting: number
  /** Rows left out under the policy. */
  readonly dropped: number
}

/**
 * Judgments in columns: row i says that `workers.name(worker[i])` gave task `tasks.name(task[i])` the label
 * `classes[label[i]]`. The arrays must not be changed afterwards: layouts of them are cached.
 */
export interface Labels {
  readonly task: Int32Array
  readonly worker: Int32Array
  readonly label: Int32Array
  readonly tasks: Ids
  readonly workers: Ids
  readonly classes: readonly string[]
  readonly duplicates: DuplicateReport
}

/** One judgment as a row. */
export interface LabelRow {
  readonly worker: string
  readonly task: string
  readonly label: string
}

export interface LabelsOptions {
  /** Default `all`: every row is evidence (dropping duplicates lost accuracy on real sets). */
  readonly duplicates?: DuplicatePolicy
  /** Classes that may occur, in the order wanted. Default: those that occur, sorted as strings. */
  readonly classes?: readonly string[]
}

/**
 * Labels from rows, tasks and workers numbered in order of first appearance.
 * Throws ConsensusError `empty` without rows, `bad_row` for a label outside `options.classes`.
 */
export function labelsFromRows(rows: Iterable<LabelRow>, options: LabelsOptions = {}): Labels {
  const tasks = new StringInterner()
  const workers = new StringInterner()
  const classes = new StringInterner()
  const task: number[] = []
  const worker: number[] = []
  const label: number[] = []
  for (const row of rows) {
    task.push(tasks.intern(row.task))
    worker.push(workers.intern(row.worker))
    label.push(classes.intern(row.label))
  }
  return assembleLabels(
    {
      task: Int32Array.from(task),
      worker: Int32Array.from(worker),
      label: Int32Array.from(label),
      tasks: tasks.ids(),
      workers: workers.ids(),
      classNames: classes.ids().names(),
    },
    options,
  )
}

/** Columns as a caller may already hold them; sizes default to the largest index + 1, names to the numbers. */
export interface LabelColumns {
  readonly task: Int32Array
  readonly worker: Int32Array
  readonly label: Int32Array
  readonly tasks?: readonly string[] | Ids
  readonly workers?: readonly string[] | Ids
  readonly classes?: readonly string[]
}

/**
 * Labels over existing columns, without copying them (unless duplicates are dropped).
 * Throws ConsensusError `bad_shape` when lengths differ or an index is negative or beyond its names.
 */
export function labelsFromColumns(
  columns: LabelColumns,
  options: { duplicates?: DuplicatePolicy } = {},
): Labels {
  const { task, worker, label } = columns
  if (task.length !== worker.length || task.length !== label.length)
    throw new ConsensusError(
      'bad_shape',
      `task, worker and label must be equally long; they have ${task.length}, ${worker.length} and ${label.length} entries`,
    )
  if (task.length === 0) throw new ConsensusError('empty', 'There are no labels: the columns are empty')
  const tasks = toIds(columns.tasks, largest(task, 'task') + 1)
  const workers = toIds(columns.workers, largest(worker, 'worker') + 1)
  const classCount = largest(label, 'label') + 1
  const classes = columns.classes ?? numberedIds(classCount).names()
  for (const [what, needed, size] of [
    ['task', largest(task, 'task') + 1, tasks.size],
    ['worker', largest(worker, 'worker') + 1, workers.size],
    ['label', classCount, classes.length],
  ] as const)
    if (needed > size)
      throw new ConsensusError(
        'bad_shape',
        `A ${what} index is ${needed - 1}, but there are only ${size} names`,
      )
  return applyDuplicates({ task, worker, label, tasks, workers, classes }, options.duplicates ?? 'all')
}

/** Raw columns whose labels are numbered in order of appearance. */
export interface RawColumns {
  task: Int32Array
  worker: Int32Array
  label: Int32Array
  tasks: Ids
  workers: Ids
  classNames: readonly string[]
}

/** Puts the classes in their final order and applies the duplicate policy. */
export function assembleLabels(raw: RawColumns, options: LabelsOptions): Labels {
  if (raw.label.length === 0)
    throw new ConsensusError('empty', 'There are no labels: the input has no rows below its header')
  const classes = options.classes ?? [...raw.classNames].sort()
  const position = new Map(classes.map((name, index) => [name, index]))
  if (position.size !== classes.length)
    throw new ConsensusError('bad_option', 'The list of classes names one class twice')
  const remap = Int32Array.from(raw.classNames, (name) => {
    const index = position.get(name)
    if (index === undefined)
      throw new ConsensusError(
        'bad_row',
        `The label '${name}' is not among the classes ${classes.map((entry) => `'${entry}'`).join(', ')}`,
      )
    return index
  })
  const { label } = raw
  for (let i = 0; i < label.length; i++) label[i] = remap[label[i]!]!
  return applyDuplicates({ ...raw, classes }, options.duplicates ?? 'all')
}

type Bare = Omit<Labels, 'duplicates'>

function applyDuplicates(bare: Bare, policy: DuplicatePolicy): Labels {
  const order = orderByTask(bare.task, bare.tasks.size)
  const { task, worker, label } = bare
  const seenIn = new Int32Array(bare.workers.size).fill(-1)
  const firstRow = new Int32Array(bare.workers.size)
  const keep = policy === 'all' ? undefined : new Uint8Array(task.length).fill(1)
  let repeated = 0
  let conflicting = 0
  for (let i = 0; i < task.length; i++) {
    const row = order ? order[i]! : i
    const w = worker[row]!
    if (seenIn[w] !== task[row]!) {
      seenIn[w] = task[row]!
      firstRow[w] = row
      continue
    }
    repeated++
    if (label[row] !== label[firstRow[w]!]) conflicting++
    if (!keep) continue
    if (policy === 'first') keep[row] = 0
    else {
      keep[firstRow[w]!] = 0
      firstRow[w] = row
    }
  }
  const { tasks, workers, classes } = bare
  if (!keep || repeated === 0)
    return {
      task,
      worker,
      label,
      tasks,
      workers,
      classes,
      duplicates: { policy, repeated, conflicting, dropped: 0 },
    }
  const kept = (column: Int32Array) => column.filter((_, row) => keep[row] === 1)
  return {
    task: kept(task),
    worker: kept(worker),
    label: kept(label),
    tasks,
    workers,
    classes,
    duplicates: { policy, repeated, conflicting, dropped: repeated },
  }
}

/** Row numbers sorted by task (stable), or undefined when the rows already are. */
export function orderByTask(task: Int32Array, tasks: number): Int32Array | undefined {
  let sorted = true
  for (let i = 1; i < task.length; i++)
    if (task[i]! < task[i - 1]!) {
      sorted = false
      break
    }
  if (sorted) return undefined
  const next = new Int32Array(tasks + 1)
  for (let i = 0; i < task.length; i++) next[task[i]! + 1]!++
  for (let t = 0; t < tasks; t++) next[t + 1]! += next[t]!
  const order = new Int32Array(task.length)
  for (let i = 0; i < task.length; i++) order[next[task[i]!]!++] = i
  return order
}

function toIds(names: readonly string[] | Ids | undefined, size: number): Ids {
  if (names === undefined) return numberedIds(size)
  return 'indexOf' in names && 'name' in names ? names : idsFromNames(names)
}

function largest(column: Int32Array, what: string): number {
  let top = -1
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!
    if (value > top) top = value
    else if (value < 0)
      throw new ConsensusError('bad_shape', `Row ${i} has the negative ${what} index ${value}`)
  }
  return top
}
