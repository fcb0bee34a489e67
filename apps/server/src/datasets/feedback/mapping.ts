import type { ConsensusValue, ExportOptions, Form, Question, TaskPayload } from '@groundwork/contract'
import type { Verdict } from '@groundwork/formats'

/**
 * What a format can be fed with. `rewrite` is a demonstration that names the response which it corrects, `prompt` a conversation that somebody
 * wrote up to where a model goes on.
 */
export type Kind = Exclude<Verdict['type'], 'redteam'> | 'rewrite' | 'prompt'

/**
 * What follows from an answer: a verdict on the task as it is, or a task of its own, with a verdict or with the conversation alone; or why something
 * that could have followed does not.
 */
export type Piece = { verdict: Verdict } | { own: TaskPayload; verdict?: Verdict } | { drop: string }

export type MappingContext = {
  task: TaskPayload
  form: Form
  options: ExportOptions
  /** What the format is fed with. */
  wants: ReadonlySet<Kind>
  /** Which axis of a preference counts; undefined: the overall one. */
  axis: string | undefined
}

/** The consensus of a task by question id, or `question.axis` and `question.target`. */
export type Consensus = Readonly<Record<string, ConsensusValue>>

/** An answer that a task comes to, 0..1 sure; null where the method gives no such figure. */
export type Decided = { value: unknown; confidence: number | null }

/** How the answers to one type of question become feedback. */
export type Mapping<Q extends Question = Question> = {
  /** What answers can give; of no use to a format that needs none of it. */
  gives(question: Q, context: Pick<MappingContext, 'options' | 'form'>): Kind[]
  /** From one answer in the shape of the contract, or from what {@link Mapping.decided} or {@link Mapping.combine} made. */
  pieces(question: Q, value: unknown, context: MappingContext): Piece[]
  /** What the stored consensus comes to, as an answer; null when nothing is stored, value null when it is undecided. */
  decided?(question: Q, consensus: Consensus, context: MappingContext): Decided | null
  /** The same from answers alone, by counting; without it every answer stands for itself. */
  combine?(question: Q, values: unknown[], context: MappingContext): Decided
  /** By what answers are compared, where it is not all of them. */
  classOf?(question: Q, value: unknown, context: MappingContext): string | undefined
}

/** The most frequent of some values by their keys; null when two are as frequent. */
export function plurality<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): { value: T; share: number } | null {
  const groups = [...Map.groupBy(values, keyOf).values()].sort((one, other) => other.length - one.length)
  const [first, second] = groups
  const value = first?.[0]
  if (!first || value === undefined || first.length === second?.length) return null
  return { value, share: first.length / values.length }
}

/** The candidate of which a question asked once of the whole task speaks: the only one. */
export function onlyCandidate({ candidates }: TaskPayload): string | undefined {
  return candidates.length === 1 ? candidates[0]?.id : undefined
}

/** A copy of a task with one more candidate, written by a trainer. */
export function withWritten(task: TaskPayload, text: string): { task: TaskPayload; id: string } {
  const id = 'written'
  const written = { id, messages: [{ role: 'assistant' as const, parts: [{ type: 'text' as const, text }] }] }
  return { id, task: { ...task, candidates: [...task.candidates, written] } }
}
