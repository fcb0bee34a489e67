import type { Answer, ConsensusValue, Question, QuestionAgreement } from '@groundwork/contract'
import type { Vote } from '../consensus-queries.ts'

/** A question, or an axis of one, whose answers are classes, and can so be inferred over the whole project. */
export type ClassQuestion = {
  /** The key of its consensus: the question's id, or `question.axis`. */
  id: string
  /** All that may be answered. */
  classes: readonly string[]
  /** Where in an answer the class stands. */
  path: string[]
}

/** Probability by class. */
export type Distribution = { classes: readonly string[]; posterior: Float64Array }

/** How probable the possible answers to a question of a task are, given its judgments. */
export type Judge = (question: ClassQuestion, taskId: string, votes: Vote[]) => Distribution

/** What a full run makes of the ratings of one task, or of one target in it. */
export type InferredScale = { value: number; low: number; high: number; distribution: Float64Array }
export type ScaleJudge = (questionId: string, taskId: string, target: string) => InferredScale | undefined

export type StrategyContext = { taskId: string; judge: Judge; scale: ScaleJudge }

/** One person's answer to a question of one task. */
export type Given<T> = { vote: Vote; value: T }

/** How answers to one type of question become a consensus. One per type. */
export type Strategy<Q extends Question = Question> = {
  /** The consensus of one task by key; of votes that answer the question, at least one. */
  decide(question: Q, votes: Vote[], context: StrategyContext): [key: string, value: ConsensusValue][]
  /** Questions of classes in it that a full run infers; none without it. */
  classes?(question: Q): ClassQuestion[]
  measure: QuestionAgreement['measure'] | null
  /** Every mark is compared with every other: fewer tasks are decided at a time, so that requests are answered in between. */
  heavy?: true
  /**
   * Whether a consensus is what is known to be right, with the tolerance that belongs to the type.
   * @param value that of the consensus under one key @param known the value of an answer; of classes the class alone will do
   */
  matches?(question: Q, value: unknown, known: unknown): boolean
  /** The part of a known answer that speaks of a key; without it the known answer by target, or as a whole. */
  knownOf?(question: Q, key: string, known: unknown): unknown
}

/** What a judgment says at a path; undefined when nothing does. */
export function valueAt(answer: Answer, path: readonly string[]): unknown {
  let value: unknown = answer
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** The class that a judgment gives to a question; undefined when it leaves it open, or gave it when there were other classes. */
export function classOf(question: ClassQuestion, vote: Vote): string | undefined {
  const value = valueAt(vote.answer, question.path)
  return typeof value === 'string' && question.classes.includes(value) ? value : undefined
}

export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
