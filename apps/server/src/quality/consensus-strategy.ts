import { createHash } from 'node:crypto'
import { type ConsensusValue, type Form, isUnanswered, type Question } from '@groundwork/contract'
import type { TaskConsensus, Vote } from './consensus-queries.ts'

const PREFERENCE_CLASSES = ['a', 'b', 'tie', 'both_good', 'both_bad']

type PreferenceVote = { outcome: string; strength: number }

/** A question whose answers are classes, and can so be counted, compared and inferred. */
export type ClassQuestion = {
  id: string
  /** All that may be answered. */
  classes: readonly string[]
  /** Where in an answer the class stands. */
  path: string[]
}

/** What makes classes of the answers to a question, by its type. One entry per type. */
const strategies: Partial<Record<Question['type'], (id: string) => ClassQuestion>> = {
  preference: (id) => ({ id, classes: PREFERENCE_CLASSES, path: [id, 'outcome'] }),
}

/** The questions of a form that have a consensus. */
export const consensusQuestions = (form: Form): ClassQuestion[] =>
  form.questions.flatMap((question) => strategies[question.type]?.(question.id) ?? [])

/** The class that a judgment gives to a question; undefined when it leaves it open. */
export function classOf(question: ClassQuestion, vote: Vote): string | undefined {
  const answer = vote.answer[question.id]
  return isUnanswered(answer) ? undefined : (answer as PreferenceVote).outcome
}

/** Probability by class. */
export type Distribution = { classes: readonly string[]; posterior: Float64Array }

/** How probable the possible answers to a question of a task are, given its judgments. */
export type Judge = (question: ClassQuestion, taskId: string, votes: Vote[]) => Distribution

/** The consensus of each task, question by question. Tasks without judgments get an empty one. */
export function consensusOf(
  questions: ClassQuestion[],
  taskIds: string[],
  votes: Vote[],
  judge: Judge,
): TaskConsensus[] {
  const byTask = Map.groupBy(votes, (vote) => vote.taskId)
  return taskIds.map((taskId) => {
    const all = byTask.get(taskId) ?? []
    const consensus: Record<string, ConsensusValue> = {}
    for (const question of questions) {
      const answered = all.filter((vote) => classOf(question, vote) !== undefined)
      if (answered.length === 0) continue
      const answers = answered.map((vote) => vote.answer[question.id] as PreferenceVote)
      consensus[question.id] = preferenceConsensus(judge(question, taskId, answered), answers)
    }
    const confidences = Object.values(consensus).flatMap((value) => value.confidence ?? [])
    return {
      taskId,
      judgments: all.length,
      consensus,
      confidence: confidences.length ? Math.min(...confidences) : null,
      basis: basisOf(all),
    }
  })
}

/** A hash of the judgments that a consensus rests on. */
export const basisOf = (votes: Vote[]): string =>
  createHash('sha1')
    .update(votes.map((vote) => vote.id).join())
    .digest('base64url')

/**
 * The most probable of the outcomes that somebody gave, with its probability. When several are equally probable, the mean strength decides
 * between them; when that is undecided as well there is no consensus (value null) rather than an arbitrary one.
 */
function preferenceConsensus(
  { classes, posterior }: Distribution,
  answers: PreferenceVote[],
): ConsensusValue {
  const given = new Set(answers.map((answer) => answer.outcome))
  const possible = classes.flatMap((name, index) =>
    given.has(name) ? [{ name, probability: posterior[index] ?? 0 }] : [],
  )
  const highest = Math.max(...possible.map((each) => each.probability))
  const best = possible.filter((each) => highest - each.probability < 1e-9).map((each) => each.name)
  const lean = answers.reduce((sum, answer) => sum + answer.strength, 0) / answers.length
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
