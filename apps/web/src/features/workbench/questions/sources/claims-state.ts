import type { Claim, SourcesAnswer, SourcesQuestion } from '@groundwork/contract'
import { isWebAddress } from '@groundwork/contract/checks'

/** A claim while it is being written: the verdict may still be missing (''). */
export type Claims = { claims: readonly Claim[]; none?: true }

export const noClaim: Claim = { claim: '', verdict: '', sources: [] }

/** What a question holds; a draft from elsewhere may have any shape. */
export function claimsOf(value: unknown): Claims {
  const given = value as Partial<SourcesAnswer> | null | undefined
  const claims = (Array.isArray(given?.claims) ? given.claims : []).map((each) => ({
    ...each,
    claim: each.claim ?? '',
    verdict: each.verdict ?? '',
    sources: each.sources ?? [],
  }))
  return given?.none === true && claims.length === 0 ? { claims, none: true } : { claims }
}

/** The value of the question: nothing at all while there is no claim and nothing is said. */
export const valueOfClaims = (given: Claims): Claims | undefined =>
  given.claims.length > 0 || given.none ? given : undefined

export type Need = 'claim' | 'verdict' | 'source' | 'url'

/** What a claim still misses, in the order in which it is written. */
export function needsOf(question: SourcesQuestion, { claim, verdict, sources }: Claim): Need[] {
  return [
    ...(claim.trim() === '' ? (['claim'] as const) : []),
    ...(verdict === '' ? (['verdict'] as const) : []),
    ...(question.sourceFor.includes(verdict) && sources.length === 0 ? (['source'] as const) : []),
    ...(sources.some(({ url }) => !isWebAddress(url)) ? (['url'] as const) : []),
  ]
}

/** The list with one of its items at another place; the same list when there is no such place. */
export function movedTo<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined || to < 0 || to >= list.length || from === to) return list
  return list.toSpliced(from, 1).toSpliced(to, 0, item)
}
