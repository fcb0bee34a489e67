import { eachOf, type Form, isUnanswered, type ScaleQuestion } from '@groundwork/contract'
import type { Tx } from '../platform/index.ts'
import { basisOf } from './consensus-strategy.ts'
import type { SnapshotColumns } from './infer-labels.ts'
import type { ScaleColumns } from './infer-scales.ts'
import { goldPages, judgmentPages, type SnapshotRow } from './snapshot-queries.ts'
import { classQuestions } from './strategies/registry.ts'
import { type ClassQuestion, valueAt } from './strategies/strategy.ts'

/** Rows read at a time: little enough that requests are answered in between. */
const PAGE = 5_000

/** All judgments of a project that count, of one moment, by task. The columns are in memory that threads share. */
export type Snapshot = SnapshotColumns & {
  /** Ids by index, ascending. */
  taskIds: string[]
  trainerIds: string[]
  /** Which judgments a task has, by its index: see `basisOf`. */
  bases: string[]
  /** Per scale the unit of each task and target, by `index/target`; the target of a whole task is empty. */
  units: Map<string, number>[]
}

/** What of a form is inferred over the whole project. */
export type InferredParts = { questions: ClassQuestion[]; scales: ScaleQuestion[] }

export const inferredParts = (form: Form): InferredParts => ({
  questions: classQuestions(form),
  scales: form.questions.filter((question) => question.type === 'scale'),
})

/** Reads the snapshot in pages; null when there are more than `most` judgments. */
export async function readSnapshot(
  tx: Tx,
  projectId: string,
  { questions, scales }: InferredParts,
  most: number,
): Promise<Snapshot | null> {
  const taskIds: string[] = []
  const bases: string[] = []
  const trainers = new Map<string, number>()
  const places = questions.map(({ classes }) => new Map(classes.map((name, index) => [name, index])))
  const task = new Column()
  const worker = new Column()
  const labels = questions.map(() => new Column())
  const ratings = scales.map((question) => new Ratings(question))
  const paths = questions.map((question) => question.path)
  const ids = scales.map(({ id }) => id)
  let ofTask: string[] = []
  const endTask = () => {
    if (taskIds.length > 0) bases.push(basisOf(ofTask))
    ofTask = []
  }
  for await (const page of judgmentPages(tx, projectId, paths, ids, PAGE)) {
    if (task.size + page.length > most) return null
    for (const row of page) {
      if (row.task !== taskIds.at(-1)) {
        endTask()
        taskIds.push(row.task)
      }
      ofTask.push(row.id)
      if (!trainers.has(row.worker)) trainers.set(row.worker, trainers.size)
      const trainer = trainers.get(row.worker) ?? -1
      task.push(taskIds.length - 1)
      worker.push(trainer)
      labels.forEach((column, index) => {
        column.push(places[index]?.get(row.classes[index] ?? '') ?? -1)
      })
      for (const [index, of] of ratings.entries()) of.add(taskIds.length - 1, trainer, row.answers[index])
    }
  }
  endTask()
  return {
    taskIds,
    bases,
    trainerIds: [...trainers.keys()],
    task: task.values(),
    worker: worker.values(),
    labels: labels.map((column) => column.values()),
    gold: await readGold(tx, projectId, questions, taskIds),
    classes: questions.map((question) => question.classes.length),
    scales: ratings.map((of) => of.columns()),
    units: ratings.map((of) => of.units),
    trainers: trainers.size,
  }
}

/** Per question the known class of each task, −1 where there is none. */
async function readGold(
  tx: Tx,
  projectId: string,
  questions: ClassQuestion[],
  taskIds: string[],
): Promise<Int32Array[]> {
  const gold = questions.map(() => sharedInts(taskIds.length).fill(-1))
  // Both are in the order of the ids.
  let at = 0
  for await (const page of goldPages(tx, projectId, PAGE)) {
    for (const known of page) {
      while (at < taskIds.length && (taskIds[at] ?? '') < known.task) at++
      if (taskIds[at] !== known.task) continue
      questions.forEach((question, index) => {
        const column = gold[index]
        if (column) column[at] = question.classes.indexOf(knownClass(question, known.gold) ?? '')
      })
    }
  }
  return gold
}

/** A known answer is an answer, or the class alone. */
function knownClass({ path }: ClassQuestion, gold: Record<string, unknown>): string | undefined {
  const value = valueAt(gold, path)
  const alone = path.length === 2 ? gold[path[0] ?? ''] : undefined
  return typeof value === 'string' ? value : typeof alone === 'string' ? alone : undefined
}

/** The ratings of one scale, of which a task may have many. */
class Ratings {
  readonly units = new Map<string, number>()
  #unit = new Column()
  #worker = new Column()
  #value: number[] = []
  readonly question: ScaleQuestion

  constructor(question: ScaleQuestion) {
    this.question = question
  }

  add(task: number, worker: number, answer: SnapshotRow['answers'][number]): void {
    if (isUnanswered(answer)) return
    const given =
      eachOf(this.question) === 'task' ? [['', answer] as const] : Object.entries(answer as object)
    for (const [target, value] of given) {
      if (typeof value !== 'number') continue
      const key = unitKey(task, target)
      const unit = this.units.get(key) ?? this.units.size
      this.units.set(key, unit)
      this.#unit.push(unit)
      this.#worker.push(worker)
      this.#value.push(value)
    }
  }

  columns(): ScaleColumns {
    return {
      unit: this.#unit.values(),
      worker: this.#worker.values(),
      value: Float64Array.from(this.#value),
      units: this.units.size,
      levels: this.question.points.map(({ value }) => value),
    }
  }
}

export const unitKey = (task: number, target: string): string => `${task}/${target}`

const sharedInts = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4))

/** Numbers whose count is not known beforehand. */
class Column {
  #values = sharedInts(1 << 12)
  size = 0

  push(value: number): void {
    if (this.size === this.#values.length) {
      const grown = sharedInts(this.size * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.size++] = value
  }

  values(): Int32Array {
    return this.#values.subarray(0, this.size)
  }
}
