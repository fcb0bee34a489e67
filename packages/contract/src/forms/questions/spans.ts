import { z } from 'zod'
import { text } from '../../text.ts'
import { option, questionBase } from './question-base.ts'

/** Passages of the task's text, each with a category, a severity and a comment. They may overlap. */
export const spansQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('spans'),
  /** Where passages may be marked. */
  of: z.enum(['candidates', 'context', 'all']).default('candidates'),
  /** `line`: whole lines, as in a review of code. */
  unit: z.enum(['text', 'line']).default('text'),
  categories: z.array(option).min(1).max(200),
  /** From light to grave; none: passages have no severity. `weight` is what one of them costs in a score. */
  severities: z
    .array(
      z.strictObject({
        value: text(120, 1),
        label: text(300, 1),
        hint: text(2_000).optional(),
        weight: z.number().min(0).max(1_000).optional(),
      }),
    )
    .max(10)
    .default([]),
  comment: z.enum(['none', 'optional', 'required']).default('optional'),
  max: z.number().int().min(1).max(500).default(200),
})
export type SpansQuestion = z.infer<typeof spansQuestion>

/**
 * `target` is a message (`a:0`, `context:2`) and `part` the index of its part; `start` and `end` (exclusive) count code points of that part's
 * source text, and `quote` is the text between them.
 */
export const span = z.strictObject({
  target: text(90, 1),
  part: z.number().int().min(0).max(200),
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  quote: text(100_000, 1),
  category: text(120, 1),
  severity: text(120, 1).optional(),
  comment: text(5_000).optional(),
})
export type Span = z.infer<typeof span>

/** `none`: everything was read and there is nothing to mark; with it `spans` is empty. */
export const spansAnswer = z.strictObject({ spans: z.array(span).max(500), none: z.literal(true).optional() })
export type SpansAnswer = z.infer<typeof spansAnswer>
