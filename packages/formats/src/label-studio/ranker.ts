import { isRow } from '../container/records.ts'
import { shownValue } from '../content/check.ts'
import type { Notes } from '../content/notes.ts'
import { RowFault } from '../faults.ts'
import type { Verdict } from '../feedback/feedback.ts'

/** The bucket of what is in no bucket, as Label Studio itself names it. */
const NONE = '_'
const usual = ['best', NONE, 'worst']

type Source = { ids: ReadonlyMap<string, string>; notes: Notes; buckets: readonly string[] | undefined }

/**
 * A ranker's items in order, or in buckets by name. Buckets are an object, whose keys have no order: which is better than which follows from
 * their names alone.
 * @throws RowFault `unknown_bucket` for a name of which nobody has said how good it is
 */
export function readRanker(value: unknown, source: Source): Verdict[] {
  const groups = Array.isArray(value)
    ? value.map((each) => [each])
    : isRow(value)
      ? inBuckets(value, source)
      : []
  const ranked = new Set<string>()
  const ranks = groups
    .map((group) =>
      group.flatMap((each) => {
        const candidate = source.ids.get(String(each))
        if (candidate === undefined)
          source.notes.count('unknown_item', 'Ranked items that are none of the task are left out')
        if (candidate === undefined || ranked.has(candidate)) return []
        ranked.add(candidate)
        return [candidate]
      }),
    )
    .filter((group) => group.length > 0)
    .flatMap((group, index) => group.map((candidate) => ({ candidate, rank: index + 1 })))
  return ranks.length > 0 ? [{ type: 'ranking', ranks: ranks.slice(0, 50) }] : []
}

function inBuckets(value: Record<string, unknown>, { ids, buckets = usual }: Source): unknown[][] {
  const unknown = Object.keys(value).find((name) => name !== NONE && !buckets.includes(name))
  if (unknown !== undefined) {
    throw new RowFault(
      'unknown_bucket',
      `The ranker has a bucket ${shownValue(unknown)}, of which nobody has said how good it is. Name all buckets, best first, as the choice "buckets" (now ${buckets.join(', ')}).`,
    )
  }
  const listed = (name: string): unknown[] => (Array.isArray(value[name]) ? value[name] : [])
  const inSome = new Set(buckets.filter((name) => name !== NONE).flatMap((name) => listed(name).map(String)))
  const others = [...ids.keys()].filter((id) => !inSome.has(id))
  return buckets.map((name) => (name === NONE ? others : listed(name)))
}
