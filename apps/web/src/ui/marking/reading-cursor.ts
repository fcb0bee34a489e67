import type { Extent, TextMap } from './text-map.ts'

/** What the arrow keys of the reading cursor go over. */
export type Step = 'word' | 'character' | 'sentence'

/** A place in rendered text that is read, and where its selection began; the place itself is always in it. */
export type ReadingCursor = { at: Extent; anchor: Extent }

const segmenters = {
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
  character: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
} as const

const segments = new WeakMap<TextMap, Partial<Record<Step, Extent[]>>>()

/** The words, characters or sentences of a text that can be gone to; white space is none. */
function segmentsOf(map: TextMap, step: Step): Extent[] {
  const kept = segments.get(map) ?? {}
  segments.set(map, kept)
  kept[step] ??= [...segmenters[step].segment(map.text)].flatMap(({ index, segment }) => {
    const extent = map.snap({ from: index, to: index + segment.length })
    return extent ? [extent] : []
  })
  return kept[step]
}

export const cursorAt = (at: Extent): ReadingCursor => ({ at, anchor: at })

/** The first word at or after a place; null in a text without any. */
export function cursorFrom(map: TextMap, unit: number): ReadingCursor | null {
  const words = segmentsOf(map, 'word')
  const at = words.find((word) => word.to > unit) ?? words.at(-1)
  return at ? cursorAt(at) : null
}

/** One step on or back; with `extend` the selection grows or shrinks by it. The same cursor at the end of the text. */
export function moved(
  map: TextMap,
  cursor: ReadingCursor,
  by: 1 | -1,
  step: Step,
  extend: boolean,
): ReadingCursor {
  const all = segmentsOf(map, step)
  const next =
    by > 0
      ? all[lowest(all, (each) => each.from >= (step === 'sentence' ? cursor.at.from + 1 : cursor.at.to))]
      : all[lowest(all, (each) => each.from >= cursor.at.from) - 1]
  if (!next) return cursor
  return { at: next, anchor: extend ? cursor.anchor : next }
}

/** The first or last word of the line or block that the cursor stands in. */
export function toEdge(map: TextMap, cursor: ReadingCursor, by: 1 | -1, extend: boolean): ReadingCursor {
  const words = segmentsOf(map, 'word')
  const start = map.text.lastIndexOf('\n', cursor.at.from - 1) + 1
  const found = map.text.indexOf('\n', cursor.at.to)
  const end = found < 0 ? map.text.length : found
  const inside = words.filter((word) => word.from >= start && word.to <= end)
  const at = by > 0 ? inside.at(-1) : inside[0]
  return at ? { at, anchor: extend ? cursor.anchor : at } : cursor
}

/** From the place where the selection began to the place that is read. */
export const selectedOf = ({ at, anchor }: ReadingCursor): Extent => ({
  from: Math.min(at.from, anchor.from),
  to: Math.max(at.to, anchor.to),
})

/** Index of the first for which it holds, in a list where it holds for all after the first. */
function lowest(list: readonly Extent[], holds: (each: Extent) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const each = list[middle]
    if (each && holds(each)) high = middle
    else low = middle + 1
  }
  return low
}
