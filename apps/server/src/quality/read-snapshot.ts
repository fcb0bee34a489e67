import type { Tx } from '../platform/index.ts'
import type { ClassQuestion } from './consensus-strategy.ts'
import type { SnapshotColumns } from './infer-labels.ts'
import { goldPages, judgmentPages } from './snapshot-queries.ts'

/** Rows read at a time: little enough that requests are answered in between. */
const PAGE = 5_000

/** All judgments of a project that count, of one moment, by task. The columns are in memory that threads share. */
export type Snapshot = SnapshotColumns & {
  /** Ids by index, ascending. */
  taskIds: string[]
  trainerIds: string[]
}

/** Reads the snapshot in pages; null when there are more than `most` judgments. */
export async function readSnapshot(
  tx: Tx,
  projectId: string,
  questions: ClassQuestion[],
  most: number,
): Promise<Snapshot | null> {
  const taskIds: string[] = []
  const trainers = new Map<string, number>()
  const places = questions.map(({ classes }) => new Map(classes.map((name, index) => [name, index])))
  const task = new Column()
  const worker = new Column()
  const labels = questions.map(() => new Column())
  const paths = questions.map((question) => question.path)
  for await (const page of judgmentPages(tx, projectId, paths, PAGE)) {
    if (task.size + page.length > most) return null
    for (const row of page) {
      if (row.task !== taskIds.at(-1)) taskIds.push(row.task)
      if (!trainers.has(row.worker)) trainers.set(row.worker, trainers.size)
      task.push(taskIds.length - 1)
      worker.push(trainers.get(row.worker) ?? -1)
      labels.forEach((column, index) => {
        column.push(places[index]?.get(row.classes[index] ?? '') ?? -1)
      })
    }
  }

  const gold = questions.map(() => sharedInts(taskIds.length).fill(-1))
  // Both are in the order of the ids.
  let at = 0
  for await (const page of goldPages(tx, projectId, PAGE)) {
    for (const known of page) {
      while (at < taskIds.length && (taskIds[at] ?? '') < known.task) at++
      if (taskIds[at] !== known.task) continue
      questions.forEach((question, index) => {
        const column = gold[index]
        if (column) column[at] = places[index]?.get(known.gold[question.id] ?? '') ?? -1
      })
    }
  }
  return {
    taskIds,
    trainerIds: [...trainers.keys()],
    task: task.values(),
    worker: worker.values(),
    labels: labels.map((column) => column.values()),
    gold,
    classes: questions.map((question) => question.classes.length),
  }
}

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
