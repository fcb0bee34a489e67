import type { Answer, Form, Question } from '@groundwork/contract'
import { checkValue, countWords, isUnanswered } from '@groundwork/contract/checks'

/** Why a question keeps the answer from being complete. `words` are still wanted, `over` characters are too many. */
export type Missing = { question: Question } & (
  | { kind: 'unanswered' }
  | { kind: 'words'; words: number }
  | { kind: 'characters'; over: number }
  | { kind: 'wrong'; message: string }
)

/**
 * What still misses before an answer can be submitted, in the order of the form. It decides as the contract's `validateAnswer` does
 * (a test holds them together) without loading the schemas: the shapes are those that the questions themselves write.
 */
export function missingOf(form: Form, answer: Answer): Missing[] {
  return form.questions.flatMap((question): Missing[] => {
    const value = answer[question.id]
    if (isUnanswered(value)) return question.required ? [{ question, kind: 'unanswered' }] : []
    const [issue] = checkValue(question, value, question.id)
    if (!issue) return []
    if (question.type === 'text' && issue.code === 'too_few_words') {
      return [{ question, kind: 'words', words: question.minWords - countWords(String(value)) }]
    }
    if (question.type === 'text' && issue.code === 'too_long') {
      return [{ question, kind: 'characters', over: String(value).length - question.maxCharacters }]
    }
    return [{ question, kind: 'wrong', message: issue.message }]
  })
}
