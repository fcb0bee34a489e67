import type { z } from 'zod'
import type { Issue } from '../errors.ts'
import { checkPreference, checkText, isUnanswered } from './checks.ts'
import type { Answer, Form, Question } from './form.ts'
import { preferenceAnswer } from './questions/preference.ts'
import { textAnswer } from './questions/text.ts'

/** Checks the shape of one value, then its meaning; both lists speak in paths below `answer`. */
function checkQuestion(question: Question, value: unknown): Issue[] {
  const path = `answer.${question.id}`
  switch (question.type) {
    case 'preference':
      return shaped(preferenceAnswer, value, path, (answer) => checkPreference(question, answer, path))
    case 'text':
      return shaped(textAnswer, value, path, (answer) => checkText(question, answer, path))
  }
}

function shaped<T>(
  schema: z.ZodType<T>,
  value: unknown,
  path: string,
  check: (value: T) => Issue[],
): Issue[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return check(parsed.data)
  return parsed.error.issues.map((each) => ({
    path: [path, ...each.path.map(String)].join('.'),
    code: each.code,
    message: each.message,
  }))
}

/**
 * Everything that keeps an answer from being a judgment: unknown questions, wrong shapes, required questions left open.
 * The same function decides in the workbench and on the server. An empty list means that the answer is complete.
 */
export function validateAnswer(form: Form, answer: Answer): Issue[] {
  const issues = checkDraft(form, answer)
  for (const question of form.questions) {
    const value = answer[question.id]
    if (!isUnanswered(value)) issues.push(...checkQuestion(question, value))
    else if (question.required) {
      issues.push({
        path: `answer.${question.id}`,
        code: 'required',
        message: `"${question.label}" is not answered yet.`,
      })
    }
  }
  return issues
}

/** What makes even a draft unacceptable: questions that the form does not have. Half-finished values are fine in a draft. */
export function checkDraft(form: Form, answer: Answer): Issue[] {
  const known = new Set(form.questions.map((question) => question.id))
  return Object.keys(answer)
    .filter((key) => !known.has(key))
    .map((key) => ({
      path: `answer.${key}`,
      code: 'unknown_question',
      message: 'The form has no such question.',
    }))
}
