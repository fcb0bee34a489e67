import type { Test } from '../conditions.ts'
import type { Answer, Form, Question } from '../form.ts'
import { eachOf } from './task-parts.ts'
import { isUnanswered } from './unanswered.ts'

/**
 * What conditions compare of an answer: the outcome of a preference, the number of a scale, the values chosen, the text; of spans and boxes
 * their categories, of steps their labels, of sources their verdicts.
 */
export function comparable(question: Question, value: unknown): (string | number)[] {
  if (isUnanswered(value)) return []
  // Values of drafts may be half-finished: whatever is not there compares as nothing.
  const record = value as Record<string, unknown>
  const field = (list: unknown, name: string) =>
    Array.isArray(list)
      ? list.map((each) => (each as Record<string, unknown>)[name]).filter(isComparable)
      : []
  switch (question.type) {
    case 'preference':
      return isComparable(record.outcome) ? [record.outcome] : []
    case 'multichoice':
      return Array.isArray(value) ? value.filter(isComparable) : []
    case 'spans':
      return field(record.spans, 'category')
    case 'boxes':
      return field(record.boxes, 'label')
    case 'steps':
      return field(record.steps, 'label')
    case 'sources':
      return field(record.claims, 'verdict')
    case 'ranking':
      return field(
        Array.isArray(record.ranks)
          ? record.ranks.filter((each) => (each as { rank?: unknown }).rank === 1)
          : [],
        'candidate',
      )
    case 'rewrite':
      return isComparable(record.text) ? [record.text] : []
    case 'turns':
      return []
    default:
      return isComparable(value) ? [value] : []
  }
}

const isComparable = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/**
 * Whether a question is asked, given the answers so far. A question that itself is not asked counts as not answered.
 * @param key the target, for a question that is asked of each candidate or message: conditions on questions asked of the same are then
 * about the same target, on others about any
 */
export function isAsked(form: Form, question: Question, answer: Answer, key?: string): boolean {
  const { showIf } = question
  if (!showIf) return true
  const holds = (test: Test) => {
    const other = form.questions.find(({ id }) => id === test.question)
    if (!other) return false
    const values = valuesFor(form, other, answer, eachOf(other) === eachOf(question) ? key : undefined)
    if (test.op === 'answered') return values.length > 0
    const compared = values.flatMap((value) => comparable(other, value))
    if (test.op === 'is_not') return values.length > 0 && !compared.includes(test.value)
    if (test.op === 'is' || test.op === 'includes') return compared.includes(test.value)
    const { op, value: bound } = test
    if (typeof bound !== 'number') return false
    return compared.some(
      (each) => typeof each === 'number' && (op === 'at_least' ? each >= bound : each <= bound),
    )
  }
  return showIf.match === 'any' ? showIf.tests.some(holds) : showIf.tests.every(holds)
}

function valuesFor(form: Form, question: Question, answer: Answer, key: string | undefined): unknown[] {
  const value = answer[question.id]
  if (eachOf(question) === 'task') {
    return isAsked(form, question, answer) && !isUnanswered(value) ? [value] : []
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([target]) => key === undefined || target === key)
    .filter(([target, each]) => !isUnanswered(each) && isAsked(form, question, answer, target))
    .map(([, each]) => each)
}

/** The answer without values of questions that are not asked: what is submitted. The draft keeps them, should they be asked again. */
export function withoutUnasked(form: Form, answer: Answer): Answer {
  const kept: Answer = {}
  for (const question of form.questions) {
    const value = answer[question.id]
    if (isUnanswered(value)) continue
    if (eachOf(question) === 'task') {
      if (isAsked(form, question, answer)) kept[question.id] = value
    } else if (typeof value === 'object' && value !== null) {
      const asked = Object.entries(value).filter(
        ([key, each]) => !isUnanswered(each) && isAsked(form, question, answer, key),
      )
      if (asked.length > 0) kept[question.id] = Object.fromEntries(asked)
    }
  }
  return kept
}
