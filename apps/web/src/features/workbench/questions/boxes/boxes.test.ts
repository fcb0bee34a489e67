import { type Box, boxesAnswer, boxesQuestion, type Message } from '@groundwork/contract'
import { checkBoxes } from '@groundwork/contract/checks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOf, labelKey, marksOf, withShape } from './boxes-answer.ts'
import {
  boundsOf,
  contains,
  handlesOf,
  moved,
  onImage,
  pick,
  rectangleBetween,
  reshaped,
  resized,
  type Shape,
  type Size,
} from './geometry.ts'
import { clamped, fitting, seen, showing, toImage, toStage, zoomed } from './stage-view.ts'

const image: Size = { width: 640, height: 480 }
const place = { target: 'context:0', part: 0, label: 'cat' }
const question = boxesQuestion.parse({
  id: 'b',
  type: 'boxes',
  label: 'B',
  labels: [
    { value: 'cat', label: 'Cat' },
    { value: 'dog', label: 'Dog', shortcut: 'd' },
  ],
})
const context: Message[] = [{ role: 'user', parts: [{ type: 'image', assetId: 'i', ...image }] }]

const far = fc.double({ min: -2_000, max: 2_000, noNaN: true })
const point = fc.record({ x: far, y: far })
const rectangle = fc
  .tuple(point, point)
  .map(([one, other]): Shape => ({ shape: 'rectangle', ...rectangleBetween(one, other, image) }))
const polygon = fc.array(point, { minLength: 3, maxLength: 8 }).map(
  (points): Shape => ({
    shape: 'polygon',
    points: points.map((each) => {
      const { x, y } = onImage(each, image)
      return [x, y] as const
    }),
  }),
)
const change = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), x: far, y: far }),
  fc.record({ kind: fc.constant('resize' as const), x: far, y: far }),
  fc.record({ kind: fc.constant('reshape' as const), x: far, y: far, handle: fc.nat(7) }),
)

test('whatever is drawn, moved, resized and pulled stays a shape on the image, in whole pixels, that the contract takes', () => {
  fc.assert(
    fc.property(fc.oneof(rectangle, polygon), fc.array(change, { maxLength: 12 }), (start, changes) => {
      let shape: Shape = start
      for (const each of changes) {
        const handles = handlesOf(shape)
        const handle = handles[each.kind === 'reshape' ? each.handle % handles.length : 0]?.handle ?? 0
        if (each.kind === 'move') shape = moved(shape, Math.round(each.x), Math.round(each.y), image)
        else if (each.kind === 'resize')
          shape = resized(shape, { width: Math.round(each.x), height: Math.round(each.y) }, image)
        else shape = reshaped(shape, handle, each, image)
      }
      const box: Box = withShape({ ...place, shape: 'rectangle', x: 0, y: 0, width: 1, height: 1 }, shape)
      const answer = { boxes: [box] }
      expect(boxesAnswer.safeParse(answer).error).toBeUndefined()
      expect(checkBoxes(question, answer, 'b', { context, candidates: [] })).toEqual([])
      for (const value of Object.values(boundsOf(shape))) expect(Number.isInteger(value)).toBe(true)
    }),
    { seed: 21, numRuns: 500 },
  )
})

test('moving keeps the size, however far it goes', () => {
  fc.assert(
    fc.property(fc.oneof(rectangle, polygon), far, far, (shape, x, y) => {
      const [before, after] = [boundsOf(shape), boundsOf(moved(shape, Math.round(x), Math.round(y), image))]
      expect([after.width, after.height]).toEqual([before.width, before.height])
    }),
    { seed: 22 },
  )
})

test('a point of the stage is the same point of the image, in every view', () => {
  const room = { width: 900, height: 500 }
  fc.assert(
    fc.property(
      point,
      fc.array(fc.double({ min: 0.3, max: 3, noNaN: true })),
      point,
      (at, factors, shift) => {
        let view = fitting(image, room)
        for (const factor of factors) view = zoomed(view, factor, { x: 450, y: 100 }, image, room)
        view = clamped({ ...view, x: view.x + shift.x, y: view.y + shift.y }, image, room)
        const back = toImage(toStage(at, view, image, room), view, image, room)
        expect(back.x).toBeCloseTo(at.x, 6)
        expect(back.y).toBeCloseTo(at.y, 6)
        // Some of the image is always seen, and what should be shown is seen at least in part.
        expect(seen(view, image, room).width).toBeGreaterThan(0)
        const part = { x: 600, y: 440, width: 20, height: 20 }
        const shown = seen(showing(part, view, image, room), image, room)
        expect(shown.x <= 620 && shown.x + shown.width >= 600).toBe(true)
      },
    ),
    { seed: 23 },
  )
})

test('of shapes that overlap each can be picked, the topmost first', () => {
  const box = (x: number): Box => ({ ...place, shape: 'rectangle', x, y: 0, width: 100, height: 100 })
  const boxes = [box(0), box(50), box(400)].map((each, index) => ({ index, box: each }))
  const at = { x: 75, y: 50 }
  expect(pick(boxes, at, null)).toBe(1)
  expect(pick(boxes, at, 1)).toBe(0)
  expect(pick(boxes, at, 0)).toBe(1)
  expect(pick(boxes, { x: 300, y: 300 }, 0)).toBeNull()
})

test('a point is in a polygon with a notch only where there is one', () => {
  const notch: Shape = {
    shape: 'polygon',
    points: [
      [0, 0],
      [100, 0],
      [100, 100],
      [50, 40],
      [0, 100],
    ],
  }
  expect(contains(notch, { x: 10, y: 50 })).toBe(true)
  expect(contains(notch, { x: 50, y: 80 })).toBe(false)
})

test('nothing to mark, and keys of labels', () => {
  expect(answerOf(marksOf(undefined))).toBeUndefined()
  expect(answerOf(marksOf({ boxes: [], none: true }))).toEqual({ boxes: [], none: true })
  expect(answerOf(marksOf({ half: 1 }))).toBeUndefined()
  expect([0, 1].map((index) => labelKey(question.labels, index))).toEqual(['1', 'd'])
})
