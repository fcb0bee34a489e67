import type { Vote } from './consensus-queries.ts'
import { basisOf, type Judges } from './consensus-strategy.ts'
import type { replaceModels, replaceReliabilities } from './crowd-queries.ts'
import type { Inferred, InferredQuestion } from './infer-labels.ts'
import { shares } from './quick-level.ts'
import { type InferredParts, type Snapshot, unitKey } from './read-snapshot.ts'
import type { ClassQuestion } from './strategies/strategy.ts'

/** The tasks of a batch whose judgments are exactly those of the snapshot still, with their index. */
export function unchangedTasks(
  snapshot: Snapshot,
  from: number,
  to: number,
  votes: Vote[],
): Map<string, number> {
  const byTask = Map.groupBy(votes, (vote) => vote.taskId)
  const unchanged = new Map<string, number>()
  for (let task = from; task < to; task++) {
    const taskId = snapshot.taskIds[task] ?? ''
    const now = basisOf((byTask.get(taskId) ?? []).map(({ id }) => id))
    if (now === snapshot.bases[task]) unchanged.set(taskId, task)
  }
  return unchanged
}

/** What was inferred, for tasks by id; shares of the votes and means for what was not. */
export function fullJudges(
  { questions, scales }: InferredParts,
  snapshot: Snapshot,
  inferred: Inferred,
): (tasks: Map<string, number>) => Judges {
  const results = new Map(
    questions.map((question, index) => {
      const result = inferred.questions[index]
      return [
        question.id,
        result && {
          posteriors: result.posteriors,
          classes: result.classes.map((each) => question.classes[each] ?? ''),
        },
      ]
    }),
  )
  const ratings = new Map(scales.map(({ id }, index) => [id, index]))
  return (tasks) => ({
    judge: (question, taskId, votes) => {
      const result = results.get(question.id)
      const task = tasks.get(taskId)
      if (!result || task === undefined) return shares(question, votes)
      const size = result.classes.length
      return {
        classes: result.classes,
        posterior: result.posteriors.subarray(task * size, (task + 1) * size),
      }
    },
    scale: (questionId, taskId, target) => {
      const index = ratings.get(questionId) ?? -1
      const result = inferred.scales[index]
      const unit = snapshot.units[index]?.get(unitKey(tasks.get(taskId) ?? -1, target))
      if (!result || unit === undefined) return undefined
      const size = scales[index]?.points.length ?? 0
      return {
        value: result.value[unit] ?? 0,
        low: result.low[unit] ?? 0,
        high: result.high[unit] ?? 0,
        distribution: result.distribution.subarray(unit * size, (unit + 1) * size),
      }
    },
  })
}

export function modelsOf(
  questions: ClassQuestion[],
  snapshot: Snapshot,
  inferred: Inferred,
): Parameters<typeof replaceModels>[2] {
  return questions.flatMap((question, index) => {
    const result = inferred.questions[index]
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

/** Reliability is told of a form's first question of classes. */
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
