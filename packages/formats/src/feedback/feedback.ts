import type { Answer, Candidate, Message, PreferenceOutcome, TaskPayload } from '@groundwork/contract'

/**
 * What was said about a task, of any kind and in any source. Candidates are spoken of by their ids.
 * A label of a step is 1 right, 0 neutral, −1 wrong, null not judged.
 */
export type Verdict =
  | { type: 'pairwise'; a: string; b: string; outcome: PreferenceOutcome; strength: number | null }
  /** 1 is best; equal ranks are ties. */
  | { type: 'ranking'; ranks: { candidate: string; rank: number }[] }
  /** Higher is better; null where a criterion was not rated. */
  | { type: 'rubric'; candidate: string; scores: Record<string, number | null> }
  /** The candidate is how it should be done; `rewriteOf` names the one that it corrects. */
  | { type: 'demonstration'; candidate: string; rewriteOf?: string }
  | { type: 'thumb'; candidate: string; good: boolean }
  | { type: 'steps'; candidate: string; steps: { text: string; label: -1 | 0 | 1 | null }[] }
  | { type: 'classification'; labels: string[] }
  /** `target` is a candidate's id, or `context:0` for the first message of the context; offsets count code points. */
  | {
      type: 'spans'
      target: string
      spans: { start: number; end: number; quote: string; labels: string[] }[]
    }
  | { type: 'boxes'; boxes: { x: number; y: number; width: number; height: number; label: string }[] }
  | { type: 'text'; text: string }
  | { type: 'redteam'; success: number | null; tags: string[] }

/** One judgment of a source. Without `by` it is the source's own conclusion, not one person's vote. */
export type Annotation = { by?: string; rationale?: string; verdict: Verdict }

/** The record from which a task was read, as its container gives it, with the name of its format. */
export type Provenance = { source: string; sourceId?: string; license?: string; raw: unknown }

/** A task with everything that its source said about it. Tasks of one group belong together and must not be split apart. */
export type Feedback = {
  task: TaskPayload
  groupId?: string
  annotations: Annotation[]
  /** Where the task comes from; only where it was asked for. */
  provenance?: Provenance
  /** The right answer by question of the form that the task was made for; only `raw` has it. */
  known?: Answer
}

/** The verdicts that count: the source's own conclusions where it has any, otherwise everybody's. */
export function countingVerdicts<T extends Verdict['type']>(
  { annotations }: Feedback,
  type: T,
): Extract<Verdict, { type: T }>[] {
  const all = annotations.filter((each) => each.verdict.type === type)
  const own = all.filter((each) => each.by === undefined)
  return (own.length > 0 ? own : all).map((each) => each.verdict as Extract<Verdict, { type: T }>)
}

export function candidateOf(task: TaskPayload, id: string): Candidate | undefined {
  return task.candidates.find((each) => each.id === id)
}

/** The ids of candidates in order: a, b, … z, then c27, c28, … */
export function candidateId(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `c${index + 1}`
}

/**
 * What the source itself concludes about the first two candidates, not what single people voted; undefined when it concludes nothing.
 */
export function conclusionOf({ annotations }: Feedback): PreferenceOutcome | undefined {
  for (const { by, verdict } of annotations) {
    if (by === undefined && verdict.type === 'pairwise' && verdict.a === 'a' && verdict.b === 'b')
      return verdict.outcome
  }
  return undefined
}

type Vote = Extract<Verdict, { type: 'pairwise' }>

/** The outcome with the most votes, with their mean strength; null when two have as many. */
export function majority(votes: readonly Vote[]): Vote | null {
  const counts = new Map<PreferenceOutcome, Vote[]>()
  for (const vote of votes) counts.set(vote.outcome, [...(counts.get(vote.outcome) ?? []), vote])
  const [first, second] = [...counts.values()].sort((left, right) => right.length - left.length)
  const vote = first?.[0]
  if (!first || !vote || first.length === second?.length) return null
  const strengths = first.map((each) => each.strength).filter((each) => each !== null)
  const mean = strengths.reduce((sum, each) => sum + each, 0) / strengths.length
  return { ...vote, strength: strengths.length === 0 ? null : mean }
}

/** Splits a conversation at the last thing that no model said: what comes after is the answer. */
export function splitAnswer(messages: Message[]): { context: Message[]; answer: Message[] } {
  const last = messages.findLastIndex((each) => each.role !== 'assistant' && each.role !== 'tool')
  return { context: messages.slice(0, last + 1), answer: messages.slice(last + 1) }
}
