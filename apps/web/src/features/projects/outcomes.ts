import type { ConsensusValue, Form, PreferenceOutcome, TaskRow } from '@groundwork/contract'

export const outcomes: PreferenceOutcome[] = ['a', 'b', 'tie', 'both_good', 'both_bad']

/** The preference question of a form, whose consensus the team's pages show. */
export function preferenceQuestionId(form: Form): string | undefined {
  return form.questions.find((question) => question.type === 'preference')?.id
}

/** The text question that asks for the reason. */
export function reasonQuestionId(form: Form): string | undefined {
  return form.questions.find((question) => question.type === 'text')?.id
}

export function isOutcome(value: unknown): value is PreferenceOutcome {
  return outcomes.some((each) => each === value)
}

/** A stored answer to a preference question, or null when it is none. */
export function preferenceOf(value: unknown): { outcome: PreferenceOutcome; strength: number } | null {
  if (typeof value !== 'object' || value === null || !('outcome' in value) || !isOutcome(value.outcome)) {
    return null
  }
  const strength = 'strength' in value && typeof value.strength === 'number' ? value.strength : 0
  return { outcome: value.outcome, strength }
}

export type Share = { outcome: PreferenceOutcome; share: number }

/** The outcomes that anybody chose, most chosen first. */
export function sharesOf(consensus: ConsensusValue): Share[] {
  return outcomes
    .map((outcome) => ({ outcome, share: consensus.distribution[outcome] ?? 0 }))
    .filter(({ share }) => share > 0)
    .sort((one, other) => other.share - one.share)
}

/** Tasks that at least two people judged and did not agree on, most split first. */
export function mostSplit(tasks: TaskRow[], questionId: string): { task: TaskRow; shares: Share[] }[] {
  return tasks
    .flatMap((task) => {
      const consensus = task.consensus?.[questionId]
      if (!consensus || task.judgments < 2) return []
      const shares = sharesOf(consensus)
      return shares.length > 1 ? [{ task, shares }] : []
    })
    .sort((one, other) => (one.shares[0]?.share ?? 1) - (other.shares[0]?.share ?? 1))
}

/** How many tasks have which consensus; `open` are those without one. */
export function countOutcomes(
  tasks: TaskRow[],
  questionId: string,
): { counts: Record<PreferenceOutcome, number>; undecided: number; decided: number } {
  const counts = { a: 0, b: 0, tie: 0, both_good: 0, both_bad: 0 }
  let undecided = 0
  let decided = 0
  for (const task of tasks) {
    const consensus = task.consensus?.[questionId]
    if (!consensus) continue
    if (isOutcome(consensus.value)) {
      counts[consensus.value] += 1
      decided += 1
    } else undecided += 1
  }
  return { counts, undecided, decided }
}
