import { z } from 'zod'
import { text } from '../../text.ts'
import { askedOf, questionBase } from './question-base.ts'

/** Text that the trainer writes. */
export const textQuestion = z.strictObject({
  ...questionBase,
  ...askedOf,
  type: z.literal('text'),
  minWords: z.number().int().min(0).max(20_000).default(0),
  maxWords: z.number().int().min(1).max(20_000).optional(),
  maxCharacters: z.number().int().min(1).max(100_000).default(20_000),
  /** `markdown` is shown with a preview, `plain` as a reason or a label. */
  format: z.enum(['plain', 'markdown']).optional(),
})
export type TextQuestion = z.infer<typeof textQuestion>

export const textAnswer = text(100_000)
