import { z } from 'zod'
import { questionBase } from './question-base.ts'

export const preferenceOutcome = z.enum(['a', 'b', 'tie', 'both_good', 'both_bad'])
export type PreferenceOutcome = z.infer<typeof preferenceOutcome>

/** Which of two candidates is better, on a graded scale. */
export const preferenceQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('preference'),
  /** Which kinds of tie may be answered. */
  ties: z.array(z.enum(['tie', 'both_good', 'both_bad'])).default(['tie', 'both_good', 'both_bad']),
})
export type PreferenceQuestion = z.infer<typeof preferenceQuestion>

/**
 * Strength −3..3, negative for candidate `a`, positive for `b` (the sign of HelpSteer); 0 exactly for the ties.
 * The candidates are those of the task in its own order, never left and right of a screen.
 */
export const preferenceAnswer = z.strictObject({
  outcome: preferenceOutcome,
  strength: z.number().int().min(-3).max(3),
})
export type PreferenceAnswer = z.infer<typeof preferenceAnswer>
