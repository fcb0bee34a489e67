import type { RewriteAnswer, RewriteQuestion } from '../questions/rewrite.ts'
import type { TextQuestion } from '../questions/text.ts'
import type { TurnsAnswer, TurnsQuestion } from '../questions/turns.ts'
import { type Check, issue, ofEach } from './issues.ts'
import { candidateText } from './task-parts.ts'
import { countWords } from './words.ts'

export const checkText: Check<TextQuestion, string> = (question, value, path) => {
  const long = tooLong(value, question.maxCharacters, path)
  if (long.length > 0) return long
  const words = countWords(value)
  const wanted = question.required ? Math.max(question.minWords, 1) : question.minWords
  if (words < wanted && (question.required || words > 0)) {
    return [issue(path, 'too_few_words', `At least ${wanted} words; this has ${words}.`)]
  }
  if (question.maxWords !== undefined && words > question.maxWords) {
    return [issue(path, 'too_many_words', `At most ${question.maxWords} words; this has ${words}.`)]
  }
  return []
}

export const checkRewrite: Check<RewriteQuestion, RewriteAnswer> = (question, value, path, task) => {
  const candidate = task?.candidates.find(({ id }) => id === value.candidate)
  if (task && !candidate) {
    return [issue(`${path}.candidate`, 'unknown_candidate', `The task has no response "${value.candidate}".`)]
  }
  if (candidate && candidateText(candidate) !== value.original) {
    return [issue(`${path}.original`, 'original_differs', 'The original is not what this response says.')]
  }
  const long = tooLong(value.text, question.maxCharacters, `${path}.text`)
  if (long.length > 0) return long
  if (value.text.trim() === '') return [issue(`${path}.text`, 'empty', 'The new text is empty.')]
  if (!question.allowUnchanged && value.text === value.original) {
    return [issue(`${path}.text`, 'unchanged', 'Nothing has been changed yet.')]
  }
  // Words of a long text take a while to count, and this runs at every keystroke.
  const words = question.minWords > 0 ? countWords(value.text) : 0
  return words < question.minWords
    ? [issue(`${path}.text`, 'too_few_words', `At least ${question.minWords} words; this has ${words}.`)]
    : []
}

export const checkTurns: Check<TurnsQuestion, TurnsAnswer> = (question, { messages }, path) => {
  const at = `${path}.messages`
  const roles = question.first === 'user' ? ['user', 'assistant'] : ['assistant', 'user']
  const wrong = ofEach(messages, at, ({ role, text }, place) => {
    const expected = roles[Number(place.slice(at.length + 1)) % 2]
    if (role !== expected) return [issue(place, 'wrong_turn', `It is the turn of the ${expected} here.`)]
    if (text.trim() === '') return [issue(place, 'empty', 'This message is empty.')]
    const words = countWords(text)
    return role === 'assistant' && words < question.minWords
      ? [issue(place, 'too_few_words', `At least ${question.minWords} words; this has ${words}.`)]
      : []
  })
  if (messages.length < question.min) {
    wrong.push(issue(at, 'too_few', `At least ${question.min} messages; there are ${messages.length}.`))
  }
  if (messages.length > question.max) {
    wrong.push(issue(at, 'too_many', `At most ${question.max} messages; there are ${messages.length}.`))
  }
  const last = messages.at(-1)?.role
  if (question.last && last && last !== question.last) {
    wrong.push(issue(at, 'wrong_end', `The last message has to be the ${question.last}'s.`))
  }
  return wrong
}

const tooLong = (value: string, most: number, path: string) =>
  value.length > most
    ? [issue(path, 'too_long', `At most ${most} characters; this has ${value.length}.`)]
    : []
