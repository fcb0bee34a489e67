import { z } from 'zod'
import type { Issue } from '../../errors.ts'
import { text } from '../../text.ts'
import { questionBase } from './question-base.ts'

/** Free text with an optional minimum of words. */
export const textQuestion = z.strictObject({
  ...questionBase,
  type: z.literal('text'),
  minWords: z.number().int().min(0).max(2_000).default(0),
  maxCharacters: z.number().int().min(1).max(100_000).default(20_000),
})
export type TextQuestion = z.infer<typeof textQuestion>

export const textAnswer = text(100_000)

/** Words as people count them: runs of letters and digits in any script; a Han, kana or Thai run counts by its segments. */
export function countWords(value: string): number {
  let words = 0
  for (const segment of wordSegmenter.segment(value)) if (segment.isWordLike) words++
  return words
}
const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Says what is wrong with a text answer; an empty list when nothing is. */
export function checkText(question: TextQuestion, value: string, path: string): Issue[] {
  if (value.length > question.maxCharacters) {
    return [
      {
        path,
        code: 'too_long',
        message: `At most ${question.maxCharacters} characters; this has ${value.length}.`,
      },
    ]
  }
  const words = countWords(value)
  const wanted = question.required ? Math.max(question.minWords, 1) : question.minWords
  if (words < wanted && (question.required || words > 0)) {
    return [{ path, code: 'too_few_words', message: `At least ${wanted} words; this has ${words}.` }]
  }
  return []
}
