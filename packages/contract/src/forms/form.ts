import { z } from 'zod'
import { isCleanText, text } from '../text.ts'
import { preferenceQuestion } from './questions/preference.ts'
import { textQuestion } from './questions/text.ts'

/** What a task shows above and beside the questions. */
export const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('context') }),
  z.strictObject({
    type: z.literal('candidates'),
    layout: z.enum(['side_by_side', 'stacked']).default('side_by_side'),
  }),
  z.strictObject({ type: z.literal('note'), markdown: text(20_000, 1) }),
])
export type Block = z.infer<typeof block>

/** One member per question type; a new type is one file in questions/ and one line here and in `validate-answer.ts`. */
export const question = z.discriminatedUnion('type', [preferenceQuestion, textQuestion])
export type Question = z.infer<typeof question>

/** The content blocks and questions that one task shows. Question ids are unique. */
export const form = z
  .strictObject({ blocks: z.array(block).min(1).max(20), questions: z.array(question).min(1).max(40) })
  .superRefine((value, context) => {
    const seen = new Set<string>()
    value.questions.forEach((each, index) => {
      if (seen.has(each.id)) {
        context.addIssue({
          code: 'custom',
          path: ['questions', index, 'id'],
          message: `The id "${each.id}" is used twice.`,
        })
      }
      seen.add(each.id)
    })
  })
export type Form = z.infer<typeof form>

/** Levels of nesting in an answer; no question has a value of more than a few. */
const DEEPEST = 20

/** An answer: a value by question id. What cannot be stored as text is refused at any depth, in drafts too. */
export const answer = z.record(z.string().max(80), z.unknown()).superRefine((value, context) => {
  for (const { path, message } of faults(value, [])) context.addIssue({ code: 'custom', path, message })
})
export type Answer = Record<string, unknown>

const UNCLEAN = 'Contains a NUL character or half of a surrogate pair; remove it.'

function* faults(value: unknown, path: string[]): Generator<{ path: string[]; message: string }> {
  if (typeof value === 'string') {
    if (!isCleanText(value)) yield { path, message: UNCLEAN }
  } else if (value !== null && typeof value === 'object') {
    if (path.length > DEEPEST) {
      yield { path, message: `Nested more than ${DEEPEST} levels deep.` }
      return
    }
    for (const [key, each] of Object.entries(value)) {
      if (!isCleanText(key)) yield { path, message: UNCLEAN }
      yield* faults(each, [...path, key])
    }
  }
}
