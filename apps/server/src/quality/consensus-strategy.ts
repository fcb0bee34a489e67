import { infer, type Labels, labelsFromRows } from '@groundwork/consensus'
import { type ConsensusValue, type Form, isUnanswered, type Question } from '@groundwork/contract'
import type { TaskConsensus, Vote } from './consensus-queries.ts'

/** Which method decides, as recorded with every run. */
export const METHOD = 'majority'

const PREFERENCE_CLASSES = ['a', 'b', 'tie', 'both_good', 'both_bad']

type PreferenceVote = { outcome: string; strength: number }

/** Question types whose answers are classes, and can so be counted, compared and inferred. One entry per type. */
const classesOf: Partial<Record<Question['type'], string[]>> = { preference: PREFERENCE_CLASSES }

/** The questions of a form that have a consensus: those whose answers are classes. */
export const consensusQuestions = (form: Form): Question[] =>
  form.questions.filter((question) => classesOf[question.type])

/** The answers to one question as labels; judgments that leave it open are left out. */
export function labelsOf(question: Question, votes: Vote[]): Labels | null {
  const rows = votes
    .filter((vote) => !isUnanswered(vote.answer[question.id]))
    .map((vote) => ({
      worker: vote.trainerId,
      task: vote.taskId,
      label: (vote.answer[question.id] as PreferenceVote).outcome,
    }))
  return rows.length === 0 ? null : labelsFromRows(rows, { classes: classesOf[question.type] ?? [] })
}

/** The consensus of each task, question by question. Tasks without judgments get an empty one. */
export function consensusOf(form: Form, taskIds: string[], votes: Vote[]): TaskConsensus[] {
  const byTask = Map.groupBy(votes, (vote) => vote.taskId)
  const values = new Map<string, Record<string, ConsensusValue>>(taskIds.map((taskId) => [taskId, {}]))
  for (const question of consensusQuestions(form)) {
    const labels = labelsOf(question, votes)
    if (!labels) continue
    const result = infer(labels, { method: METHOD })
    const size = result.classes.length
    for (let task = 0; task < result.tasks.size; task++) {
      const taskId = result.tasks.name(task)
      const posterior = result.posteriors.subarray(task * size, (task + 1) * size)
      const answers = (byTask.get(taskId) ?? []).map((vote) => vote.answer[question.id] as PreferenceVote)
      const into = values.get(taskId)
      if (into) into[question.id] = preferenceConsensus(result.classes, posterior, answers)
    }
  }
  return taskIds.map((taskId) => {
    const consensus = values.get(taskId) ?? {}
    const confidences = Object.values(consensus).flatMap((value) => value.confidence ?? [])
    return {
      taskId,
      judgments: byTask.get(taskId)?.length ?? 0,
      consensus,
      confidence: confidences.length ? Math.min(...confidences) : null,
    }
  })
}

/**
 * The most probable outcome with its probability. When several are equally probable, the mean strength decides between them; when
 * that is undecided as well there is no consensus (value null) rather than an arbitrary one.
 */
function preferenceConsensus(
  classes: readonly string[],
  posterior: Float64Array,
  answers: PreferenceVote[],
): ConsensusValue {
  const highest = Math.max(...posterior)
  const best = classes.filter((_, index) => Math.abs((posterior[index] ?? 0) - highest) < 1e-9)
  const lean = answers.reduce((sum, answer) => sum + answer.strength, 0) / Math.max(answers.length, 1)
  const leaning = lean < 0 ? 'a' : lean > 0 ? 'b' : undefined
  const value = best.length === 1 ? (best[0] ?? null) : leaning && best.includes(leaning) ? leaning : null
  const supporters = answers.filter((answer) => answer.outcome === value)
  const strength =
    supporters.reduce((sum, answer) => sum + answer.strength, 0) / Math.max(supporters.length, 1)
  return {
    value,
    confidence: highest,
    distribution: Object.fromEntries(
      classes.flatMap((name, index) => ((posterior[index] ?? 0) > 0 ? [[name, posterior[index] ?? 0]] : [])),
    ),
    strength,
  }
}
