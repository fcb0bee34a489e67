import { z } from 'zod'
import { text } from '../../text.ts'
import { option, questionBase } from './question-base.ts'

/** Rectangles and polygons on the images of a task. */
export const boxesQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('boxes'),
  labels: z.array(option).min(1).max(200),
  shapes: z
    .array(z.enum(['rectangle', 'polygon']))
    .min(1)
    .max(2)
    .default(['rectangle', 'polygon']),
  max: z.number().int().min(1).max(1_000).default(200),
})
export type BoxesQuestion = z.infer<typeof boxesQuestion>

const place = { target: text(90, 1), part: z.number().int().min(0).max(200), label: text(120, 1) }
const pixel = z.number().min(0).max(100_000)

/** Pixels of the image as stored, from its upper left corner. `target` and `part` say which image, as for spans. */
export const box = z.discriminatedUnion('shape', [
  z.strictObject({
    ...place,
    shape: z.literal('rectangle'),
    x: pixel,
    y: pixel,
    width: z.number().positive().max(100_000),
    height: z.number().positive().max(100_000),
  }),
  z.strictObject({
    ...place,
    shape: z.literal('polygon'),
    points: z
      .array(z.tuple([pixel, pixel]))
      .min(3)
      .max(2_000),
  }),
])
export type Box = z.infer<typeof box>

/** `none`: there is nothing to mark on any image; with it `boxes` is empty. */
export const boxesAnswer = z.strictObject({
  boxes: z.array(box).max(1_000),
  none: z.literal(true).optional(),
})
export type BoxesAnswer = z.infer<typeof boxesAnswer>
