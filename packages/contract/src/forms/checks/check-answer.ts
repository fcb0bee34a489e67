import type { Issue } from '../../errors.ts'
import type { Answer, Form, Question } from '../form.ts'
import { checkChoice, checkMultichoice, checkScale } from './choices.ts'
import { checkPreference, checkRanking } from './comparisons.ts'
import { isAsked } from './conditions.ts'
import { type Check, issue } from './issues.ts'
import { checkBoxes, checkSources, checkSpans, checkSteps } from './marks.ts'
import { type AnswerTask, eachOf, targetsOf } from './task-parts.ts'
import { isUnanswered } from './unanswered.ts'
import { checkRewrite, checkText, checkTurns } from './writing.ts'

/** What a value means, by question type; a new type is one line here. */
const checks: { [T in Question['type']]: Check<Extract<Question, { type: T }>, never> } = {
  preference: checkPreference,
  ranking: checkRanking,
  scale: checkScale,
  choice: checkChoice,
  multichoice: checkMultichoice,
  text: checkText,
  rewrite: checkRewrite,
  spans: checkSpans,
  steps: checkSteps,
  boxes: checkBoxes,
  sources: checkSources,
  turns: checkTurns,
}

/** Says what is wrong with the value of one question (of one target, where it is asked of several); its shape has to be right. */
export const checkValue: Check<Question, unknown> = (question, value, path, task) =>
  (checks[question.type] as Check<Question, unknown>)(question, value, path, task)

/** A question with the value that was given, at one of the places where it is asked. */
export type AskedValue = { question: Question; key: string | undefined; path: string; value: unknown }

/**
 * Goes through all that a form asks: each value that is there goes to `check`, and what is required, or is there without being asked, is said.
 * @param task tells the targets of questions that are asked of each candidate or message; without it those that have values
 */
export function issuesOf(
  form: Form,
  answer: Answer,
  task: AnswerTask | undefined,
  check: (asked: AskedValue) => Issue[],
): Issue[] {
  return form.questions.flatMap((question) => {
    const value = answer[question.id]
    const path = `answer.${question.id}`
    if (eachOf(question) === 'task')
      return ask(form, answer, { question, key: undefined, path, value }, check)
    if (!isUnanswered(value) && (typeof value !== 'object' || Array.isArray(value))) {
      const what = eachOf(question) === 'candidate' ? 'id of the response' : 'message'
      return [issue(path, 'wrong_type', `The answer is an object with a value by ${what}.`)]
    }
    const given = (value ?? {}) as Record<string, unknown>
    const targets = task && targetsOf(question, task)
    const asked = (targets ?? Object.keys(given)).flatMap((key) =>
      ask(form, answer, { question, key, path: `${path}.${key}`, value: given[key] }, check),
    )
    const unknown = Object.keys(given)
      .filter((key) => targets && !targets.includes(key))
      .map((key) => issue(`${path}.${key}`, 'unknown_target', 'The task has no such response or message.'))
    return [...asked, ...unknown]
  })
}

function ask(form: Form, answer: Answer, asked: AskedValue, check: (asked: AskedValue) => Issue[]): Issue[] {
  const { question, key, path, value } = asked
  const wanted = isAsked(form, question, answer, key)
  if (isUnanswered(value)) {
    return wanted && question.required
      ? [issue(path, 'required', `"${question.label}" is not answered yet.`)]
      : []
  }
  return wanted
    ? check(asked)
    : [issue(path, 'not_asked', `"${question.label}" is not asked here; leave it out.`)]
}
