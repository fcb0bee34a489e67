import type { Message, TurnsAnswer, TurnsQuestion } from '@groundwork/contract'
import { type Mapping, withWritten } from './mapping.ts'

/** A written conversation: its last answer is a demonstration, and what comes before it the prompt. */
export const turns: Mapping<TurnsQuestion> = {
  gives: (question) => (question.last === 'user' ? ['prompt'] : ['demonstration', 'prompt']),
  pieces: (_, value, { task }) => {
    const written = (value as TurnsAnswer).messages
    const last = written.at(-1)
    const before = last?.role === 'assistant' ? written.slice(0, -1) : written
    const context = [...task.context, ...before.map(messageOf)]
    if (last?.role !== 'assistant') return [{ own: { ...task, context } }]
    const { task: own, id } = withWritten({ ...task, context }, last.text)
    return [{ own, verdict: { type: 'demonstration', candidate: id } }]
  },
}

const messageOf = ({ role, text }: TurnsAnswer['messages'][number]): Message => ({
  role,
  parts: [{ type: 'text', text }],
})
