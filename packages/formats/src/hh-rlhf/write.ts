import { type Message, messageText } from '@groundwork/contract'
import type { WriteRows } from '../feedback/out.ts'
import { preferencesOf } from '../feedback/preferences.ts'

/** `{"chosen", "rejected"}`: both whole transcripts. Only people and the assistant speak in this format. */
export const writeHhRlhf: WriteRows = (feedback, out) => {
  const { preferences, dropped } = preferencesOf(feedback)
  for (const reason of dropped) out.drop(reason)
  for (const { context, chosen, rejected } of preferences) {
    const better = transcriptOf([...context, ...chosen.messages])
    const worse = transcriptOf([...context, ...rejected.messages])
    if (better === null || worse === null) out.drop('not_questions_and_answers')
    else if (better === worse) out.drop('identical_candidates')
    else out.row({ chosen: better, rejected: worse }, { chosen: chosen.id, rejected: rejected.id })
  }
}

/** Null when a message is not plain text of a person or the assistant, or would be read as several turns. */
function transcriptOf(messages: readonly Message[]): string | null {
  let transcript = ''
  for (const message of messages) {
    const text = messageText(message)
    const plain = message.parts.every((part) => part.type === 'text') && !message.toolCalls
    if ((message.role !== 'user' && message.role !== 'assistant') || !plain) return null
    if (/\n\n(Human|Assistant):/.test(text)) return null
    transcript += `\n\n${message.role === 'user' ? 'Human' : 'Assistant'}: ${text}`
  }
  return transcript
}
