import { type Message, messageText } from '@groundwork/contract'
import { unfitImages } from '../feedback/images.ts'
import type { Out } from '../feedback/out.ts'

export type Turn = { from: 'system' | 'human' | 'gpt' | 'function_call' | 'observation'; value: string }

/**
 * Messages as turns of ShareGPT, or null after saying why not. Loaders of this format want people and tools at odd places and the
 * model at even ones, and skip everything else with a warning that nobody reads; so what does not alternate is refused here.
 * @param first whose turn the list starts with
 */
export function turnsOf(
  messages: readonly Message[],
  out: Out,
  first: 'human' | 'gpt' = 'human',
): Turn[] | null {
  const turns: Turn[] = []
  for (const [index, message] of messages.entries()) {
    const turn = turnOf(message, out.options.images)
    if (typeof turn === 'string') {
      out.drop(turn)
      return null
    }
    const isModel = turn.from === 'gpt' || turn.from === 'function_call'
    if (turn.from === 'system' || isModel !== ((index % 2 === 1) === (first === 'human'))) {
      out.drop('turns_do_not_alternate')
      return null
    }
    turns.push(turn)
  }
  if (messages.some((each) => each.parts.some((part) => part.type === 'reasoning')))
    out.note('reasoning_left_out')
  if (messages.some((each) => each.toolCallId !== undefined || each.toolCalls?.some(({ id }) => id !== '')))
    out.note('tool_call_ids_left_out')
  return turns
}

/** What stands for an image in a text; loaders count it, and want as many images. */
const PLACE = '<image>'

/** The system prompt at the start, and the rest. */
export function splitSystem(messages: readonly Message[]): { system: string | undefined; rest: Message[] } {
  const [first, ...rest] = messages
  const isSystem = first?.role === 'system' || first?.role === 'developer'
  return isSystem ? { system: messageText(first), rest } : { system: undefined, rest: [...messages] }
}

function turnOf(message: Message, images: boolean): Turn | string {
  const unfit =
    message.role === 'assistant' ? unfitImages([], [message], images) : unfitImages([message], [], images)
  if (unfit) return unfit
  if (images && messageText(message).includes(PLACE)) return 'image_placeholder_in_text'
  const value = textWithPlaces(message)
  switch (message.role) {
    case 'system':
    case 'developer':
      return { from: 'system', value }
    case 'user':
      return { from: 'human', value }
    case 'tool':
      return { from: 'observation', value }
    case 'assistant':
      return message.toolCalls ? callTurn(message, value) : { from: 'gpt', value }
  }
}

const textWithPlaces = ({ parts }: Message): string =>
  parts.map((part) => (part.type === 'text' ? part.text : part.type === 'image' ? PLACE : '')).join('')

function callTurn(message: Message, text: string): Turn | string {
  const [call, second] = message.toolCalls ?? []
  if (!call || second || text !== '') return 'several_things_in_one_turn'
  try {
    JSON.parse(call.argumentsJson)
    // Put together as text, so that the arguments stay byte by byte what the model gave.
    const value = `{"name":${JSON.stringify(call.name)},"arguments":${call.argumentsJson}}`
    return { from: 'function_call', value }
  } catch {
    return 'tool_arguments_not_json'
  }
}
