import { type View, zoomAt } from '../../../../ui/task/image/zoom.ts'
import { type Bounds, type Point, type Size, within } from './geometry.ts'

export type { View }

/** A small image is enlarged to be marked, and any image up to this many pixels of the screen for one of its own. */
const MOST = 32
const FIT_MOST = 8

/** The view in which the whole image is seen, with a margin in which a shape at the edge can still be taken hold of. */
export function fitting(image: Size, room: Size): View {
  const scale =
    image.width === 0 || room.width === 0
      ? 1
      : Math.min(FIT_MOST, (room.width - 24) / image.width, (room.height - 24) / image.height)
  return { scale: Math.max(scale, 0.01), x: 0, y: 0 }
}

/** No smaller than the whole, and the image never quite out of the stage. */
export function clamped(view: View, image: Size, room: Size): View {
  const scale = within(view.scale, fitting(image, room).scale, MOST)
  const slack = (size: number, space: number) => Math.max(0, (size * scale - space) / 2 + space / 4)
  const [x, y] = [slack(image.width, room.width), slack(image.height, room.height)]
  return { scale, x: within(view.x, -x, x), y: within(view.y, -y, y) }
}

/** Zoomed by a factor about a point of the stage, in pixels from its corner. */
export const zoomed = (view: View, factor: number, at: Point, image: Size, room: Size): View => {
  const scale = within(view.scale * factor, fitting(image, room).scale, MOST)
  return clamped(zoomAt(view, scale, at, room), image, room)
}

/** Where the image's upper left corner is on the stage. */
export const origin = (view: View, image: Size, room: Size): Point => ({
  x: room.width / 2 + view.x - (image.width * view.scale) / 2,
  y: room.height / 2 + view.y - (image.height * view.scale) / 2,
})

/** A point of the stage in pixels of the image. */
export function toImage(at: Point, view: View, image: Size, room: Size): Point {
  const from = origin(view, image, room)
  return { x: (at.x - from.x) / view.scale, y: (at.y - from.y) / view.scale }
}

/** A point of the image in pixels of the stage. */
export function toStage(at: Point, view: View, image: Size, room: Size): Point {
  const from = origin(view, image, room)
  return { x: from.x + at.x * view.scale, y: from.y + at.y * view.scale }
}

/** The part of the image that is seen. */
export function seen(view: View, image: Size, room: Size): Bounds {
  const from = toImage({ x: 0, y: 0 }, view, image, room)
  const to = toImage({ x: room.width, y: room.height }, view, image, room)
  const [x, y] = [within(from.x, 0, image.width), within(from.y, 0, image.height)]
  return { x, y, width: within(to.x, 0, image.width) - x, height: within(to.y, 0, image.height) - y }
}

/** The view moved just so far that this part of the image is seen, if it is not. */
export function showing(part: Bounds, view: View, image: Size, room: Size): View {
  const a = toStage(part, view, image, room)
  const b = toStage({ x: part.x + part.width, y: part.y + part.height }, view, image, room)
  const shift = (from: number, to: number, space: number) =>
    from < 0 ? Math.min(-from + 16, space / 2) : to > space ? Math.max(space - to - 16, -from) : 0
  const [dx, dy] = [shift(a.x, b.x, room.width), shift(a.y, b.y, room.height)]
  return dx === 0 && dy === 0 ? view : clamped({ ...view, x: view.x + dx, y: view.y + dy }, image, room)
}
