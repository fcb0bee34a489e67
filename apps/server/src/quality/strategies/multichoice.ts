import { multiChoiceConsensus } from '@groundwork/consensus'
import type { MultichoiceQuestion } from '@groundwork/contract'
import { byTarget, countsOf, pairMean } from './by-target.ts'
import type { Strategy } from './strategy.ts'

/** Each option by itself: it is chosen when more than half chose it. */
export const multichoice: Strategy<MultichoiceQuestion> = {
  measure: 'f1',
  decide: (question, votes) =>
    byTarget<string[]>(question, votes, (given) => {
      const options = question.options.map(({ value }) => value)
      const rows = given.map(({ vote, value }) => ({
        worker: vote.trainerId,
        task: 'one',
        chosen: value.filter((option) => options.includes(option)),
      }))
      const { probability, chosen } = multiChoiceConsensus(rows, options, { method: 'majority' })
      const sure = Array.from(probability, (p) => Math.max(p, 1 - p))
      return {
        value: chosen[0] ?? [],
        confidence: Math.min(...sure),
        distribution: Object.fromEntries(
          options.flatMap((option, index) =>
            (probability[index] ?? 0) > 0 ? [[option, probability[index] ?? 0]] : [],
          ),
        ),
        answers: given.length,
        votes: countsOf(rows.flatMap((row) => row.chosen)),
        agreement: pairMean(rows, (one, other) => optionsF1(one.chosen, other.chosen)),
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
