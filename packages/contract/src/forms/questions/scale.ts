import { z } from 'zod'
import { text } from '../../text.ts'
import { askedOf, questionBase } from './question-base.ts'

/** A number on a scale of labelled points; higher is more of what is asked. */
export const scaleQuestion = z.strictObject({
  ...questionBase,
  ...askedOf,
  type: z.literal('scale'),
  /** In ascending order of value. */
  points: z
    .array(
      z.strictObject({
        value: z.number().int().min(-1_000).max(1_000),
        label: text(120).optional(),
        hint: text(2_000).optional(),
      }),
    )
    .min(2)
    .max(21),
  /** Whether "does not apply" may be answered. */
  notApplicable: z.boolean().default(false),
})
export type ScaleQuestion = z.infer<typeof scaleQuestion>

/** The value of a point, or `na` for "does not apply". */
export const scaleAnswer = z.union([z.number().int(), z.literal('na')])
export type ScaleAnswer = z.infer<typeof scaleAnswer>
