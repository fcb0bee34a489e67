import { z } from 'zod'
import type { Issue } from '../../errors.ts'
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

/** Says what is wrong between outcome and strength; an empty list when they agree. */
export function checkPreference(
  question: PreferenceQuestion,
  value: PreferenceAnswer,
  path: string,
): Issue[] {
  const { outcome, strength } = value
  const sign = outcome === 'a' ? -1 : outcome === 'b' ? 1 : 0
  if (Math.sign(strength) !== sign) {
    const wanted = sign === 0 ? '0' : sign < 0 ? '-3 to -1' : '1 to 3'
    return [
      {
        path: `${path}.strength`,
        code: 'strength_mismatch',
        message: `Outcome "${outcome}" needs a strength of ${wanted}.`,
      },
    ]
  }
  if (sign === 0 && !question.ties.some((tie) => tie === outcome)) {
    return [
      {
        path: `${path}.outcome`,
        code: 'outcome_not_offered',
        message: `This form does not offer "${outcome}".`,
      },
    ]
  }
  return []
}
