import { type Message, messageText } from '@groundwork/contract'
import { hasImage, unfitImages } from '../feedback/images.ts'
import type { Out } from '../feedback/out.ts'

type OpenaiPart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } }

/** A message as OpenAI's API takes it. `content` is absent where a message only calls tools. */
type OpenaiMessage = {
  role: Message['role']
  content?: string | OpenaiPart[]
  name?: string
  tool_calls?: { id: string; type: 'function'; function: { name: string; arguments: string } }[]
  tool_call_id?: string
  weight?: 0 | 1
}

/**
 * Messages as OpenAI takes them, or null after saying why they cannot be.
 * @param images whether messages of people may show images, whose names then stand as their addresses
 */
export function openaiMessages(
  messages: readonly Message[],
  out: Out,
  images = out.options.images,
): OpenaiMessage[] | null {
  const unfit = messages.map((each) => unfitFor(each, images)).find((reason) => reason !== null)
  if (unfit) {
    out.drop(unfit)
    return null
  }
  if (messages.some((each) => each.parts.some((part) => part.type === 'reasoning')))
    out.note('reasoning_left_out')
  return messages.map(openaiMessage)
}

function unfitFor(message: Message, images: boolean): string | null {
  const unfit =
    message.role === 'assistant' ? unfitImages([], [message], images) : unfitImages([message], [], images)
  if (unfit) return unfit
  if (message.role === 'tool' && message.toolCallId === undefined) return 'tool_message_without_call'
  if (message.toolCalls?.some((call) => call.id === '')) return 'tool_call_without_id'
  if (message.toolCalls?.some((call) => !isJson(call.argumentsJson))) return 'tool_arguments_not_json'
  return null
}

function openaiMessage(message: Message): OpenaiMessage {
  const content = hasImage(message) ? partsOf(message) : messageText(message)
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
    // Weights are for what a model said; nobody else's message may have one.
    ...(message.role === 'assistant' && message.weight !== undefined && { weight: message.weight }),
  }
}

const partsOf = ({ parts }: Message): OpenaiPart[] =>
  parts.flatMap((part): OpenaiPart[] => {
    if (part.type === 'image') return [{ type: 'image_url', image_url: { url: part.assetId } }]
    return part.type === 'text' && part.text !== '' ? [{ type: 'text', text: part.text }] : []
  })

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
