import type { RankingAnswer } from '@groundwork/contract'

/** Ranks from best to worst, the tied ones together, and what has no rank yet. */
export type Order = { tiers: string[][]; tray: string[] }

/** Where something is put down: between two ranks, into one (a tie), or back to what has no rank. `at` counts the ranks before it. */
export type Drop = { kind: 'between'; at: number } | { kind: 'into'; at: number } | { kind: 'tray' }

/** The order that an answer says; whatever it does not name has no rank. */
export function orderOf(value: unknown, candidates: readonly string[]): Order {
  return fromRanks(ranksOf(value), candidates)
}

/** Ranks by response as an answer holds them. */
export function ranksOf(value: unknown): Record<string, number> {
  const ranks = (value as Partial<RankingAnswer> | undefined)?.ranks
  return Array.isArray(ranks) ? Object.fromEntries(ranks.map(({ candidate, rank }) => [candidate, rank])) : {}
}

/** The order of ranks that may have gaps. */
export function fromRanks(ranks: Record<string, number>, candidates: readonly string[]): Order {
  const used = [...new Set(candidates.flatMap((id) => ranks[id] ?? []))].sort((one, other) => one - other)
  return {
    tiers: used.map((rank) => candidates.filter((id) => ranks[id] === rank)),
    tray: candidates.filter((id) => ranks[id] === undefined),
  }
}

/** The answer for an order, ranks without gaps; undefined when nothing has a rank. */
export function answerOf({ tiers }: Order): RankingAnswer | undefined {
  if (tiers.length === 0) return undefined
  return { ranks: tiers.flatMap((tier, index) => tier.map((candidate) => ({ candidate, rank: index + 1 }))) }
}

/** Puts a response down. */
export function drop({ tiers, tray }: Order, id: string, to: Drop): Order {
  const left = tiers.map((tier) => tier.filter((each) => each !== id))
  const placed =
    to.kind === 'into'
      ? left.map((tier, index) => (index === to.at ? [...tier, id] : tier))
      : to.kind === 'between'
        ? [...left.slice(0, to.at), [id], ...left.slice(to.at)]
        : left
  const without = tray.filter((each) => each !== id)
  return {
    tiers: placed.filter((tier) => tier.length > 0),
    tray: to.kind === 'tray' ? [...without, id] : without,
  }
}

/** One place up or down; out of a tie to the side of it, past the last rank to what has none. Undefined at the ends. */
export function shift(order: Order, id: string, by: 1 | -1): Order | undefined {
  const at = order.tiers.findIndex((tier) => tier.includes(id))
  if (at < 0) return by < 0 ? drop(order, id, { kind: 'between', at: order.tiers.length }) : undefined
  const tied = (order.tiers[at]?.length ?? 0) > 1
  if (by < 0)
    return tied
      ? drop(order, id, { kind: 'between', at })
      : at > 0
        ? drop(order, id, { kind: 'between', at: at - 1 })
        : undefined
  if (tied) return drop(order, id, { kind: 'between', at: at + 1 })
  return at === order.tiers.length - 1
    ? drop(order, id, { kind: 'tray' })
    : drop(order, id, { kind: 'between', at: at + 2 })
}

/** Ties a response with the rank above it, or takes it out of its tie to below. Undefined where there is nothing above. */
export function toggleTie(order: Order, id: string): Order | undefined {
  const at = order.tiers.findIndex((tier) => tier.includes(id))
  if ((order.tiers[at]?.length ?? 0) > 1) return drop(order, id, { kind: 'between', at: at + 1 })
  const above = (at < 0 ? order.tiers.length : at) - 1
  return above < 0 ? undefined : drop(order, id, { kind: 'into', at: above })
}

/**
 * Gives a response a rank by its number. Numbers are kept as they were given, so that the second can be named before the first; who has
 * the number already shares it, or moves down where ties are not offered.
 */
export function giveRank(
  ranks: Record<string, number>,
  id: string,
  rank: number,
  ties: boolean,
): Record<string, number> {
  const { [id]: _, ...others } = ranks
  if (!ties && Object.values(others).includes(rank)) {
    for (const [other, its] of Object.entries(others)) if (its >= rank) others[other] = its + 1
  }
  return { ...others, [id]: rank }
}
