import type { ReactNode } from 'react'
import { createStore } from '../store.ts'
import type { DrawnPart } from './part-dom.ts'
import { type Extent, toCodePoints } from './text-map.ts'

/**
 * A passage of a task's text as answers hold it: `target` is a message and `part` the index of its part; `start` and `end` (exclusive)
 * count code points of the part's source, and `quote` is the source between them.
 */
export type Passage = { target: string; part: number; start: number; end: number; quote: string }

/** A place of a source in UTF-16 units as a passage. */
export function passageAt(
  { target, part }: { target: string; part: number },
  source: string,
  { from, to }: Extent,
): Passage {
  const start = toCodePoints(source, from)
  const quote = source.slice(from, to)
  return { target, part, start, end: start + toCodePoints(quote, quote.length), quote }
}

/** What is selected of a part, as a passage; null when nothing of it can be marked. @param unit `line`: whole lines of the source */
export function passageOf(drawn: DrawnPart, extent: Extent, unit: 'text' | 'line'): Passage | null {
  const snapped = drawn.map.snap(extent)
  const place = snapped && drawn.map.toSource(snapped)
  if (!place) return null
  return passageAt(drawn, drawn.source, unit === 'line' ? wholeLines(drawn.source, place) : place)
}

/** The lines that a place touches, without the end of the last one. */
export function wholeLines(source: string, { from, to }: Extent): Extent {
  const before = Math.max(source.lastIndexOf('\n', from - 1), source.lastIndexOf('\r', from - 1))
  const after = source.slice(to).search(/[\r\n]/)
  return { from: from === 0 ? 0 : before + 1, to: after < 0 ? source.length : to + after }
}

/** What is said about some lines, drawn under the last of them. */
export type LineNote = { id: string; passage: Passage; look: number; body: ReactNode }

/** The question that marks passages at present, for views that show lines: who clicks on line numbers marks for it. */
export type LineMarker = {
  accepts: (target: string) => boolean
  mark: (passage: Passage, near: Element) => void
  notes: readonly LineNote[]
}
export const lineMarker = createStore<LineMarker | null>(null)
