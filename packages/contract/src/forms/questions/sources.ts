import { z } from 'zod'
import { text } from '../../text.ts'
import { option, questionBase } from './question-base.ts'

/** Claims of the task's text, each with a verdict and the sources that bear it out. */
export const sourcesQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('sources'),
  verdicts: z.array(option).min(2).max(20),
  /** Verdicts that stand only with a source. */
  sourceFor: z.array(text(120, 1)).max(20).default([]),
  minClaims: z.number().int().min(1).max(100).default(1),
  max: z.number().int().min(1).max(200).default(50),
})
export type SourcesQuestion = z.infer<typeof sourcesQuestion>

/** Where a claim stands; as for spans. */
const at = z.strictObject({
  target: text(90, 1),
  part: z.number().int().min(0).max(200),
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  quote: text(100_000, 1),
})

export const claim = z.strictObject({
  claim: text(5_000, 1),
  at: at.optional(),
  verdict: text(120, 1),
  sources: z
    .array(z.strictObject({ url: text(2_000, 1), quote: text(10_000).optional() }))
    .max(20)
    .default([]),
  comment: text(5_000).optional(),
})
export type Claim = z.infer<typeof claim>

/** `none`: the text holds no claim that could be checked; with it `claims` is empty. Addresses are text: they are never fetched. */
export const sourcesAnswer = z.strictObject({
  claims: z.array(claim).max(200),
  none: z.literal(true).optional(),
})
export type SourcesAnswer = z.infer<typeof sourcesAnswer>
