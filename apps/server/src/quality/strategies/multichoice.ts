import type { MultichoiceQuestion } from '@groundwork/contract'
import { byTarget, countsOf, pairMean } from './by-target.ts'
import type { Strategy } from './strategy.ts'

/** Each option by itself: it is chosen when more than half chose it. */
export const multichoice: Strategy<MultichoiceQuestion> = {
  measure: 'f1',
  decide: (question, judged) =>
    byTarget<string[]>(question, judged, (given) => {
      const options = question.options.map(({ value }) => value)
      const offered = new Set(options)
      const people = given.map(({ value }) => value.filter((option) => offered.has(option)))
      const votes = countsOf(people.flat())
      const share = (option: string) => (votes[option] ?? 0) / people.length
      return {
        value: options.filter((option) => share(option) > 0.5),
        confidence: Math.min(...options.map((option) => Math.max(share(option), 1 - share(option)))),
        distribution: Object.fromEntries(
          options.flatMap((option) => (share(option) > 0 ? [[option, share(option)]] : [])),
        ),
        answers: given.length,
        votes,
        agreement: pairMean(people, optionsF1),
      }
    }),
  matches: (_, value, known) =>
    JSON.stringify((value as string[]).toSorted()) === JSON.stringify((known as string[]).toSorted()),
}

/** Two people who both chose nothing agree. */
function optionsF1(one: readonly string[], other: readonly string[]): number {
  const both = one.filter((option) => other.includes(option)).length
  return one.length + other.length === 0 ? 1 : (2 * both) / (one.length + other.length)
}
