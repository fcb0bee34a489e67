import type { Candidate, Message } from '@groundwork/contract'
import { candidateOf, countingVerdicts, type Feedback, majority } from './feedback.ts'

/** One better and one worse answer to the same prompt. Strength 1..3, null when nobody gave one. */
export type Preference = {
  context: Message[]
  chosen: Candidate
  rejected: Candidate
  strength: number | null
  /** How far apart the two are in itself: what the source calls its margin, the gap of their ranks, or that of their mean ratings. */
  margin: number | null
  /** One of the pairs that follow from a ranking or from ratings of several answers, which belong together. */
  ranked: boolean
}

/**
 * The preferences that follow from what was said about a task: votes between two, a ranking of N (all pairs of different rank, none of equal
 * rank), ratings of N (by their mean), or a rewrite (better than what it corrects).
 * @param sourceMargin whether a `margin` in the metadata of the task is that of the votes
 * @returns also a reason for each preference that did not come about
 */
export function preferencesOf(
  feedback: Feedback,
  sourceMargin = false,
): { preferences: Preference[]; dropped: string[] } {
  const votes = countingVerdicts(feedback, 'pairwise')
  if (votes.length > 0) return fromVotes(feedback, votes, sourceMargin ? marginIn(feedback) : null)
  const ranks = meanRanks(feedback)
  if (ranks.size > 1) return fromRanks(feedback, ranks)
  const [rewrite] = countingVerdicts(feedback, 'demonstration').filter((each) => each.rewriteOf !== undefined)
  if (rewrite) return pairUp(feedback, rewrite.candidate, rewrite.rewriteOf ?? '', unmeasured)
  return { preferences: [], dropped: ['no_preference'] }
}

function fromVotes(
  feedback: Feedback,
  votes: ReturnType<typeof countingVerdicts<'pairwise'>>,
  margin: number | null,
) {
  const vote = majority(votes)
  if (!vote) return { preferences: [], dropped: ['not_decided'] }
  if (vote.outcome !== 'a' && vote.outcome !== 'b') return { preferences: [], dropped: [vote.outcome] }
  const [better, worse] = vote.outcome === 'a' ? [vote.a, vote.b] : [vote.b, vote.a]
  const strength = vote.strength === null ? null : Math.abs(vote.strength)
  return pairUp(feedback, better, worse, { strength, margin, ranked: false })
}

function marginIn({ task }: Feedback): number | null {
  const margin = task.metadata?.margin
  return typeof margin === 'number' && Number.isFinite(margin) ? margin : null
}

function fromRanks(feedback: Feedback, ranks: Map<string, number>) {
  const result: ReturnType<typeof preferencesOf> = { preferences: [], dropped: [] }
  const entries = [...ranks]
  entries.forEach(([left, leftRank], index) => {
    for (const [right, rightRank] of entries.slice(index + 1)) {
      if (leftRank === rightRank) result.dropped.push('equal_rank')
      else {
        const [better, worse] = leftRank < rightRank ? [left, right] : [right, left]
        const { preferences, dropped } = pairUp(feedback, better, worse, {
          strength: null,
          margin: Math.abs(leftRank - rightRank),
          ranked: true,
        })
        result.preferences.push(...preferences)
        result.dropped.push(...dropped)
      }
    }
  })
  return result
}

type Measure = Pick<Preference, 'strength' | 'margin' | 'ranked'>
const unmeasured: Measure = { strength: null, margin: null, ranked: false }

function pairUp(feedback: Feedback, better: string, worse: string, measure: Measure) {
  const chosen = candidateOf(feedback.task, better)
  const rejected = candidateOf(feedback.task, worse)
  if (!chosen || !rejected) return { preferences: [], dropped: ['no_such_candidate'] }
  return { preferences: [{ context: feedback.task.context, chosen, rejected, ...measure }], dropped: [] }
}

/** The mean rank of each candidate, or, without rankings, its place by mean rating (best first, so as a negative). */
function meanRanks(feedback: Feedback): Map<string, number> {
  const given = new Map<string, number[]>()
  const add = (candidate: string, value: number) =>
    given.set(candidate, [...(given.get(candidate) ?? []), value])
  for (const { ranks } of countingVerdicts(feedback, 'ranking')) {
    for (const { candidate, rank } of ranks) add(candidate, rank)
  }
  if (given.size === 0) {
    for (const { candidate, scores } of countingVerdicts(feedback, 'rubric')) {
      const rated = Object.values(scores).filter((each) => each !== null)
      if (rated.length > 0) add(candidate, -mean(rated))
    }
  }
  return new Map([...given].map(([candidate, values]) => [candidate, mean(values)]))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
