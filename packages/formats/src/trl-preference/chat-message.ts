import { type Message, messageText } from '@groundwork/contract'
import type { Out } from '../feedback/out.ts'

/** A message as chat templates read it. Keys that a message does not need are absent, never null. */
export type ChatMessage = {
  role: 'system' | 'user' | 'assistant' | 'tool'
  content: string
  tool_calls?: { id?: string; type: 'function'; function: { name: string; arguments: string } }[]
  tool_call_id?: string
  name?: string
}

/**
 * Role and text of a message; tool calls and what a tool message needs where there are some. `developer` becomes `system`, which is the only
 * name that TRL's own preparation knows for it. Text is not trimmed and gets no end token. Reasoning parts are left out.
 */
export function chatMessage(message: Message): ChatMessage {
  return {
    role: message.role === 'developer' ? 'system' : message.role,
    content: messageText(message),
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

/** Whether a message has more keys than role and content, as those have that call tools or answer a call. */
export function hasMoreKeys({ tool_calls, tool_call_id, name }: ChatMessage): boolean {
  return tool_calls !== undefined || tool_call_id !== undefined || name !== undefined
}

/** Messages as chat templates read them; says what had to be left behind. */
export function chatMessages(messages: readonly Message[], out: Out): ChatMessage[] {
  if (messages.some((each) => each.parts.some((part) => part.type === 'reasoning')))
    out.note('reasoning_left_out')
  const written = messages.map(chatMessage)
  if (written.some(hasMoreKeys)) out.note('with_tool_calls')
  return written
}
