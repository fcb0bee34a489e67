import type { Issue } from '../errors.ts'
import type { PreferenceAnswer, PreferenceQuestion } from './questions/preference.ts'
import type { TextQuestion } from './questions/text.ts'

// What an answer means, apart from its shape. Nothing here needs Zod at run time: the workbench imports this file alone
// (`@groundwork/contract/checks`) and so does not load the schemas.

/** Whether a question counts as unanswered: absent, null, or a text of nothing but white space. */
export function isUnanswered(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

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
