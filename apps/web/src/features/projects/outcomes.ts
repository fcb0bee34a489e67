import type {
  ConsensusValue,
  Form,
  Outcomes,
  PreferenceOutcome,
  Question,
  TaskRow,
} from '@groundwork/contract'
import { eachOf } from '@groundwork/contract/checks'

export const outcomes: PreferenceOutcome[] = ['a', 'b', 'tie', 'both_good', 'both_bad']

export function isOutcome(value: unknown): value is PreferenceOutcome {
  return outcomes.some((each) => each === value)
}

/** What a question is decided on: the whole task, an axis of a preference, or one response or message. */
export type Part = { key: string; axis?: string; target?: string }

/** The parts of a question that a consensus (or what stands by the same keys) knows, the whole first. */
export function partsOf(
  question: Question,
  known: Record<string, ConsensusValue> | ReadonlyMap<string, unknown>,
): Part[] {
  const prefix = `${question.id}.`
  const keys = known instanceof Map ? [...known.keys()] : Object.keys(known)
  const below = keys
    .filter((key) => key.startsWith(prefix))
    .map((key): Part => {
      const rest = key.slice(prefix.length)
      return eachOf(question) === 'task' ? { key, axis: rest } : { key, target: rest }
    })
  if (question.type === 'preference') {
    const order = (question.axes ?? []).map(({ id }) => id)
    below.sort((one, other) => order.indexOf(one.axis ?? '') - order.indexOf(other.axis ?? ''))
  }
  return [...(keys.includes(question.id) ? [{ key: question.id }] : []), ...below]
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

export type Split = { task: TaskRow; question: Question; part: Part; consensus: ConsensusValue }

/** Tasks on which people differ, as the server lists them, each with the question and the part that they differ most on. */
export function splitsOf(form: Form, tasks: Outcomes['split']['tasks']): Split[] {
  return tasks.flatMap(({ task, key }) => {
    const question = form.questions.find(({ id }) => key === id || key.startsWith(`${id}.`))
    const consensus = task.consensus?.[key]
    if (!question || !consensus) return []
    const part = partsOf(question, new Map([[key, consensus]])).find((each) => each.key === key)
    return part ? [{ task, question, part, consensus }] : []
  })
}
