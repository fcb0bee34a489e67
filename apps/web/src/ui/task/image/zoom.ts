export type Size = { width: number; height: number }
/** Scale of an image, and how far its middle is from the middle of its stage. */
export type View = { scale: number; x: number; y: number }

const MOST = 8

/** The scale at which the whole image is seen; never larger than it is. */
export function fitScale(image: Size, room: Size): number {
  if (image.width === 0 || image.height === 0 || room.width === 0 || room.height === 0) return 1
  return Math.min(1, room.width / image.width, room.height / image.height)
}

/** Another scale, at which the point under `at` (pixels from the stage's corner) stays where it is. */
export function zoomAt(view: View, scale: number, at: { x: number; y: number }, room: Size): View {
  const fromMiddle = { x: at.x - room.width / 2, y: at.y - room.height / 2 }
  const factor = scale / view.scale
  return {
    scale,
    x: fromMiddle.x - (fromMiddle.x - view.x) * factor,
    y: fromMiddle.y - (fromMiddle.y - view.y) * factor,
  }
}

/** No smaller than the whole, no larger than eight times, and never out of the stage. */
export function clampView(view: View, image: Size, room: Size): View {
  const least = fitScale(image, room)
  const scale = Math.min(Math.max(view.scale, least), MOST)
  const slack = (size: number, space: number) => Math.max(0, (size * scale - space) / 2)
  const within = (value: number, most: number) => Math.min(most, Math.max(-most, value)) || 0
  return {
    scale,
    x: within(view.x, slack(image.width, room.width)),
    y: within(view.y, slack(image.height, room.height)),
  }
}
