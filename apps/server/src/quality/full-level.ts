import type { Vote } from './consensus-queries.ts'
import { type ClassQuestion, classOf, type Judge } from './consensus-strategy.ts'
import type { replaceModels, replaceReliabilities } from './crowd-queries.ts'
import type { InferredQuestion } from './infer-labels.ts'
import { shares } from './quick-level.ts'
import type { Snapshot } from './read-snapshot.ts'

/** In the order of the questions; undefined where counting decides. */
export type Inferred = (InferredQuestion | undefined)[]

/** The first row after `row` that belongs to the task `task` or a later one. */
export function endOf({ task }: Snapshot, row: number, next: number): number {
  let end = row
  while (end < task.length && (task[end] ?? next) < next) end++
  return end
}

/** The tasks in rows [from, to) whose judgments are exactly `votes` still, with their index. Both are in the same order. */
export function unchangedTasks(
  questions: ClassQuestion[],
  snapshot: Snapshot,
  from: number,
  to: number,
  votes: Vote[],
): Map<string, number> {
  const byTask = Map.groupBy(votes, (vote) => vote.taskId)
  const unchanged = new Map<string, number>()
  for (let row = from; row < to; ) {
    const task = snapshot.task[row] ?? -1
    const taskId = snapshot.taskIds[task] ?? ''
    const now = byTask.get(taskId) ?? []
    const first = row
    let same = true
    for (; row < to && snapshot.task[row] === task; row++) {
      const vote = now[row - first]
      same &&=
        vote?.trainerId === snapshot.trainerIds[snapshot.worker[row] ?? -1] &&
        questions.every((question, index) => {
          const label = snapshot.labels[index]?.[row] ?? -1
          return vote !== undefined && question.classes[label] === classOf(question, vote)
        })
    }
    if (same && now.length === row - first) unchanged.set(taskId, task)
  }
  return unchanged
}

/** What was inferred, for tasks by id; shares of the votes for questions that were not. */
export function fullJudge(
  questions: ClassQuestion[],
  inferred: Inferred,
): (tasks: Map<string, number>) => Judge {
  const results = new Map(
    questions.map((question, index) => {
      const result = inferred[index]
      return [
        question.id,
        result && {
          posteriors: result.posteriors,
          classes: result.classes.map((each) => question.classes[each] ?? ''),
        },
      ]
    }),
  )
  return (tasks) => (question, taskId, votes) => {
    const result = results.get(question.id)
    const task = tasks.get(taskId)
    if (!result || task === undefined) return shares(question, votes)
    const size = result.classes.length
    return { classes: result.classes, posterior: result.posteriors.subarray(task * size, (task + 1) * size) }
  }
}

export function modelsOf(
  questions: ClassQuestion[],
  snapshot: Snapshot,
  inferred: Inferred,
): Parameters<typeof replaceModels>[2] {
  return questions.flatMap((question, index) => {
    const result = inferred[index]
    if (!result) return []
    return {
      question: question.id,
      classes: result.classes.map((each) => question.classes[each] ?? ''),
      trainers: snapshot.trainerIds.slice(0, result.people.judgments.length),
      logPrior: result.logPrior,
      evidence: result.evidence,
    }
  })
}

/** Reliability is told of a form's first question, as agreement is. */
export function peopleOf(
  snapshot: Snapshot,
  result: InferredQuestion | undefined,
): Parameters<typeof replaceReliabilities>[2] {
  if (!result) return []
  const { judgments, value, low, high } = result.people
  return Array.from(judgments, (count, person) => ({
    trainerId: snapshot.trainerIds[person] ?? '',
    judgments: count,
    value: value[person] ?? 0,
    low: low[person] ?? 0,
    high: high[person] ?? 0,
  })).filter((person) => person.judgments > 0)
}
