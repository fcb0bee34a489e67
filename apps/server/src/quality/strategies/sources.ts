import { textConsensus } from '@groundwork/consensus'
import type { Claim, SourcesAnswer, SourcesQuestion } from '@groundwork/contract'
import { byTarget, countsOf, pairMean } from './by-target.ts'
import { mostFrequent } from './spans.ts'
import { meanOf, type Strategy } from './strategy.ts'

/** Claims are one when they cover as much of the same text, or their words are as much alike. */
const SAME_PLACE = 0.5
const SAME_WORDS = 0.75
/** A consensus is right when this share of the known claims is in it with the known verdict. */
const TOLERANCE = 0.8

/** Of more claims together only places and equal words are compared. */
const MOST_COMPARED = 100

type Checked = { claim: Claim; person: number }

/** The claims that more than half checked, each with the verdict that most gave and the share of each. */
export const sources: Strategy<SourcesQuestion> = {
  measure: 'f1',
  heavy: true,
  decide: (question, votes) =>
    byTarget<SourcesAnswer>(question, votes, (given) => {
      const people = given.map(({ value }) => value.claims)
      const byWords = people.flat().length <= MOST_COMPARED
      const clusters = clustersOf(people, byWords)
      const agreed = clusters
        .filter((cluster) => cluster.length * 2 > people.length)
        .map((cluster) => {
          const verdicts = countsOf(cluster.map(({ claim }) => claim.verdict))
          const verdict = mostFrequent(cluster.map(({ claim }) => claim.verdict)) ?? ''
          const spokesman = cluster.find(({ claim }) => claim.verdict === verdict) ?? cluster[0]
          return {
            claim: spokesman?.claim.claim ?? '',
            ...(spokesman?.claim.at && { at: spokesman.claim.at }),
            verdict,
            verdicts: Object.fromEntries(
              Object.entries(verdicts).map(([name, count]) => [name, count / cluster.length]),
            ),
            sources: uniqueSources(cluster),
            support: cluster.length / people.length,
          }
        })
      const none = people.filter((claims) => claims.length === 0).length / people.length
      return {
        value: agreed.length > 0 ? { claims: agreed } : { claims: [], none: true },
        confidence:
          agreed.length > 0 ? meanOf(agreed.map(({ verdict, verdicts }) => verdicts[verdict] ?? 0)) : none,
        distribution: {},
        answers: given.length,
        agreement: pairMean(people, (one, other) => claimsF1(one, other, byWords)),
      }
    }),
  matches: (_, value, known) => {
    const said = (value as SourcesAnswer).claims
    const right = (known as SourcesAnswer).claims
    const found = right.filter((claim) =>
      said.some(
        (other) =>
          other.verdict === claim.verdict &&
          isSame(claim, other, said.length + right.length <= MOST_COMPARED),
      ),
    )
    return right.length === 0 ? said.length === 0 : found.length >= TOLERANCE * right.length
  },
}

/** Claims of different people that are one claim; of a person only one is in a cluster. */
function clustersOf(people: Claim[][], byWords: boolean): Checked[][] {
  const clusters: Checked[][] = []
  people.forEach((claims, person) => {
    for (const claim of claims) {
      const cluster = clusters.find(
        (each) =>
          each.every((other) => other.person !== person) && each[0] && isSame(each[0].claim, claim, byWords),
      )
      if (cluster) cluster.push({ claim, person })
      else clusters.push([{ claim, person }])
    }
  })
  return clusters
}

function isSame(one: Claim, other: Claim, byWords: boolean): boolean {
  if (one.at && other.at && one.at.target === other.at.target && one.at.part === other.at.part) {
    const both = Math.min(one.at.end, other.at.end) - Math.max(one.at.start, other.at.start)
    const either = Math.max(one.at.end, other.at.end) - Math.min(one.at.start, other.at.start)
    return both / either >= SAME_PLACE
  }
  if (one.claim === other.claim) return true
  return byWords && textConsensus([one.claim, other.claim]).agreement >= SAME_WORDS
}

/** Share of the claims of two people that both have, with the same verdict. Two who found none agree. */
function claimsF1(one: Claim[], other: Claim[], byWords: boolean): number {
  const both = clustersOf([one, other], byWords).filter(
    ([first, second]) => second !== undefined && first?.claim.verdict === second.claim.verdict,
  ).length
  return one.length + other.length === 0 ? 1 : (2 * both) / (one.length + other.length)
}

function uniqueSources(cluster: Checked[]): Claim['sources'] {
  const all = cluster.flatMap(({ claim }) => claim.sources)
  return [...Map.groupBy(all, ({ url }) => url).values()].flatMap(([first]) => first ?? [])
}
