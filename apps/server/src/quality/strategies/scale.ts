import type { ConsensusValue, ScaleAnswer, ScaleQuestion } from '@groundwork/contract'
import { byTarget, countsOf } from './by-target.ts'
import { type InferredScale, meanOf, type Strategy } from './strategy.ts'

/** Quantile of the normal distribution for an interval of 95 %. */
const REACH = 1.96
/** A consensus is right when it lies this share of the scale's length from what is known, or half of a step. */
const TOLERANCE = 0.1

/**
 * The mean of the points, with its interval, and the share of each point. A full run corrects for how severe people are, and says with what
 * probability each point is the right one.
 */
export const scale: Strategy<ScaleQuestion> = {
  measure: 'alpha_ordinal',
  decide: (question, votes, { taskId, scale: inferred }) =>
    byTarget<ScaleAnswer>(question, votes, (given, target) => {
      const values = given.map(({ value }) => value)
      const numbers = values.filter((value) => typeof value === 'number')
      const counted = { answers: given.length, votes: countsOf(values.map(String)) }
      if (numbers.length * 2 <= given.length) {
        const share = 1 - numbers.length / given.length
        // Half and half is undecided.
        const value = share > 0.5 ? 'na' : null
        return { value, confidence: share, distribution: sharesOf(values), ...counted }
      }
      const found = inferred(question.id, taskId, target)
      const decided = found ? fromFullRun(question, found) : fromMean(question, numbers, values)
      return { ...decided, median: medianOf(numbers), ...counted }
    }),
  matches: ({ points }, value, known) => {
    if (typeof value !== 'number' || typeof known !== 'number') return value === known
    const levels = points.map((point) => point.value)
    const length = (levels.at(-1) ?? 0) - (levels[0] ?? 0)
    return Math.abs(value - known) <= Math.max(TOLERANCE * length, length / (2 * (levels.length - 1)))
  },
}

type Decided = Pick<ConsensusValue, 'value' | 'confidence' | 'distribution' | 'low' | 'high'>

function fromMean({ points }: ScaleQuestion, numbers: number[], values: ScaleAnswer[]): Decided {
  const mean = meanOf(numbers)
  const distribution = sharesOf(values)
  const spread = Math.sqrt(
    numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(numbers.length - 1, 1),
  )
  const reach = (REACH * spread) / Math.sqrt(numbers.length)
  const least = points[0]?.value ?? 0
  const most = points.at(-1)?.value ?? 0
  return {
    value: mean,
    confidence: Math.max(...Object.values(distribution)),
    distribution,
    // Of one rating there is no telling.
    ...(numbers.length > 1 && { low: Math.max(least, mean - reach), high: Math.min(most, mean + reach) }),
  }
}

function fromFullRun({ points }: ScaleQuestion, { value, low, high, distribution }: InferredScale): Decided {
  return {
    value,
    low,
    high,
    confidence: Math.max(...distribution),
    distribution: Object.fromEntries(
      points.map((point, index) => [String(point.value), distribution[index] ?? 0]),
    ),
  }
}

const sharesOf = (values: ScaleAnswer[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(countsOf(values.map(String))).map(([point, count]) => [point, count / values.length]),
  )

function medianOf(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}
