import { type Message, messageText } from '@groundwork/contract'
import type { Out, WriteOptions } from '../feedback/out.ts'

/** A place for an image, which stands in the `images` column of the row, or text. */
export type ChatPart = { type: 'image' } | { type: 'text'; text: string }

/** A message as chat templates read it. Keys that a message does not need are absent, never null. */
export type ChatMessage = {
  role: 'system' | 'user' | 'assistant' | 'tool'
  /** In a set with images a list of parts in every message. */
  content: string | ChatPart[]
  tool_calls?: { id?: string; type: 'function'; function: { name: string; arguments: string | object } }[]
  tool_call_id?: string
  name?: string
}

type ChatOptions = Pick<WriteOptions, 'images' | 'toolArguments'>

/**
 * Role and text of a message; tool calls and what a tool message needs where there are some. `developer` becomes `system`, which is the only
 * name that TRL's own preparation knows for it. Text is not trimmed and gets no end token. Reasoning parts are left out.
 * @param images whether the content is a list of parts
 * @returns null when arguments of tool calls are wanted as objects and are none, or hold numbers that JavaScript cannot
 */
export function chatMessage(message: Message, { images, toolArguments }: ChatOptions): ChatMessage | null {
  const calls = message.toolCalls?.map(({ id, name, argumentsJson }) => {
    const given = toolArguments === 'string' ? argumentsJson : argumentsIn(argumentsJson)
    return given === null
      ? null
      : { ...(id !== '' && { id }), type: 'function' as const, function: { name, arguments: given } }
  })
  if (calls && !calls.every((each) => each !== null)) return null
  return {
    role: message.role === 'developer' ? 'system' : message.role,
    content: images ? chatParts(message) : messageText(message),
    ...(calls && { tool_calls: calls }),
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

/** Messages as chat templates read them, or null after saying why they cannot be; says what had to be left behind. */
export function chatMessages(messages: readonly Message[], out: Out): ChatMessage[] | null {
  const written = messages.map((each) => chatMessage(each, out.options))
  if (!written.every((each) => each !== null)) {
    out.drop('tool_arguments_not_json')
    return null
  }
  if (messages.some((each) => each.parts.some((part) => part.type === 'reasoning')))
    out.note('reasoning_left_out')
  if (written.some(hasMoreKeys)) out.note('with_tool_calls')
  return written
}

/** The object that a text of JSON stands for; null for other JSON, and where a whole number is too large to be kept. */
function argumentsIn(text: string): object | null {
  try {
    let exact = true
    const value: unknown = JSON.parse(text, (_, each) => {
      if (typeof each === 'number' && Number.isInteger(each) && !Number.isSafeInteger(each)) exact = false
      return each
    })
    return exact && typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
