import { z } from 'zod'
import { text } from '../../text.ts'
import { questionBase } from './question-base.ts'

/** A candidate split into steps, each of them judged. */
export const stepsQuestion = z.strictObject({
  ...questionBase,
  each: z.enum(['task', 'candidate']).optional(),
  type: z.literal('steps'),
  /** `first_error`: judged up to the first step that is wrong; what follows it is not judged. */
  mode: z.enum(['all', 'first_error']).default('all'),
  /** How the text is split; a message of several parts is split into these already. */
  split: z.enum(['paragraphs', 'lines']).default('paragraphs'),
  /** Whether "neutral" (right, but of no use) may be answered. */
  neutral: z.boolean().default(true),
  /** Whether a better step may, or has to, be written for a step that is wrong. */
  better: z.enum(['none', 'optional', 'required']).default('optional'),
})
export type StepsQuestion = z.infer<typeof stepsQuestion>

/** `steps` are all steps of the candidate in order (`stepsOf`). Label 1 correct, 0 neutral, −1 incorrect, null not judged. */
export const stepsAnswer = z.strictObject({
  candidate: text(80, 1),
  steps: z
    .array(
      z.strictObject({
        text: text(400_000),
        label: z.union([z.literal(1), z.literal(0), z.literal(-1), z.null()]),
        better: text(20_000).optional(),
        comment: text(5_000).optional(),
      }),
    )
    .min(1)
    .max(1_000),
})
export type StepsAnswer = z.infer<typeof stepsAnswer>
