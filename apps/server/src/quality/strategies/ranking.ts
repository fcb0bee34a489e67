import { bordaCount, kendallTau, plackettLuce, type Ranking, rankingAgreement } from '@groundwork/consensus'
import { isUnanswered, type RankingAnswer, type RankingQuestion } from '@groundwork/contract'
import { byTarget } from './by-target.ts'
import { finite, type Strategy } from './strategy.ts'

type Ranks = RankingAnswer['ranks']

/** Pairs in the order that is known: four of five, and the right one first. */
const TOLERANCE = 0.6

/** The order by Borda count, in which ties stay ties; and by Plackett and Luce how probable each is to be the best. */
export const ranking: Strategy<RankingQuestion> = {
  measure: 'kendall_tau',
  decide: (question, votes) =>
    byTarget<RankingAnswer>(question, votes, (given) => {
      const items = [
        ...new Set(given.flatMap(({ value }) => value.ranks.map(({ candidate }) => candidate))),
      ].sort()
      const rankings = given.map(({ value }) => rankingOf(value.ranks, items))
      const { scores } = bordaCount(rankings, items.length)
      const { probabilities } = plackettLuce(rankings, items.length)
      const ranks = ranksOf(items, scores)
      const first = ranks.filter(({ rank }) => rank === 1).map(({ candidate }) => items.indexOf(candidate))
      return {
        value: { ranks },
        confidence: first.reduce((sum, index) => sum + (probabilities[index] ?? 0), 0),
        distribution: Object.fromEntries(items.map((item, index) => [item, probabilities[index] ?? 0])),
        answers: given.length,
        agreement: finite(rankingAgreement(rankings)),
      }
    }),
  matches: (_, value, known) => {
    if (isUnanswered(value)) return false
    const said = (value as RankingAnswer).ranks
    const right = (known as RankingAnswer).ranks
    const items = right.map(({ candidate }) => candidate)
    const best = (ranks: Ranks) => ranks.find(({ rank }) => rank === 1)?.candidate
    const tau = kendallTau(rankingOf(said, items), rankingOf(right, items))
    return best(said) === best(right) && (Number.isNaN(tau) || tau >= TOLERANCE)
  },
}

/** Indices of candidates, best first, those of one rank together. */
function rankingOf(ranks: Ranks, items: readonly string[]): Ranking {
  const known = ranks.filter(({ candidate }) => items.includes(candidate))
  return [...Map.groupBy(known, ({ rank }) => rank)]
    .sort(([one], [other]) => one - other)
    .map(([, tied]) => tied.map(({ candidate }) => items.indexOf(candidate)))
}

/** Ranks without gaps; a candidate that nobody compared with another has no score and stands beside the last. */
function ranksOf(items: readonly string[], scores: Float64Array): Ranks {
  const scored = items.map((candidate, index) => ({ candidate, score: finite(scores[index] ?? 0) ?? 0 }))
  scored.sort((one, other) => other.score - one.score)
  let rank = 0
  let last = Number.POSITIVE_INFINITY
  return scored.map(({ candidate, score }) => {
    if (last - score > 1e-9) rank += 1
    last = score
    return { candidate, rank }
  })
}
