import { type AnswerTask, eachOf, partsOf } from './checks/task-parts.ts'
import type { Form } from './form.ts'

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

/** What keeps a task from being judged with a form: a stable code and how to mend it; null when it fits. */
export function taskMisfit(form: Form, task: AnswerTask): { code: string; message: string } | null {
  const { least, most, image, conversation } = formNeeds(form)
  const count = task.candidates.length
  if (least === 2 && most === 2 && count !== 2) {
    return {
      code: 'not_a_pair',
      message: `This project compares two responses; the row has ${count}. Give it exactly two.`,
    }
  }
  if (count < least) {
    const wanted = least === 1 ? 'a response' : `at least ${least} responses`
    return { code: 'too_few_responses', message: `This project judges ${wanted}; the row has ${count}.` }
  }
  if (most !== undefined && count > most) {
    return {
      code: 'too_many_responses',
      message: `This project judges one response at a time; the row has ${count}. Give each its own row.`,
    }
  }
  if (image && !partsOf(task).some(({ kind }) => kind === 'image')) {
    return { code: 'no_image', message: 'This project marks images; the row has none.' }
  }
  const speaker = task.context.at(-1)?.role
  if (conversation && speaker !== 'user' && speaker !== 'tool') {
    return {
      code: 'no_open_turn',
      message: 'This project asks for the answer to a conversation, which has to end with the user.',
    }
  }
  return null
}
