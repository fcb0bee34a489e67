import type { ConsensusValue, Form, PreferenceOutcome, Question, TaskRow } from '@groundwork/contract'
import { eachOf } from '@groundwork/contract/checks'

export const outcomes: PreferenceOutcome[] = ['a', 'b', 'tie', 'both_good', 'both_bad']

export function isOutcome(value: unknown): value is PreferenceOutcome {
  return outcomes.some((each) => each === value)
}

/** What a question is decided on: the whole task, an axis of a preference, or one response or message. */
export type Part = { key: string; axis?: string; target?: string }

/** The parts of a question that a consensus knows, the whole first. */
export function partsOf(question: Question, consensus: Record<string, ConsensusValue>): Part[] {
  const prefix = `${question.id}.`
  const below = Object.keys(consensus)
    .filter((key) => key.startsWith(prefix))
    .map((key): Part => {
      const rest = key.slice(prefix.length)
      return eachOf(question) === 'task' ? { key, axis: rest } : { key, target: rest }
    })
  if (question.type === 'preference') {
    const order = (question.axes ?? []).map(({ id }) => id)
    below.sort((one, other) => order.indexOf(one.axis ?? '') - order.indexOf(other.axis ?? ''))
  }
  return [...(question.id in consensus ? [{ key: question.id }] : []), ...below]
}

export type Share = { value: string; share: number }

/**
 * The values that anybody chose, most chosen first. Of the people who answered where the votes are known: a distribution that weighs
 * people by how reliable they are is doubtful of some answers on which all agree.
 */
export function sharesOf({ distribution, votes, answers }: ConsensusValue): Share[] {
  const counted = votes && answers ? { votes, answers } : null
  return Object.entries(distribution)
    .map(([value, share]) => ({
      value,
      share: counted ? (counted.votes[value] ?? 0) / counted.answers : share,
    }))
    .filter(({ share }) => share > 0)
    .sort((one, other) => other.share - one.share)
}

/** Of options: people chose some, but none of them was chosen by more than half. Not the same as that all chose none. */
export function lacksMajority(consensus: ConsensusValue): boolean {
  return Array.isArray(consensus.value) && consensus.value.length === 0 && sharesOf(consensus).length > 0
}

/** How far people are apart, 0 for one voice; null where nothing says it. */
function apart(question: Question, consensus: ConsensusValue): number | null {
  if (question.type === 'multichoice') {
    const options = sharesOf(consensus)
    return options.length === 0 ? null : Math.max(...options.map(({ share }) => Math.min(share, 1 - share)))
  }
  if (['preference', 'choice', 'scale'].includes(question.type)) {
    const [first] = sharesOf(consensus)
    return first ? 1 - first.share : null
  }
  return consensus.agreement == null ? null : 1 - consensus.agreement
}

export type Split = { task: TaskRow; question: Question; part: Part; consensus: ConsensusValue }

/** Tasks that at least two people judged and did not agree on, each with what they differ most on; most split first. */
export function mostSplit(form: Form, tasks: readonly TaskRow[]): Split[] {
  return tasks
    .flatMap((task) => {
      const { consensus } = task
      if (!consensus || task.judgments < 2) return []
      const found = form.questions
        .flatMap((question) =>
          partsOf(question, consensus).flatMap((part) => {
            const value = consensus[part.key]
            const distance = value ? apart(question, value) : null
            return value && distance !== null && distance > 0.005
              ? [{ task, question, part, consensus: value, distance }]
              : []
          }),
        )
        .sort((one, other) => other.distance - one.distance)
      return found.slice(0, 1)
    })
    .sort((one, other) => other.distance - one.distance)
    .map(({ distance: _, ...split }) => split)
}
