import type { Span, SpansQuestion } from '@groundwork/contract'
import { type RefObject, useEffect, useRef } from 'react'
import { LOOKS, lookOf, overlaps, paint, unpaint } from '../../../../ui/marking/paint.ts'
import type { DrawnPart } from '../../../../ui/marking/part-dom.ts'
import type { Parts } from '../../../../ui/marking/parts.ts'
import type { Passage } from '../../../../ui/marking/passage.ts'
import { type Extent, toUnits } from '../../../../ui/marking/text-map.ts'

/** A mark as it stands in the text at present. */
export type PaintedMark = { index: number; drawn: DrawnPart; extents: Extent[] }

/** Where a mark stands on the page; null while its text is not drawn. */
export function drawnMark(parts: Parts, span: Passage): { drawn: DrawnPart; extents: Extent[] } | null {
  const drawn = parts.read(span.target, span.part)
  const extents = drawn?.map.toTexts({
    from: toUnits(drawn.source, span.start),
    to: toUnits(drawn.source, span.end),
  })
  return drawn && extents?.[0] ? { drawn, extents } : null
}

/** A passage as it is read, without the marks of Markdown in it; as the source has it while its text is not drawn. */
export function drawnText(parts: Parts, passage: Passage): string {
  const found = drawnMark(parts, passage)
  return found?.extents.map(({ from, to }) => found.drawn.map.text.slice(from, to)).join(' ') ?? passage.quote
}

/** Paints the marks of a question into the text, the active one brighter, and says which mark is at a place. */
export function usePainted(
  parts: Parts,
  question: SpansQuestion,
  spans: readonly Span[],
  active: number | null,
  /** Another editor paints while this one does not lead. */
  leads: boolean,
): RefObject<readonly PaintedMark[]> {
  const painted = useRef<readonly PaintedMark[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts that are drawn anew have other ranges.
  useEffect(() => {
    painted.current = []
    if (!leads) return
    const looks: Range[][] = Array.from({ length: LOOKS }, () => [])
    const marks: PaintedMark[] = []
    const byPart = new Map<DrawnPart, Extent[]>()
    for (const [index, span] of spans.entries()) {
      const found = drawnMark(parts, span)
      if (!found) continue
      const { drawn, extents } = found
      const severity = question.severities.findIndex(({ value }) => value === span.severity)
      looks[lookOf(severity, question.severities.length)]?.push(...extents.flatMap(drawn.rangesOf))
      marks.push({ index, drawn, extents })
      byPart.set(drawn, [...(byPart.get(drawn) ?? []), ...extents])
    }
    looks.forEach((ranges, look) => {
      paint(`mark-${look}`, ranges)
    })
    paint(
      'mark-over',
      [...byPart].flatMap(([drawn, extents]) =>
        overlaps(extents).flatMap((extent) => drawn.rangesOf(extent)),
      ),
    )
    painted.current = marks
  }, [parts.version, question, spans, leads])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (!leads) return
    const mark = painted.current.find(({ index }) => index === active)
    paint('mark-flash', mark ? mark.extents.flatMap(mark.drawn.rangesOf) : [])
  }, [parts.version, spans, active, leads])
  useEffect(() => (leads ? unpaint : undefined), [leads])
  return painted
}

/** The smallest mark at a place of the screen; null where there is none. */
export function markAt(painted: readonly PaintedMark[], x: number, y: number): number | null {
  const caret = document.caretPositionFromPoint?.(x, y)
  if (!caret) return null
  const range = document.createRange()
  const { offsetNode, offset } = caret
  const length = offsetNode instanceof Text ? offsetNode.length : offsetNode.childNodes.length
  range.setStart(offsetNode, Math.max(0, Math.min(offset, length - 1)))
  range.setEnd(offsetNode, Math.min(length, Math.max(1, offset + 1)))
  // Beside the text the browser names the nearest letter.
  const isOver = [...range.getClientRects()].some(
    (box) => x >= box.left - 2 && x <= box.right + 2 && y >= box.top - 3 && y <= box.bottom + 3,
  )
  if (!isOver) return null
  const here = painted.find(({ drawn }) => drawn.element.contains(offsetNode))?.drawn
  const extent = here?.extentOf(range)
  if (!extent) return null
  let best: PaintedMark | null = null
  for (const mark of painted) {
    if (mark.drawn !== here || !mark.extents.some((each) => extent.from < each.to && extent.to > each.from))
      continue
    if (!best || lengthOf(mark) < lengthOf(best)) best = mark
  }
  return best?.index ?? null
}

const lengthOf = ({ extents }: PaintedMark) => extents.reduce((sum, { from, to }) => sum + to - from, 0)
