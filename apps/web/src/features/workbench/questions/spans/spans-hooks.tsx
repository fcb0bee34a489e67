import { type RefObject, useEffect, useRef } from 'react'
import { paint } from '../../../../ui/marking/paint.ts'
import type { Parts } from '../../../../ui/marking/parts.ts'
import { type LineMarker, lineMarker, type Passage } from '../../../../ui/marking/passage.ts'
import { toUnits } from '../../../../ui/marking/text-map.ts'
import { markAt, type PaintedMark } from './use-painted.ts'

/** Follows which mark of the text the mouse points at. */
export function useHover(
  painted: RefObject<readonly PaintedMark[]>,
  onActive: (index: number | null) => void,
): void {
  const latest = useRef(onActive)
  latest.current = onActive
  useEffect(() => {
    let frame = 0
    let last: number | null = null
    let at: PointerEvent | undefined
    const move = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return
      // Of several moves before a frame the last one says where the mouse has stopped.
      at = event
      if (frame !== 0) return
      frame = requestAnimationFrame(() => {
        frame = 0
        const within = at?.target instanceof Element && at.target.closest('[data-target]') !== null
        const index = at && within ? markAt(painted.current, at.clientX, at.clientY) : null
        if (index !== last) latest.current(index)
        last = index
      })
    }
    document.addEventListener('pointermove', move, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('pointermove', move)
    }
  }, [painted])
}

/** Lets views of lines mark for this question while it is asked. */
export function useLineMarker(leads: boolean, marker: LineMarker): void {
  useEffect(() => {
    if (leads) lineMarker.set(marker)
  })
  useEffect(() => (leads ? () => lineMarker.set(null) : undefined), [leads])
}

/** Paints a passage while it is being decided what it is. */
export function PendingPaint({ parts, passage }: { parts: Parts; passage: Passage | null }): null {
  useEffect(() => {
    if (!passage) return
    const drawn = parts.read(passage.target, passage.part)
    const extents = drawn?.map.toTexts({
      from: toUnits(drawn.source, passage.start),
      to: toUnits(drawn.source, passage.end),
    })
    paint('mark-pending', drawn && extents ? extents.flatMap(drawn.rangesOf) : [])
    return () => paint('mark-pending', [])
  }, [parts, passage])
  return null
}

/** Frames for which a view of code that is still being loaded is waited for. */
const PATIENCE = 120

/**
 * Gives the keyboard to the line cursor of the first view of code that is seen; such a view may still be on its way.
 * @param none there is no such view
 */
export function toLines(none: () => void, left = PATIENCE): void {
  const cursors = [...document.querySelectorAll<HTMLElement>('[data-line-cursor]')]
  const seen = cursors.find((each) => each.checkVisibility())
  if (seen) seen.focus()
  else if (left > 0 && document.querySelector('.code-review, .plain-code'))
    requestAnimationFrame(() => toLines(none, left - 1))
  else none()
}
