import { z } from 'zod'
import { text } from '../../text.ts'
import { askedOf, option, questionBase } from './question-base.ts'

const options = z.array(option).min(2).max(500)

/** One of several options. */
export const choiceQuestion = z.strictObject({
  ...questionBase,
  ...askedOf,
  type: z.literal('choice'),
  options,
})
export type ChoiceQuestion = z.infer<typeof choiceQuestion>
export const choiceAnswer = text(120, 1)

/** Any number of options, flat or in a hierarchy. */
export const multichoiceQuestion = z.strictObject({
  ...questionBase,
  ...askedOf,
  type: z.literal('multichoice'),
  options,
  min: z.number().int().min(0).max(500).default(0),
  max: z.number().int().min(1).max(500).optional(),
})
export type MultichoiceQuestion = z.infer<typeof multichoiceQuestion>

/** Values of the options chosen, each once. An empty list says "none of them"; not answered is absent. */
export const multichoiceAnswer = z.array(text(120, 1)).max(500)
