import { z } from 'zod'
import { text } from '../../text.ts'
import { questionBase } from './question-base.ts'

/** A conversation that the trainer writes, or goes on with, playing every part. */
export const turnsQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('turns'),
  /** Who speaks first. `assistant`: the task's conversation ends with the user, and the answer to it is wanted. */
  first: z.enum(['user', 'assistant']).default('user'),
  /** Messages, not pairs of them. */
  min: z.number().int().min(1).max(200).default(2),
  max: z.number().int().min(1).max(200).default(40),
  /** Who has to have the last word; without it either may. */
  last: z.enum(['user', 'assistant']).optional(),
  /** Fewest words of a message of the assistant. */
  minWords: z.number().int().min(0).max(20_000).default(0),
})
export type TurnsQuestion = z.infer<typeof turnsQuestion>

/** User and assistant take turns. */
export const turnsAnswer = z.strictObject({
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), text: text(100_000) }))
    .min(1)
    .max(200),
})
export type TurnsAnswer = z.infer<typeof turnsAnswer>
