import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Bounds, Point, Size } from './geometry.ts'
import { clamped, fitting, seen, showing, type View, zoomed } from './stage-view.ts'

const STEP = 1.25

export type StageView = {
  view: View
  room: Size
  image: Size
  /** @param at a point of the stage that stays where it is; without it the middle */
  zoomBy: (factor: number, at?: Point) => void
  zoomIn: () => void
  zoomOut: () => void
  fit: () => void
  panBy: (dx: number, dy: number) => void
  /** Moves the view just so far that this part of the image is seen. */
  show: (part: Bounds) => void
  /** The part of the image that is seen. */
  seen: () => Bounds
}

/** How an image stands on the stage: whole until it is zoomed, and again whole for another image (`key`). */
export function useStageView(stage: RefObject<HTMLElement | null>, image: Size, key: string): StageView {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  const [chosen, setChosen] = useState<{ key: string; view: View } | null>(null)
  const view = chosen?.key === key ? clamped(chosen.view, image, room) : fitting(image, room)
  // A finger moves more often than the page is drawn: each move goes on from the one before.
  const latest = useRef(view)
  latest.current = view
  const put = (next: View) => {
    latest.current = next
    setChosen({ key, view: next })
  }
  const middle = { x: room.width / 2, y: room.height / 2 }
  const zoomBy = (factor: number, at: Point = middle) => put(zoomed(latest.current, factor, at, image, room))

  useEffect(() => {
    const element = stage.current
    if (!element) return
    const look = () => setRoom({ width: element.clientWidth, height: element.clientHeight })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [stage])

  // React listens to the wheel passively, and then the page would zoom along.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    const box = stage.current?.getBoundingClientRect()
    const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
    zoomBy(Math.exp(-event.deltaY / 400), at)
  })
  useEffect(() => {
    const element = stage.current
    const listener = (event: WheelEvent) => onWheel(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [stage])

  return {
    view,
    room,
    image,
    zoomBy,
    zoomIn: () => zoomBy(STEP),
    zoomOut: () => zoomBy(1 / STEP),
    fit: () => setChosen(null),
    panBy: (dx, dy) => {
      const { scale, x, y } = latest.current
      put(clamped({ scale, x: x + dx, y: y + dy }, image, room))
    },
    show: (part) => {
      const next = showing(part, latest.current, image, room)
      if (next !== latest.current) put(next)
    },
    seen: () => seen(view, image, room),
  }
}
