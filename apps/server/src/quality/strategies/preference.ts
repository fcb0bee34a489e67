import type { ConsensusValue, PreferenceQuestion } from '@groundwork/contract'
import { countsOf } from './by-target.ts'
import { type ClassQuestion, classOf, type Distribution, type Strategy, valueAt } from './strategy.ts'

const CLASSES = ['a', 'b', 'tie', 'both_good', 'both_bad']

type Graded = { outcome: string; strength: number }

const overall = (id: string): ClassQuestion => ({ id, classes: CLASSES, path: [id, 'outcome'] })
const axis = (id: string, name: string): ClassQuestion => ({
  id: `${id}.${name}`,
  classes: CLASSES,
  path: [id, 'axes', name, 'outcome'],
})
const classesOf = ({ id, axes }: PreferenceQuestion): ClassQuestion[] => [
  overall(id),
  ...(axes ?? []).map((each) => axis(id, each.id)),
]

/** Outcomes, overall and on each axis. */
export const preference: Strategy<PreferenceQuestion> = {
  measure: 'alpha_nominal',
  classes: classesOf,
  decide: (question, votes, { taskId, judge }) =>
    classesOf(question).flatMap((part): [string, ConsensusValue][] => {
      const answered = votes.filter((vote) => classOf(part, vote) !== undefined)
      if (answered.length === 0) return []
      const given = answered.map((vote) => valueAt(vote.answer, part.path.slice(0, -1)) as Graded)
      return [[part.id, decideOutcome(judge(part, taskId, answered), given)]]
    }),
  knownOf: (question, key, known) =>
    key === question.id ? known : valueAt({ known }, ['known', 'axes', key.slice(question.id.length + 1)]),
  matches: (_, value, known) => value === (typeof known === 'string' ? known : (known as Graded).outcome),
}

/**
 * The most probable of the outcomes that somebody gave, with its probability. When several are equally probable, the mean strength decides
 * between them; when that is undecided as well there is no consensus (value null) rather than an arbitrary one.
 */
function decideOutcome(distribution: Distribution, given: Graded[]): ConsensusValue {
  const outcomes = given.map(({ outcome }) => outcome)
  const { best, highest } = mostProbable(distribution, outcomes)
  const lean = given.reduce((sum, answer) => sum + answer.strength, 0) / given.length
  const leaning = lean < 0 ? 'a' : lean > 0 ? 'b' : undefined
  const value = best.length === 1 ? (best[0] ?? null) : leaning && best.includes(leaning) ? leaning : null
  const supporters = given.filter((answer) => answer.outcome === value)
  const strength =
    supporters.reduce((sum, answer) => sum + answer.strength, 0) / Math.max(supporters.length, 1)
  return {
    value,
    confidence: highest,
    distribution: recordOf(distribution),
    strength,
    answers: given.length,
    votes: countsOf(outcomes),
  }
}

/** The most probable of the classes that somebody gave: one that nobody gave is never the consensus. */
export function mostProbable(
  { classes, posterior }: Distribution,
  given: readonly string[],
): { best: string[]; highest: number } {
  const possible = classes.flatMap((name, index) =>
    given.includes(name) ? [{ name, probability: posterior[index] ?? 0 }] : [],
  )
  const highest = Math.max(...possible.map((each) => each.probability))
  const best = possible.filter((each) => highest - each.probability < 1e-9).map((each) => each.name)
  return { best, highest }
}

export const recordOf = ({ classes, posterior }: Distribution): Record<string, number> =>
  Object.fromEntries(
    classes.flatMap((name, index) => ((posterior[index] ?? 0) > 0 ? [[name, posterior[index] ?? 0]] : [])),
  )
