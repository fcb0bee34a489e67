import { type ConsensusValue, eachOf, isUnanswered, type Question } from '@groundwork/contract'
import type { Vote } from '../consensus-queries.ts'
import type { Given } from './strategy.ts'

/**
 * Decides a question that may be asked of each candidate or message, target by target; once when it is asked of the whole task.
 * @param decide is given at least one answer, and `''` as the target of the whole task; undefined: there is nothing to say of it
 */
export function byTarget<T>(
  question: Question,
  votes: Vote[],
  decide: (given: Given<T>[], target: string) => ConsensusValue | undefined,
): [key: string, value: ConsensusValue][] {
  const whole = eachOf(question) === 'task'
  const given = votes.flatMap((vote): (Given<T> & { target: string })[] => {
    const answer = vote.answer[question.id]
    if (isUnanswered(answer)) return []
    if (whole) return [{ vote, target: '', value: answer as T }]
    return Object.entries(answer as Record<string, unknown>).flatMap(([target, value]) =>
      isUnanswered(value) ? [] : [{ vote, target, value: value as T }],
    )
  })
  return [...Map.groupBy(given, ({ target }) => target)].flatMap(([target, of]) => {
    const value = decide(of, target)
    return value ? [[keyOf(question, target), value] as const] : []
  }) as [string, ConsensusValue][]
}

export const keyOf = (question: Question, target: string): string =>
  target === '' ? question.id : `${question.id}.${target}`

/** The mean over all pairs, null without one. */
export function pairMean<T>(items: readonly T[], measure: (one: T, other: T) => number): number | null {
  let sum = 0
  let pairs = 0
  items.forEach((one, index) => {
    for (const other of items.slice(index + 1)) {
      const value = measure(one, other)
      if (Number.isNaN(value)) continue
      sum += value
      pairs++
    }
  })
  return pairs === 0 ? null : sum / pairs
}

export function countsOf(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
