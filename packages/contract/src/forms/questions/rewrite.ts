import { z } from 'zod'
import { text } from '../../text.ts'
import { questionBase } from './question-base.ts'

/** A candidate made better; the original is kept beside the new text. Of several candidates the trainer chooses one to start from. */
export const rewriteQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('rewrite'),
  /** Whether a candidate that needs no change may be left as it is. */
  allowUnchanged: z.boolean().default(false),
  minWords: z.number().int().min(0).max(20_000).default(0),
  maxCharacters: z.number().int().min(1).max(100_000).default(100_000),
})
export type RewriteQuestion = z.infer<typeof rewriteQuestion>

/** `original` is the candidate's text as `candidateText` gives it, byte for byte. */
export const rewriteAnswer = z.strictObject({
  candidate: text(80, 1),
  original: text(400_000),
  text: text(100_000),
})
export type RewriteAnswer = z.infer<typeof rewriteAnswer>
