import { z } from 'zod'
import { text } from '../../text.ts'
import { questionBase } from './question-base.ts'

/** Free text with an optional minimum of words. */
export const textQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('text'),
  minWords: z.number().int().min(0).max(2_000).default(0),
  maxCharacters: z.number().int().min(1).max(100_000).default(20_000),
})
export type TextQuestion = z.infer<typeof textQuestion>

export const textAnswer = text(100_000)
