import { type Message, messageText } from '@groundwork/contract'
import type { Out } from '../feedback/out.ts'
import { type ChatMessage, chatMessages } from './chat-message.ts'

/** A prompt and its answers as TRL takes them: lists of messages, or bare texts in a plain set. */
type Turns = ChatMessage[] | string

/**
 * A prompt and its answers in the shape that the whole set has, or null after saying why they have none. Plain are only one turn of a person and one of
 * the model, of nothing but text; everything else would lose who said what.
 */
export function trlTurns(
  context: readonly Message[],
  answers: readonly (readonly Message[])[],
  out: Out,
): { prompt: Turns; answers: Turns[] } | null {
  if (!out.options.plain) {
    const prompt = chatMessages(context, out)
    const written = prompt && answers.map((each) => chatMessages(each, out))
    return written?.every((each) => each !== null) && prompt ? { prompt, answers: written } : null
  }
  const prompt = plainText(context, 'user')
  const texts = answers.map((each) => plainText(each, 'assistant'))
  if (prompt !== null && texts.every((each) => each !== null)) return { prompt, answers: texts }
  out.drop('not_plain_text')
  return null
}

function plainText(messages: readonly Message[], role: Message['role']): string | null {
  const [only] = messages
  if (!only || messages.length > 1 || only.role !== role || only.toolCalls || only.name !== undefined)
    return null
  return only.parts.every(({ type }) => type === 'text') ? messageText(only) : null
}
