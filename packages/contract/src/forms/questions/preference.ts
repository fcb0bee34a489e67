import { z } from 'zod'
import { text } from '../../text.ts'
import { questionBase, questionId } from './question-base.ts'

export const preferenceOutcome = z.enum(['a', 'b', 'tie', 'both_good', 'both_bad'])
export type PreferenceOutcome = z.infer<typeof preferenceOutcome>

/** Which of two candidates is better, on a graded scale; overall, and on as many further axes as wanted. */
export const preferenceQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('preference'),
  /** Which kinds of tie may be answered. */
  ties: z.array(z.enum(['tie', 'both_good', 'both_bad'])).default(['tie', 'both_good', 'both_bad']),
  /** Judged beside the overall preference, such as accuracy, helpfulness, safety. */
  axes: z
    .array(z.strictObject({ id: questionId, label: text(120, 1), hint: text(2_000).optional() }))
    .max(12)
    .optional(),
})
export type PreferenceQuestion = z.infer<typeof preferenceQuestion>

const graded = { outcome: preferenceOutcome, strength: z.number().int().min(-3).max(3) }

/**
 * Strength −3..3, negative for candidate `a`, positive for `b` (the sign of HelpSteer); 0 exactly for the ties.
 * The candidates are those of the task in its own order, never left and right of a screen. `axes` by axis id, when the form has axes.
 */
export const preferenceAnswer = z.strictObject({
  ...graded,
  axes: z.record(z.string(), z.strictObject(graded)).optional(),
})
export type PreferenceAnswer = z.infer<typeof preferenceAnswer>
