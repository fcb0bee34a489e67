import type { Box } from '@groundwork/contract'

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
export type Bounds = Point & Size
/** A shape without what it stands for. */
export type Shape =
  | ({ shape: 'rectangle' } & Bounds)
  | { shape: 'polygon'; points: readonly (readonly [number, number])[] }

/** Corners and sides of a rectangle by the compass; a point of a polygon by its index. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | number

export const within = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most))

/** The nearest whole pixel on the image; its right and lower edges are on it. */
export const onImage = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: within(Math.round(x), 0, width),
  y: within(Math.round(y), 0, height),
})

export function boundsOf(shape: Shape): Bounds {
  if (shape.shape === 'rectangle') {
    const { x, y, width, height } = shape
    return { x, y, width, height }
  }
  const [xs, ys] = [shape.points.map(([x]) => x), shape.points.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** The rectangle between two points, on the image and at least a pixel wide and high. */
export function rectangleBetween(one: Point, other: Point, image: Size): Bounds {
  const [a, b] = [onImage(one, image), onImage(other, image)]
  const width = Math.max(1, Math.abs(a.x - b.x))
  const height = Math.max(1, Math.abs(a.y - b.y))
  return {
    x: Math.min(Math.min(a.x, b.x), image.width - width),
    y: Math.min(Math.min(a.y, b.y), image.height - height),
    width,
    height,
  }
}

/** Moved as far as the image allows; size and form stay. */
export function moved<S extends Shape>(shape: S, dx: number, dy: number, image: Size): S {
  const bounds = boundsOf(shape)
  const x = within(dx, -bounds.x, image.width - bounds.x - bounds.width)
  const y = within(dy, -bounds.y, image.height - bounds.y - bounds.height)
  return shape.shape === 'rectangle'
    ? { ...shape, x: shape.x + x, y: shape.y + y }
    : { ...shape, points: shape.points.map(([px, py]) => [px + x, py + y]) }
}

/** Another width and height, from the upper left corner; a polygon keeps its form. */
export function resized<S extends Shape>(shape: S, wanted: Size, image: Size): S {
  const bounds = boundsOf(shape)
  const width = within(wanted.width, 1, image.width - bounds.x)
  const height = within(wanted.height, 1, image.height - bounds.y)
  if (shape.shape === 'rectangle') return { ...shape, width, height }
  const scale = (value: number, from: number, old: number, now: number) =>
    old === 0 ? value : from + ((value - from) / old) * now
  return {
    ...shape,
    points: shape.points.map(([px, py]) => [
      within(Math.round(scale(px, bounds.x, bounds.width, width)), 0, image.width),
      within(Math.round(scale(py, bounds.y, bounds.height, height)), 0, image.height),
    ]),
  }
}

/** One handle put to a point; a side that is pulled over the other one turns the rectangle over. */
export function reshaped<S extends Shape>(shape: S, handle: Handle, to: Point, image: Size): S {
  const { x, y } = onImage(to, image)
  if (shape.shape === 'polygon') {
    return { ...shape, points: shape.points.map((point, index) => (index === handle ? [x, y] : point)) }
  }
  const side = String(handle)
  const west = side.includes('w') ? x : shape.x
  const east = side.includes('e') ? x : shape.x + shape.width
  const north = side.startsWith('n') ? y : shape.y
  const south = side.startsWith('s') ? y : shape.y + shape.height
  return { ...shape, ...rectangleBetween({ x: west, y: north }, { x: east, y: south }, image) }
}

/** Where the handles of a shape are. */
export function handlesOf(shape: Shape): { handle: Handle; x: number; y: number }[] {
  if (shape.shape === 'polygon') return shape.points.map(([x, y], handle) => ({ handle, x, y }))
  const { x, y, width, height } = shape
  const [midX, midY, right, bottom] = [x + width / 2, y + height / 2, x + width, y + height]
  return [
    { handle: 'nw', x, y },
    { handle: 'n', x: midX, y },
    { handle: 'ne', x: right, y },
    { handle: 'e', x: right, y: midY },
    { handle: 'se', x: right, y: bottom },
    { handle: 's', x: midX, y: bottom },
    { handle: 'sw', x, y: bottom },
    { handle: 'w', x, y: midY },
  ]
}

/** Whether a point is inside; of a polygon by the even-odd rule. */
export function contains(shape: Shape, { x, y }: Point): boolean {
  if (shape.shape === 'rectangle') {
    return x >= shape.x && y >= shape.y && x <= shape.x + shape.width && y <= shape.y + shape.height
  }
  let inside = false
  const { points } = shape
  points.forEach(([x1, y1], index) => {
    const [x2, y2] = points[(index + points.length - 1) % points.length] ?? [x1, y1]
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  })
  return inside
}

/** What is under a point: after the selected one comes the next below it, so that each of several can be reached. */
export function pick(boxes: readonly { index: number; box: Box }[], at: Point, selected: number | null) {
  const hits = boxes.filter(({ box }) => contains(box, at)).map(({ index }) => index)
  if (hits.length === 0) return null
  const place = selected === null ? -1 : hits.indexOf(selected)
  return (place >= 0 ? hits[(place + hits.length - 1) % hits.length] : hits.at(-1)) ?? null
}
