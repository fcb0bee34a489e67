import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Drop } from './ranking-state.ts'

/** A pointer that moved less than this has clicked. */
const THRESHOLD = 5

type Dragged = { id: string; to: Drop }

/** Dragging of one response at a time; `root` holds elements marked `data-tier` in the order of the ranks, and one `data-tray`. */
export function useDrag(
  root: RefObject<HTMLElement | null>,
  ties: boolean,
  onDrop: (id: string, to: Drop) => void,
) {
  const start = useRef<{ id: string; x: number; y: number } | null>(null)
  const under = useRef<Dragged | null>(null)
  const [drag, setDrag] = useState<Dragged | null>(null)
  const set = (next: Dragged | null) => {
    under.current = next
    setDrag(next)
  }

  const handlers = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      // A fast pointer leaves the item before its first move.
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = { id, x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const from = start.current
      if (from?.id !== id) return
      if (!under.current && Math.hypot(event.clientX - from.x, event.clientY - from.y) < THRESHOLD) return
      set({ id, to: dropAt(root.current, event.clientY, ties) })
    },
    onPointerUp: () => {
      const dropped = under.current
      start.current = null
      set(null)
      if (dropped) onDrop(dropped.id, dropped.to)
    },
    onPointerCancel: () => {
      start.current = null
      set(null)
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
