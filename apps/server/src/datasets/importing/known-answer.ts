import {
  type Answer,
  type Form,
  isUnanswered,
  preferenceOutcome,
  type TaskPayload,
  validateAnswer,
} from '@groundwork/contract'

/**
 * What keeps a known answer from being compared with those of trainers. It is held to the form as theirs are, but only in the questions that it
 * answers: the others need no known answer, and conditions on them are taken to hold.
 * Of a preference the outcome alone will do (`{"preference":"a"}`).
 * @returns null when it can be used, otherwise why not
 */
export function knownAnswerFault(form: Form, known: Answer, task: TaskPayload): string | null {
  const given = Object.keys(known)
  if (given.every((id) => isUnanswered(known[id])))
    return 'The known answer is empty; give it a value by question id, or leave it out.'
  const asks = form.questions.map(({ id }) => id)
  const unknown = given.find((id) => !asks.includes(id))
  if (unknown !== undefined)
    return `The known answer has "${unknown}", and the form asks no such question; it asks ${asks.join(', ')}.`
  const alone = new Set<string>()
  for (const { id, type } of form.questions) {
    const value = known[id]
    if (type !== 'preference' || typeof value !== 'string') continue
    if (!preferenceOutcome.safeParse(value).success)
      return `The known answer "${id}" is "${value.slice(0, 60)}"; use one of ${preferenceOutcome.options.join(', ')}.`
    alone.add(id)
  }
  const rest = Object.fromEntries(Object.entries(known).filter(([id]) => !alone.has(id)))
  // Not every response or message, and not every axis, needs a known answer.
  const [first] = validateAnswer(onlyAsking(form, Object.keys(rest)), rest, task).filter(
    ({ code }) => code !== 'required',
  )
  return first ? `The known answer does not fit, "${first.path}": ${first.message}` : null
}

/** A form of some of the questions. What shows one of them only counts where it can be looked up. */
function onlyAsking(form: Form, ids: string[]): Form {
  const questions = form.questions
    .filter(({ id }) => ids.includes(id))
    .map(({ showIf, ...question }) =>
      showIf?.tests.every((test) => ids.includes(test.question)) ? { ...question, showIf } : question,
    )
  return { ...form, questions } as Form
}
