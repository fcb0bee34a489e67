import { type AnswerTask, eachOf, partsOf, stepsOf, targetsOf } from './checks/task-parts.ts'
import type { Form, Question } from './form.ts'

/** How many responses a task of a form has to have, and whether it needs an image. `most` undefined: as many as there are. */
export type FormNeeds = { least: number; most: number | undefined; image: boolean; conversation: boolean }

/** What a form asks of its tasks. */
export function formNeeds(form: Form): FormNeeds {
  const has = (type: string) => form.questions.some((question) => question.type === type)
  const one = form.questions.some((question) => question.type === 'steps' && eachOf(question) === 'task')
  const marks = form.questions.some((question) => question.type === 'spans' && question.of === 'candidates')
  const shows = form.blocks.some((block) => block.type === 'candidates')
  const each = form.questions.some((question) => eachOf(question) === 'candidate')
  const answersUser = form.questions.some(
    (question) => question.type === 'turns' && question.first === 'assistant',
  )
  const least =
    has('preference') || has('ranking') ? 2 : one || marks || each || has('rewrite') || shows ? 1 : 0
  return {
    least,
    most: has('preference') ? 2 : one ? 1 : undefined,
    image: has('boxes'),
    conversation: answersUser,
  }
}

/** Whether two forms ask the same of their tasks: every task that fits one fits the other. */
export const asksTheSame = (one: Form, other: Form): boolean =>
  JSON.stringify(asked(one)) === JSON.stringify(asked(other))

const asked = (form: Form) => [
  formNeeds(form),
  form.questions
    .filter(
      (question) =>
        question.required &&
        (question.type === 'steps' || question.type === 'spans' || eachOf(question) === 'message'),
    )
    .map(({ id: _id, label: _label, hint: _hint, help: _help, showIf: _showIf, ...rest }) => rest),
]

type Misfit = { code: string; message: string }

/** An answer of steps holds no more than this. */
const MOST_STEPS = 1_000

/** What keeps a task from being judged with a form: a stable code and how to mend it; null when it fits. */
export function taskMisfit(form: Form, task: AnswerTask): Misfit | null {
  const { least, most, image, conversation } = formNeeds(form)
  const count = task.candidates.length
  if (least === 2 && most === 2 && count !== 2) {
    return {
      code: 'not_a_pair',
      message: `${nameOf(form, ({ type }) => type === 'preference')} compares two responses; the row has ${count}. Give it exactly two.`,
    }
  }
  if (count < least) {
    const wanted = least === 1 ? 'a response' : `at least ${least} responses`
    return { code: 'too_few_responses', message: `This form judges ${wanted}; the row has ${count}.` }
  }
  if (most !== undefined && count > most) {
    return {
      code: 'too_many_responses',
      message: `This form judges one response at a time; the row has ${count}. Give each its own row.`,
    }
  }
  if (image && !partsOf(task).some(({ kind }) => kind === 'image')) {
    const name = nameOf(form, ({ type }) => type === 'boxes')
    return { code: 'no_image', message: `${name} marks images; the row has none.` }
  }
  const speaker = task.context.at(-1)?.role
  if (conversation && speaker !== 'user' && speaker !== 'tool') {
    const name = nameOf(form, (question) => question.type === 'turns' && question.first === 'assistant')
    return {
      code: 'no_open_turn',
      message: `${name} asks for the answer to a conversation, which has to end with the user.`,
    }
  }
  for (const question of form.questions) {
    const misfit = question.required ? unanswerable(question, task) : null
    if (misfit) return misfit
  }
  return null
}

/** What keeps a required question from being answered for a task with the right number of responses. */
function unanswerable(question: Question, task: AnswerTask): Misfit | null {
  if (question.type === 'steps') {
    const counts = task.candidates.map((candidate) => stepsOf(candidate, question.split).length)
    if (counts.includes(0)) {
      return {
        code: 'no_steps',
        message: `${quoted(question)} judges steps; a response of the row has none.`,
      }
    }
    const most = Math.max(...counts)
    return most > MOST_STEPS
      ? {
          code: 'too_many_steps',
          message: `${quoted(question)} judges up to ${MOST_STEPS} steps; a response of the row has ${most}.`,
        }
      : null
  }
  if (question.type === 'spans') {
    const texts = partsOf(task, question.of).filter((part) => part.kind === 'text' && part.text.trim() !== '')
    return texts.length > 0
      ? null
      : { code: 'no_text', message: `${quoted(question)} marks passages; the row has no text to mark.` }
  }
  if (eachOf(question) === 'message' && targetsOf(question, task)?.length === 0) {
    return {
      code: 'no_message',
      message: `${quoted(question)} is asked of each message; the row has none that it asks about.`,
    }
  }
  return null
}

const quoted = ({ label }: Question) => `"${label}"`

function nameOf(form: Form, asks: (question: Question) => boolean): string {
  const question = form.questions.find(asks)
  return question ? quoted(question) : 'This form'
}
