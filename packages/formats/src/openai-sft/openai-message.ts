import { type Message, messageText } from '@groundwork/contract'
import type { Out } from '../feedback/out.ts'

/** A message as OpenAI's API takes it. `content` is absent where a message only calls tools. */
type OpenaiMessage = {
  role: Message['role']
  content?: string
  name?: string
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[]
  tool_call_id?: string
}

/** Messages as OpenAI takes them, or null after saying why they cannot be. */
export function openaiMessages(messages: readonly Message[], out: Out): OpenaiMessage[] | null {
  const unfit = messages.map(unfitFor).find((reason) => reason !== null)
  if (unfit) {
    out.drop(unfit)
    return null
  }
  if (messages.some((each) => each.parts.some((part) => part.type === 'reasoning')))
    out.note('reasoning_left_out')
  return messages.map(openaiMessage)
}

function unfitFor(message: Message): string | null {
  if (message.parts.some((part) => part.type === 'image')) return 'has_images'
  if (message.role === 'tool' && message.toolCallId === undefined) return 'tool_message_without_call'
  if (message.toolCalls?.some((call) => call.id === '')) return 'tool_call_without_id'
  if (message.toolCalls?.some((call) => !isJson(call.argumentsJson))) return 'tool_arguments_not_json'
  return null
}

function openaiMessage(message: Message): OpenaiMessage {
  const content = messageText(message)
  return {
    role: message.role,
    ...((content !== '' || !message.toolCalls) && { content }),
    ...(message.name !== undefined && { name: message.name }),
    ...(message.toolCalls && {
      tool_calls: message.toolCalls.map(({ id, name, argumentsJson }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: argumentsJson },
      })),
    }),
    ...(message.toolCallId !== undefined && { tool_call_id: message.toolCallId }),
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
