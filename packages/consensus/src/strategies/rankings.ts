import { ConsensusError } from '../errors.ts'

/** One person's ranking of item indices, best first; items in one inner list are tied. Items left out were not ranked. */
export type Ranking = readonly (readonly number[])[]

export interface RankingConsensus {
  /** Items best first. */
  readonly order: readonly number[]
  /** Score per item; see the method. */
  readonly scores: Float64Array
}

function checkRankings(rankings: readonly Ranking[], items: number): void {
  if (rankings.length === 0) throw new ConsensusError('empty', 'There are no rankings')
  rankings.forEach((ranking, r) => {
    const seen = new Set<number>()
    for (const item of ranking.flat()) {
      if (!(item >= 0 && item < items) || seen.has(item))
        throw new ConsensusError(
          'bad_row',
          `Ranking ${r} names item ${item} twice or it is not one of the ${items} items`,
        )
      seen.add(item)
    }
  })
}

function ordered(scores: Float64Array): number[] {
  return Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
}

/**
 * Borda count with ties: an item's score is the mean share of the other ranked items that it beats (ties count half), 0 … 1, weighted
 * by person. Works with partial rankings; an item never ranked has score NaN and comes last.
 */
export function bordaCount(
  rankings: readonly Ranking[],
  items: number,
  weights?: ArrayLike<number>,
): RankingConsensus {
  checkRankings(rankings, items)
  const scores = new Float64Array(items)
  const total = new Float64Array(items)
  rankings.forEach((ranking, r) => {
    const weight = weights ? weights[r]! : 1
    const n = ranking.reduce((sum, tied) => sum + tied.length, 0)
    if (n < 2) return
    let above = 0
    for (const tied of ranking) {
      const below = n - above - tied.length
      for (const item of tied) {
        scores[item]! += (weight * (below + (tied.length - 1) / 2)) / (n - 1)
        total[item]! += weight
      }
      above += tied.length
    }
  })
  for (let i = 0; i < items; i++) scores[i]! /= total[i]!
  const order = ordered(scores.map((score) => (Number.isNaN(score) ? -1 : score)))
  return { order, scores }
}

export interface PlackettLuce extends RankingConsensus {
  /** P(item is best of all), from the scores. */
  readonly probabilities: Float64Array
  readonly iterations: number
  readonly converged: boolean
  /** Penalised log likelihood per iteration; never falls. */
  readonly logLikelihood: readonly number[]
}

/**
 * Plackett-Luce: a ranking is a series of choices of the best of what is left (Luce 1959, Plackett 1975), by Hunter's MM algorithm (2004)
 * with a Gamma(1 + prior, prior) prior, which keeps items that always or never win finite. Items tied in a ranking are chosen one after
 * the other out of the same set (Breslow's approximation). `scores` are log worths with mean zero. Default prior 0.1.
 */
export function plackettLuce(
  rankings: readonly Ranking[],
  items: number,
  options: {
    readonly prior?: number
    readonly weights?: ArrayLike<number>
    readonly maxIterations?: number
    readonly tolerance?: number
  } = {},
): PlackettLuce {
  checkRankings(rankings, items)
  const { prior = 0.1, maxIterations = 1000, tolerance = 1e-9 } = options
  const worth = new Float64Array(items).fill(1)
  const wins = new Float64Array(items).fill(prior)
  rankings.forEach((ranking, r) => {
    ranking.forEach((tied, position) => {
      // The last group is what is left over; it is not chosen from anything.
      if (position < ranking.length - 1) for (const item of tied) wins[item]! += options.weights?.[r] ?? 1
    })
  })
  const logLikelihood: number[] = []
  const denominators = new Float64Array(items)
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    denominators.fill(prior)
    let value = 0
    rankings.forEach((ranking, r) => {
      const weight = options.weights?.[r] ?? 1
      let left = 0
      for (const tied of ranking) for (const item of tied) left += worth[item]!
      let share = 0
      ranking.forEach((tied, position) => {
        if (position < ranking.length - 1) {
          share += (weight * tied.length) / left
          for (const item of tied) value += weight * Math.log(worth[item]! / left)
        }
        for (const item of tied) {
          denominators[item]! += share
          left -= worth[item]!
        }
      })
    })
    for (let i = 0; i < items; i++) value += prior * (Math.log(worth[i]!) - worth[i]!)
    logLikelihood.push(value)
    let moved = 0
    for (let i = 0; i < items; i++) {
      const next = wins[i]! / denominators[i]!
      moved = Math.max(moved, Math.abs(Math.log(next / worth[i]!)))
      worth[i] = next
    }
    iterations++
    converged = moved <= tolerance
  }
  const total = worth.reduce((sum, value) => sum + value, 0)
  const scores = worth.map(Math.log)
  const mean = scores.reduce((sum, value) => sum + value, 0) / items
  return {
    order: ordered(scores),
    scores: scores.map((score) => score - mean),
    probabilities: worth.map((value) => value / total),
    iterations,
    converged,
    logLikelihood,
  }
}

/** Kendall's tau-b between two rankings over the items that both rank: 1 same order, −1 reversed; NaN without two such items. */
export function kendallTau(first: Ranking, second: Ranking): number {
  const place = (ranking: Ranking) =>
    new Map(ranking.flatMap((tied, position) => tied.map((item) => [item, position] as const)))
  const a = place(first)
  const b = place(second)
  const shared = [...a.keys()].filter((item) => b.has(item))
  let concordance = 0
  let distinctA = 0
  let distinctB = 0
  for (let i = 0; i < shared.length; i++)
    for (let j = i + 1; j < shared.length; j++) {
      const inA = Math.sign(a.get(shared[i]!)! - a.get(shared[j]!)!)
      const inB = Math.sign(b.get(shared[i]!)! - b.get(shared[j]!)!)
      concordance += inA * inB
      distinctA += inA * inA
      distinctB += inB * inB
    }
  return distinctA * distinctB === 0 ? Number.NaN : concordance / Math.sqrt(distinctA * distinctB)
}

/** Mean of Kendall's tau over all pairs of rankings; NaN with fewer than two. */
export function rankingAgreement(rankings: readonly Ranking[]): number {
  let sum = 0
  let pairs = 0
  for (let i = 0; i < rankings.length; i++)
    for (let j = i + 1; j < rankings.length; j++) {
      const tau = kendallTau(rankings[i]!, rankings[j]!)
      if (Number.isNaN(tau)) continue
      sum += tau
      pairs++
    }
  return pairs === 0 ? Number.NaN : sum / pairs
}
