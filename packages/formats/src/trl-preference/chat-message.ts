import { type Message, messageText } from '@groundwork/contract'
import type { Out } from '../feedback/out.ts'

/** A place for an image, which stands in the `images` column of the row, or text. */
export type ChatPart = { type: 'image' } | { type: 'text'; text: string }

/** A message as chat templates read it. Keys that a message does not need are absent, never null. */
export type ChatMessage = {
  role: 'system' | 'user' | 'assistant' | 'tool'
  /** In a set with images a list of parts in every message. */
  content: string | ChatPart[]
  tool_calls?: { id?: string; type: 'function'; function: { name: string; arguments: string } }[]
  tool_call_id?: string
  name?: string
}

/**
 * Role and text of a message; tool calls and what a tool message needs where there are some. `developer` becomes `system`, which is the only
 * name that TRL's own preparation knows for it. Text is not trimmed and gets no end token. Reasoning parts are left out.
 * @param images whether the content is a list of parts
 */
export function chatMessage(message: Message, images = false): ChatMessage {
  return {
    role: message.role === 'developer' ? 'system' : message.role,
    content: images ? chatParts(message) : messageText(message),
    ...(message.toolCalls && {
      tool_calls: message.toolCalls.map((call) => ({
        ...(call.id !== '' && { id: call.id }),
        type: 'function' as const,
        function: { name: call.name, arguments: call.argumentsJson },
      })),
    }),
    ...(message.toolCallId !== undefined && { tool_call_id: message.toolCallId }),
    ...(message.role === 'tool' && message.name !== undefined && { name: message.name }),
  }
}

/** Texts beside each other are one. A message without any has an empty one, so that every message has the same shape. */
function chatParts(message: Message): ChatPart[] {
  const parts: ChatPart[] = []
  for (const part of message.parts) {
    const last = parts.at(-1)
    if (part.type === 'image') parts.push({ type: 'image' })
    else if (part.type === 'text') {
      if (last?.type === 'text') last.text += part.text
      else parts.push({ type: 'text', text: part.text })
    }
  }
  return parts.length > 0 ? parts : [{ type: 'text', text: '' }]
}

/** Whether a message has more keys than role and content, as those have that call tools or answer a call. */
export function hasMoreKeys({ tool_calls, tool_call_id, name }: ChatMessage): boolean {
  return tool_calls !== undefined || tool_call_id !== undefined || name !== undefined
}

/** Messages as chat templates read them; says what had to be left behind. */
export function chatMessages(messages: readonly Message[], out: Out): ChatMessage[] {
  if (messages.some((each) => each.parts.some((part) => part.type === 'reasoning')))
    out.note('reasoning_left_out')
  if (messages.some((each) => each.weight === 0)) out.note('weights_left_out')
  const written = messages.map((each) => chatMessage(each, out.options.images))
  if (written.some(hasMoreKeys)) out.note('with_tool_calls')
  return written
}
