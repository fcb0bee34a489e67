import type { z } from 'zod'
import type { Issue } from '../errors.ts'
import { checkValue, issuesOf } from './checks/check-answer.ts'
import { type AnswerTask, eachOf } from './checks/task-parts.ts'
import type { Answer, Form, QuestionType } from './form.ts'
import { boxesAnswer } from './questions/boxes.ts'
import { choiceAnswer, multichoiceAnswer } from './questions/choice.ts'
import { preferenceAnswer } from './questions/preference.ts'
import { rankingAnswer } from './questions/ranking.ts'
import { rewriteAnswer } from './questions/rewrite.ts'
import { scaleAnswer } from './questions/scale.ts'
import { sourcesAnswer } from './questions/sources.ts'
import { spansAnswer } from './questions/spans.ts'
import { stepsAnswer } from './questions/steps.ts'
import { textAnswer } from './questions/text.ts'
import { turnsAnswer } from './questions/turns.ts'

/** The shape of a value, by question type. */
export const answerShapes: Record<QuestionType, z.ZodType> = {
  preference: preferenceAnswer,
  ranking: rankingAnswer,
  scale: scaleAnswer,
  choice: choiceAnswer,
  multichoice: multichoiceAnswer,
  text: textAnswer,
  rewrite: rewriteAnswer,
  spans: spansAnswer,
  steps: stepsAnswer,
  boxes: boxesAnswer,
  sources: sourcesAnswer,
  turns: turnsAnswer,
}

/**
 * Everything that keeps an answer from being a judgment: unknown questions, wrong shapes, required questions left open, answers to what is
 * not asked. The checks are those of the workbench. An empty list means that the answer is complete.
 * @param task what was judged; needed for the forms that `needsTask` names, and always right to give
 */
export function validateAnswer(form: Form, answer: Answer, task?: AnswerTask): Issue[] {
  return [
    ...checkDraft(form, answer),
    ...issuesOf(form, answer, task, ({ question, path, value }) => {
      const parsed = answerShapes[question.type].safeParse(value)
      if (parsed.success) return checkValue(question, parsed.data, path, task)
      return parsed.error.issues.map((each) => ({
        path: [path, ...each.path.map(String)].join('.'),
        code: each.code,
        message: each.message,
      }))
    }),
  ]
}

/** Whether an answer can only be checked beside its task; a comparison or a label need not read it. */
export const needsTask = (form: Form): boolean =>
  form.questions.some(
    (question) =>
      eachOf(question) !== 'task' ||
      ['ranking', 'rewrite', 'spans', 'steps', 'boxes', 'sources'].includes(question.type),
  )

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
