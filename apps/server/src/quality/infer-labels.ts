import {
  consensusChecks,
  crowdModel,
  crowdSkillPrior,
  infer,
  type Labels,
  labelsFromColumns,
  reliabilityOf,
} from '@groundwork/consensus'
import { enoughToInfer } from './full-run-rules.ts'
import { type InferredScales, inferScale, type ScaleColumns } from './infer-scales.ts'
import { ofLabels } from './question-agreement.ts'

/** What people's reliability is inferred with: in simulated crowds its intervals kept what they promise most often. */
export const RELIABILITY_METHOD = 'bayesian-one-coin'

/** Judgments in columns of equal length, by task; tasks, people and classes by index. */
export type SnapshotColumns = {
  task: Int32Array
  worker: Int32Array
  /** Per question: the class, −1 where the question was left open. */
  labels: Int32Array[]
  /** Per question and task: the known answer, −1 where there is none. */
  gold: Int32Array[]
  /** Per question: how many classes may be answered. */
  classes: number[]
  /** Per scale. */
  scales: ScaleColumns[]
  trainers: number
}

/** The answers to one question: columns of those judgments that do not leave it open. */
type QuestionColumns = {
  task: Int32Array
  worker: Int32Array
  label: Int32Array
  classes: number
  gold: Int32Array
}

export type InferredQuestion = {
  /** The classes that occur, as indices into all classes; the columns below are by their place in here. */
  classes: number[]
  /** Tasks × classes; nothing for the tasks after the last that has an answer. */
  posteriors: Float64Array
  /** By worker index. */
  people: { judgments: Int32Array; value: Float64Array; low: Float64Array; high: Float64Array }
  /** For weighing later judgments one by one. */
  logPrior: Float64Array
  evidence: Float64Array
  agreement: ReturnType<typeof ofLabels>
  notes: string[]
}

/** In the order of the questions of classes, and of the scales; undefined where counting decides. */
export type Inferred = {
  questions: (InferredQuestion | undefined)[]
  scales: (InferredScales | undefined)[]
}

/**
 * Everything that a full run wants to know, question by question. Undefined for a question with too few answers, or with answers of one
 * class only: there counting decides.
 */
export function inferSnapshot(columns: SnapshotColumns, seed: number): Inferred {
  const questions = columns.labels.map((label, index) => {
    const answered = (column: Int32Array) => column.filter((_, row) => (label[row] ?? -1) >= 0)
    const question = {
      task: answered(columns.task),
      worker: answered(columns.worker),
      label: answered(label),
      classes: columns.classes[index] ?? 0,
      gold: columns.gold[index] ?? new Int32Array(0),
    }
    const enough = enoughToInfer(question.task, new Set(question.worker).size)
    return enough ? inferQuestion(question, seed) : undefined
  })
  return { questions, scales: columns.scales.map((scale) => inferScale(scale, columns.trainers)) }
}

/**
 * Known answers inform the reliability of people and nothing else, so that the posteriors stay what people said, and accuracy on known
 * answers an honest figure.
 */
function inferQuestion(columns: QuestionColumns, seed: number): InferredQuestion | undefined {
  const { task, worker } = columns
  // Classes that nobody gives would only take probability away from the others.
  const classes = Array.from({ length: columns.classes }, (_, index) => index).filter((index) =>
    columns.label.includes(index),
  )
  if (classes.length < 2) return undefined
  const place = Int32Array.from({ length: columns.classes }, (_, index) => classes.indexOf(index))
  const label = columns.label.map((index) => place[index] ?? -1)
  const labels = labelsFromColumns({ task, worker, label, classes: classes.map(String) })
  const { posteriors, notes } = infer(labels, { method: 'auto', seed })
  const { logPrior, evidence } = crowdModel(labels)
  return {
    classes,
    posteriors,
    people: reliabilities(labels, columns, place),
    logPrior,
    evidence,
    agreement: ofLabels(labels),
    notes: [...notes],
  }
}

/**
 * How often each person is right: results on known answers, and how their other judgments compare with what the others say, which is
 * inferred with the known answers.
 */
function reliabilities(
  labels: Labels,
  columns: QuestionColumns,
  place: Int32Array,
): InferredQuestion['people'] {
  const people = labels.workers.size
  // An answer that nobody gave cannot be clamped; it counts against those who judged the task all the same.
  const gold = columns.gold.subarray(0, labels.tasks.size)
  const clamped = gold.map((answer) => (answer >= 0 ? (place[answer] ?? -1) : -1))
  const inference = infer(labels, { method: RELIABILITY_METHOD, gold: clamped })
  const known = (row: number) => (gold[labels.task[row] ?? -1] ?? -1) >= 0
  const without = (column: Int32Array) => column.filter((_, row) => !known(row))
  const rest = { task: without(labels.task), worker: without(labels.worker), label: without(labels.label) }
  const checks =
    rest.task.length > 0
      ? consensusChecks(
          labelsFromColumns({
            ...rest,
            tasks: labels.tasks,
            workers: labels.workers,
            classes: labels.classes,
          }),
          inference,
        )
      : []
  const right = new Int32Array(people)
  const wrong = new Int32Array(people)
  labels.worker.forEach((person, row) => {
    if (!known(row)) return
    const count = clamped[labels.task[row] ?? -1] === labels.label[row] ? right : wrong
    count[person] = (count[person] ?? 0) + 1
  })
  const { judgments, reliability } = inference.workers
  const prior = crowdSkillPrior(
    Array.from(judgments, (total, person) => ({ right: (reliability[person] ?? 0) * total, total })),
  )
  const value = new Float64Array(people)
  const low = new Float64Array(people)
  const high = new Float64Array(people)
  for (let person = 0; person < people; person++) {
    const estimate = reliabilityOf(
      {
        gold: { right: right[person] ?? 0, wrong: wrong[person] ?? 0 },
        consensus: checks[person] ?? [],
        classes: labels.classes.length,
      },
      { prior, level: 0.95 },
    )
    value[person] = estimate.mean
    low[person] = estimate.low
    high[person] = estimate.high
  }
  return { judgments, value, low, high }
}
