import type { Form, Question, QuestionType } from '@groundwork/contract'
import { boxes } from './boxes.ts'
import { choice } from './choice.ts'
import { multichoice } from './multichoice.ts'
import { preference } from './preference.ts'
import { ranking } from './ranking.ts'
import { scale } from './scale.ts'
import { sources } from './sources.ts'
import { spans } from './spans.ts'
import { steps } from './steps.ts'
import type { ClassQuestion, Strategy } from './strategy.ts'
import { rewrite, text, turns } from './writing.ts'

/** One strategy per question type. Each is given questions of its own type only, which the table cannot say. */
const strategies = {
  preference,
  ranking,
  scale,
  choice,
  multichoice,
  text,
  rewrite,
  spans,
  steps,
  boxes,
  sources,
  turns,
} satisfies { [T in QuestionType]: Strategy<Extract<Question, { type: T }>> }

export const strategyOf = (question: Question): Strategy => strategies[question.type] as unknown as Strategy

/** Tasks decided in one transaction, and without a pause. */
const [BATCH, SMALL_BATCH] = [500, 25]

/** How many tasks of a form are decided at a time. */
export const batchOf = (form: Form): number =>
  form.questions.some((question) => strategyOf(question).heavy) ? SMALL_BATCH : BATCH

/** The questions of classes in a form, which a full run infers. */
export const classQuestions = (form: Form): ClassQuestion[] =>
  form.questions.flatMap((question) => strategyOf(question).classes?.(question) ?? [])
