import type { Box } from '@groundwork/contract'
import { type PointerEvent, useRef, useState } from 'react'
import {
  contains,
  type Handle,
  handlesOf,
  moved,
  onImage,
  type Point,
  pick,
  rectangleBetween,
  reshaped,
  type Shape,
} from './geometry.ts'
import { toImage, toStage } from './stage-view.ts'
import type { StageView } from './use-stage-view.ts'

export type Tool = 'hand' | 'rectangle' | 'polygon'
/** A polygon that is being drawn, point by point; `cursor` is where the next one goes by keyboard. */
export type Drawing = { points: Point[]; cursor: Point | null }

type Drag =
  | { kind: 'pan'; last: Point; from: Point; far: boolean }
  | { kind: 'draw'; from: Point; start: Point; far: boolean }
  | {
      kind: 'move' | 'handle'
      index: number
      handle: Handle
      shape: Shape
      from: Point
      start: Point
      far: boolean
    }
  | { kind: 'pinch'; apart: number; middle: Point }

/** Pixels of the screen: nearer than this is on the handle, and less than this is a click and no drag. */
const NEAR = { mouse: 9, pen: 12, touch: 22 }
const CLICK = 4

export type StageActs = {
  tool: Tool
  boxes: readonly { index: number; box: Box }[]
  selected: number | null
  drawing: Drawing | null
  onSelect: (index: number | null) => void
  onAdd: (shape: Shape) => void
  onShape: (index: number, shape: Shape) => void
  onDrawing: (drawing: Drawing | null) => void
  onClose: () => void
}

/** What mouse, pen and fingers do on the stage. `live` is the shape as it is being drawn or pulled; it counts when it is let go. */
export function useStagePointer(stage: StageView, acts: StageActs) {
  const { view, room, image } = stage
  const [live, setLive] = useState<{ index: number | null; shape: Shape } | null>(null)
  const drag = useRef<Drag | null>(null)
  const fingers = useRef(new Map<number, Point>())
  const spaceHeld = useRef(false)

  const place = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const imagePoint = (at: Point) => toImage(at, view, image, room)
  const near = (one: Point, at: Point, event: PointerEvent) =>
    Math.hypot(one.x - at.x, one.y - at.y) <= NEAR[event.pointerType as keyof typeof NEAR]
  const selectedBox = acts.boxes.find(({ index }) => index === acts.selected)

  const begin = (event: PointerEvent, at: Point): Drag => {
    const pan: Drag = { kind: 'pan', last: at, from: at, far: false }
    if (event.button === 1 || spaceHeld.current || acts.drawing) return pan
    const start = imagePoint(at)
    if (selectedBox) {
      const common = { index: selectedBox.index, shape: selectedBox.box, from: at, start, far: false }
      const handle = handlesOf(selectedBox.box).find((each) =>
        near(toStage(each, view, image, room), at, event),
      )
      if (handle) return { kind: 'handle', handle: handle.handle, ...common }
      if (acts.tool !== 'polygon' && contains(selectedBox.box, start))
        return { kind: 'move', handle: 0, ...common }
    }
    return acts.tool === 'rectangle' ? { kind: 'draw', from: at, start, far: false } : pan
  }
  const shapeOf = (dragged: Drag, at: Point): { index: number | null; shape: Shape } | null => {
    const to = imagePoint(at)
    if (dragged.kind === 'draw')
      return { index: null, shape: { shape: 'rectangle', ...rectangleBetween(dragged.start, to, image) } }
    if (dragged.kind === 'handle')
      return { index: dragged.index, shape: reshaped(dragged.shape, dragged.handle, to, image) }
    if (dragged.kind !== 'move') return null
    const by = { x: Math.round(to.x - dragged.start.x), y: Math.round(to.y - dragged.start.y) }
    return { index: dragged.index, shape: moved(dragged.shape, by.x, by.y, image) }
  }
  const click = (event: PointerEvent, at: Point) => {
    const point = imagePoint(at)
    if (acts.tool !== 'polygon') return acts.onSelect(pick(acts.boxes, point, acts.selected))
    const points = acts.drawing?.points ?? []
    const [first] = points
    if (first && points.length > 2 && near(toStage(first, view, image, room), at, event))
      return acts.onClose()
    acts.onDrawing({ points: [...points, onImage(point, image)], cursor: null })
  }
  return {
    live,
    holdSpace: (held: boolean) => {
      spaceHeld.current = held
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button > 1) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const at = place(event)
      fingers.current.set(event.pointerId, at)
      const [one, other] = [...fingers.current.values()]
      if (one && other) {
        setLive(null)
        drag.current = { kind: 'pinch', apart: distance(one, other), middle: middleOf(one, other) }
      } else drag.current = begin(event, at)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const dragged = drag.current
      if (!dragged || !fingers.current.has(event.pointerId)) return
      const at = place(event)
      fingers.current.set(event.pointerId, at)
      if (dragged.kind === 'pinch') {
        const [one, other] = [...fingers.current.values()]
        if (!one || !other) return
        const apart = distance(one, other)
        stage.zoomBy(apart / Math.max(1, dragged.apart), middleOf(one, other))
        drag.current = { kind: 'pinch', apart, middle: middleOf(one, other) }
        return
      }
      dragged.far ||= Math.hypot(at.x - dragged.from.x, at.y - dragged.from.y) > CLICK
      if (!dragged.far) return
      if (dragged.kind === 'pan') {
        stage.panBy(at.x - dragged.last.x, at.y - dragged.last.y)
        dragged.last = at
      } else setLive(shapeOf(dragged, at))
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const dragged = drag.current
      fingers.current.delete(event.pointerId)
      if (fingers.current.size > 0) return
      drag.current = null
      setLive(null)
      if (!dragged || dragged.kind === 'pinch') return
      const at = place(event)
      if (!dragged.far) return click(event, at)
      const made = shapeOf(dragged, at)
      if (!made) return
      if (made.index === null) acts.onAdd(made.shape)
      else acts.onShape(made.index, made.shape)
    },
    onPointerCancel: (event: PointerEvent<HTMLElement>) => {
      fingers.current.delete(event.pointerId)
      drag.current = null
      setLive(null)
    },
  }
}

const distance = (one: Point, other: Point) => Math.hypot(one.x - other.x, one.y - other.y)
const middleOf = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 })
