import { z } from 'zod'
import { text, uncleanPlaces } from '../text.ts'
import { formFaults } from './form-faults.ts'
import { boxesQuestion } from './questions/boxes.ts'
import { choiceQuestion, multichoiceQuestion } from './questions/choice.ts'
import { preferenceQuestion } from './questions/preference.ts'
import { rankingQuestion } from './questions/ranking.ts'
import { rewriteQuestion } from './questions/rewrite.ts'
import { scaleQuestion } from './questions/scale.ts'
import { sourcesQuestion } from './questions/sources.ts'
import { spansQuestion } from './questions/spans.ts'
import { stepsQuestion } from './questions/steps.ts'
import { textQuestion } from './questions/text.ts'
import { turnsQuestion } from './questions/turns.ts'

/** What a task shows above and beside the questions, in this order. */
export const block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('context'),
    /** Heading in place of "Conversation". */
    title: text(120, 1).optional(),
    /** Beside the response instead of above it, where there is one and room for both: a source and its translation. */
    beside: z.boolean().optional(),
    /** It tells the trainer what to write and is no part of what is written: files for training leave it out. */
    brief: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('candidates'),
    layout: z.enum(['side_by_side', 'stacked', 'one_at_a_time']).default('side_by_side'),
    /** `code` and `diff` show the text as numbered lines of a program, or of a change in unified format. */
    view: z.enum(['markdown', 'code', 'diff']).optional(),
    /** Name in place of "Response". */
    title: text(120, 1).optional(),
  }),
  z.strictObject({ type: z.literal('note'), markdown: text(20_000, 1) }),
])
export type Block = z.infer<typeof block>

/** One member per question type; a new type is a schema in questions/, a check in checks/, and a line here, there and in `validate-answer.ts`. */
export const question = z.discriminatedUnion('type', [
  preferenceQuestion,
  rankingQuestion,
  scaleQuestion,
  choiceQuestion,
  multichoiceQuestion,
  textQuestion,
  rewriteQuestion,
  spansQuestion,
  stepsQuestion,
  boxesQuestion,
  sourcesQuestion,
  turnsQuestion,
])
export type Question = z.infer<typeof question>
export type QuestionType = Question['type']

/** The content blocks and questions that one task shows. A form that cannot work is refused, each fault at its field. */
export const form = z
  .strictObject({ blocks: z.array(block).min(1).max(20), questions: z.array(question).min(1).max(40) })
  .superRefine((value, context) => {
    for (const { path, message } of formFaults(value)) context.addIssue({ code: 'custom', path, message })
  })
export type Form = z.infer<typeof form>

/** An answer: a value by question id. What cannot be stored as text is refused at any depth, in drafts too. */
export const answer = z.record(z.string().max(80), z.unknown()).superRefine((value, context) => {
  for (const { path, message } of uncleanPlaces(value)) context.addIssue({ code: 'custom', path, message })
})
export type Answer = Record<string, unknown>
