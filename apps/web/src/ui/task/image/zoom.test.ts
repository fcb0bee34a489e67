import { expect, test } from 'vitest'
import { clampView, fitScale, zoomAt } from './zoom.ts'

const image = { width: 2_000, height: 1_000 }
const room = { width: 1_000, height: 800 }

test('the whole image fits, and a small one is not blown up', () => {
  expect(fitScale(image, room)).toBe(0.5)
  expect(fitScale({ width: 100, height: 50 }, room)).toBe(1)
  expect(fitScale({ width: 0, height: 0 }, room)).toBe(1)
})

test('the point under the pointer stays where it is', () => {
  const before = { scale: 0.5, x: 10, y: -20 }
  const at = { x: 700, y: 100 }
  const after = zoomAt(before, 2, at, room)
  const pointOf = (view: typeof before) => [
    (at.x - room.width / 2 - view.x) / view.scale,
    (at.y - room.height / 2 - view.y) / view.scale,
  ]
  expect(pointOf(after)).toEqual(pointOf(before))
})

test('an image is never moved out of sight nor zoomed without end', () => {
  expect(clampView({ scale: 1, x: 9_999, y: -9_999 }, image, room)).toEqual({ scale: 1, x: 500, y: -100 })
  expect(clampView({ scale: 0.01, x: 5, y: 5 }, image, room)).toEqual({ scale: 0.5, x: 0, y: 0 })
  expect(clampView({ scale: 99, x: 0, y: 0 }, image, room).scale).toBe(8)
})
