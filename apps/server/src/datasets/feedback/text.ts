import type { TextQuestion } from '@groundwork/contract'
import { byTarget } from './by-target.ts'
import { type Mapping, withWritten } from './mapping.ts'

/**
 * A reason, mostly. In a form without responses the first text is what the task is about: the answer to a conversation, or without one a
 * prompt.
 */
export const text: Mapping<TextQuestion> = {
  gives: (question, { form }) =>
    form.blocks.some(({ type }) => type === 'candidates') ||
    form.questions.find(({ type }) => type === 'text')?.id !== question.id
      ? ['text']
      : ['text', 'demonstration', 'prompt'],
  pieces: (question, value, { task, wants, form }) => {
    const written = form.blocks.every(({ type }) => type !== 'candidates') && typeof value === 'string'
    if (written && (wants.has('demonstration') || wants.has('prompt'))) {
      if (task.context.length === 0) {
        const parts = [{ type: 'text' as const, text: value }]
        return [{ own: { ...task, context: [{ role: 'user', parts }] } }]
      }
      const { task: own, id } = withWritten(task, value)
      return [{ own, verdict: { type: 'demonstration', candidate: id } }]
    }
    return byTarget(question, value, '').map((each) => ({
      verdict: { type: 'text', text: String(each.value) },
    }))
  },
}
