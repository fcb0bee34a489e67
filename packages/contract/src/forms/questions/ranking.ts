import { z } from 'zod'
import { text } from '../../text.ts'
import { questionBase } from './question-base.ts'

/** All candidates of a task in order, best first. */
export const rankingQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('ranking'),
  /** Whether candidates may share a rank. */
  ties: z.boolean().default(true),
  /** Whether candidates may be left without a rank; those count as not judged, not as worst. */
  partial: z.boolean().default(false),
})
export type RankingQuestion = z.infer<typeof rankingQuestion>

/** Rank 1 is best; candidates of one rank are tied; ranks have no gaps (1, 2, 2, 3). */
export const rankingAnswer = z.strictObject({
  ranks: z
    .array(z.strictObject({ candidate: text(80, 1), rank: z.number().int().min(1).max(50) }))
    .min(1)
    .max(50),
})
export type RankingAnswer = z.infer<typeof rankingAnswer>
