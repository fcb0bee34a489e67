import type { Audience } from '@groundwork/contract'

type Lists = 'expertise' | 'languages' | 'countries'
type Item<K extends Lists> = NonNullable<Audience[K]>[number]

/** The audience without the rules that match; a list without rules is left out, because an empty one fits nobody. */
export function withoutRule<K extends Lists>(
  audience: Audience,
  list: K,
  matches: (item: Item<K>) => boolean,
): Audience {
  const { [list]: items, ...rest } = audience
  const kept = (items as Item<K>[] | undefined)?.filter((item) => !matches(item)) ?? []
  return kept.length === 0 ? (rest as Audience) : ({ ...rest, [list]: kept } as Audience)
}

/** The audience with one more rule, in place of one about the same thing. */
export function withRule<K extends Lists>(
  audience: Audience,
  list: K,
  item: Item<K>,
  same: (one: Item<K>) => boolean,
): Audience {
  const others = (withoutRule(audience, list, same)[list] as Item<K>[] | undefined) ?? []
  return { ...audience, [list]: [...others, item] }
}
