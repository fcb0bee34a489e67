import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Drop } from './ranking-state.ts'

/** A pointer that moved less than this has clicked. */
const THRESHOLD = 5

/** Dragging of one response at a time; `root` holds elements marked `data-tier` in the order of the ranks, and one `data-tray`. */
export function useDrag(
  root: RefObject<HTMLElement | null>,
  ties: boolean,
  onDrop: (id: string, to: Drop) => void,
) {
  const start = useRef<{ id: string; x: number; y: number } | null>(null)
  const [drag, setDrag] = useState<{ id: string; to: Drop } | null>(null)

  const handlers = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      start.current = { id, x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const from = start.current
      if (!from || from.id !== id) return
      if (!drag && Math.hypot(event.clientX - from.x, event.clientY - from.y) < THRESHOLD) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const to = dropAt(root.current, event.clientY, ties)
      if (!drag || drag.to.kind !== to.kind || ('at' in drag.to && 'at' in to && drag.to.at !== to.at)) {
        setDrag({ id, to })
      }
    },
    onPointerUp: () => {
      start.current = null
      if (drag) onDrop(drag.id, drag.to)
      setDrag(null)
    },
    onPointerCancel: () => {
      start.current = null
      setDrag(null)
    },
  })
  return { drag, handlers }
}

/** What is under the pointer: the middle of a rank ties with it, its edges and all else lie between ranks. */
function dropAt(root: HTMLElement | null, y: number, ties: boolean): Drop {
  const tray = root?.querySelector('[data-tray]')?.getBoundingClientRect()
  if (tray && y > tray.top) return { kind: 'tray' }
  const tiers = [...(root?.querySelectorAll('[data-tier]') ?? [])].map((tier) => tier.getBoundingClientRect())
  const at = tiers.findIndex((tier) => y < tier.bottom)
  const tier = tiers[at]
  if (!tier) return { kind: 'between', at: tiers.length }
  const share = (y - tier.top) / tier.height
  if (ties && share > 0.25 && share < 0.75) return { kind: 'into', at }
  return { kind: 'between', at: share < 0.5 ? at : at + 1 }
}
