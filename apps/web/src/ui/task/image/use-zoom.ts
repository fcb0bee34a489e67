import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { clampView, fitScale, type Size, type View, zoomAt } from './zoom.ts'

const STEP = 1.25
/** Pixels of the window that an arrow key moves. */
const MOVE = 60

/** How an image stands in its stage, and what keys, wheel and pointer do to it. */
export function useZoom(stage: RefObject<HTMLElement | null>) {
  const [image, setImage] = useState<Size>({ width: 0, height: 0 })
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0 })
  const drag = useRef<{ x: number; y: number } | null>(null)

  const room = (): Size => ({
    width: stage.current?.clientWidth ?? 0,
    height: stage.current?.clientHeight ?? 0,
  })
  const middle = () => ({ x: room().width / 2, y: room().height / 2 })
  const show = (next: View) => setView(clampView(next, image, room()))
  const zoomTo = (scale: number, at = middle()) => show(zoomAt(view, scale, at, room()))
  const fit = () => show({ scale: fitScale(image, room()), x: 0, y: 0 })
  const isFit = () => Math.abs(view.scale - fitScale(image, room())) < 0.001

  // React listens to the wheel passively, and then the page would move along.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const box = stage.current?.getBoundingClientRect()
    const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
    zoomTo(view.scale * Math.exp(-event.deltaY / 500), at)
  })
  useEffect(() => {
    const element = stage.current
    const listener = (event: WheelEvent) => onWheel(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [stage])

  const keys: Record<string, () => void> = {
    '+': () => zoomTo(view.scale * STEP),
    '=': () => zoomTo(view.scale * STEP),
    '-': () => zoomTo(view.scale / STEP),
    '0': fit,
    '1': () => zoomTo(1),
    ArrowLeft: () => show({ ...view, x: view.x + MOVE }),
    ArrowRight: () => show({ ...view, x: view.x - MOVE }),
    ArrowUp: () => show({ ...view, y: view.y + MOVE }),
    ArrowDown: () => show({ ...view, y: view.y - MOVE }),
  }

  return {
    scale: view.scale,
    transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
    loaded: (width: number, height: number) => {
      const size = { width, height }
      setImage(size)
      setView({ scale: fitScale(size, room()), x: 0, y: 0 })
    },
    in: () => zoomTo(view.scale * STEP),
    out: () => zoomTo(view.scale / STEP),
    fit,
    actual: () => zoomTo(1),
    toggle: () => (isFit() ? zoomTo(Math.max(1, view.scale * 2)) : fit()),
    onKeyDown: (event: KeyboardEvent) => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
      if (!act) return
      event.preventDefault()
      act()
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent) => {
      const from = drag.current
      if (!from) return
      drag.current = { x: event.clientX, y: event.clientY }
      show({ ...view, x: view.x + event.clientX - from.x, y: view.y + event.clientY - from.y })
    },
    onPointerUp: () => {
      drag.current = null
    },
  }
}
