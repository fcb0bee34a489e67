import { type Message, messageRole, type Part } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import { checkDeep, checkText, kindOf, shownValue } from './check.ts'
import { readImagePart } from './images.ts'
import type { Notes } from './notes.ts'

type ToolCalls = NonNullable<Message['toolCalls']>
const knownKeys = new Set([
  ...['role', 'content', 'tool_calls', 'tool_call_id', 'name', 'weight', 'reasoning_content', 'thinking'],
])

/** Whether a value looks like a list of chat messages. An empty list does not. */
export function looksLikeMessages(value: unknown): value is Row[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => isRow(each) && 'role' in each)
}

/**
 * Chat messages as TRL and OpenAI write them: `[{"role","content"}]`, content as text or as a list of text parts, tool calls with
 * their arguments as text or as an object. Further keys of a message are left out, which is noted once.
 * @param path where the list stands in its row
 * @throws RowFault
 */
export function readMessages(value: unknown, path: string, notes: Notes): Message[] {
  if (!Array.isArray(value)) {
    throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; it has to be a list of messages.`)
  }
  return value.map((each, index) => readMessage(each, `${path}[${index}]`, notes))
}

function readMessage(value: unknown, path: string, notes: Notes): Message {
  if (!isRow(value)) {
    throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; a message is {"role", "content"}.`)
  }
  const role = readRole(value, path)
  const toolCalls = readToolCalls(value.tool_calls, `${path}.tool_calls`)
  const parts = [...readReasoning(value, path), ...readContent(value, path, toolCalls !== undefined)]
  for (const key of Object.keys(value)) {
    if (!knownKeys.has(key)) {
      notes.once(
        'message_field_left_out',
        `"${key}" of messages is not kept; only role, content and tool calls are.`,
      )
    }
  }
  return {
    role,
    parts,
    ...(toolCalls && { toolCalls }),
    ...optionalText(value, 'tool_call_id', 'toolCallId', path),
    ...optionalText(value, 'name', 'name', path),
    ...readWeight(value, path),
  }
}

function readRole(value: Row, path: string): Message['role'] {
  const parsed = messageRole.safeParse(value.role)
  if (parsed.success) return parsed.data
  if (value.role === undefined || value.role === null) {
    const hint = 'from' in value ? ' It has "from" and "value": rename them to "role" and "content".' : ''
    throw new RowFault('missing_field', `"${path}" has no "role".${hint}`)
  }
  throw new RowFault(
    'unknown_role',
    `"${path}.role" is ${shownValue(value.role)}; use one of ${messageRole.options.join(', ')}.`,
  )
}

function readContent(value: Row, path: string, hasToolCalls: boolean): Part[] {
  const { content } = value
  if (typeof content === 'string') return [{ type: 'text', text: checkText(content, `${path}.content`) }]
  if (Array.isArray(content)) return content.map((each, index) => readPart(each, `${path}.content[${index}]`))
  if (content === undefined || content === null) {
    if (hasToolCalls) return []
    throw new RowFault('missing_field', `"${path}" has no "content".`)
  }
  throw new RowFault('wrong_type', `"${path}.content" is ${kindOf(content)}; it has to be text.`)
}

function readPart(value: unknown, path: string): Part {
  if (typeof value === 'string') return { type: 'text', text: checkText(value, path) }
  if (isRow(value) && (value.type === 'text' || value.type === undefined) && typeof value.text === 'string') {
    return { type: 'text', text: checkText(value.text, `${path}.text`) }
  }
  const image = isRow(value) ? readImagePart(value, path) : null
  if (image) return image
  const type = isRow(value) ? shownValue(value.type) : kindOf(value)
  throw new RowFault(
    'unsupported_part',
    `"${path}" is a part of type ${type}; only text and image parts can be read.`,
  )
}

function readReasoning(value: Row, path: string): Part[] {
  for (const key of ['reasoning_content', 'thinking']) {
    const text = value[key]
    if (typeof text === 'string' && text !== '')
      return [{ type: 'reasoning', text: checkText(text, `${path}.${key}`) }]
  }
  return []
}

function readToolCalls(value: unknown, path: string): ToolCalls | undefined {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return undefined
  if (!Array.isArray(value)) {
    throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; it has to be a list of tool calls.`)
  }
  return value.map((each, index) => {
    const inner: unknown = isRow(each) ? (each.function ?? each) : each
    if (!isRow(each) || !isRow(inner) || typeof inner.name !== 'string') {
      throw new RowFault('missing_field', `"${path}[${index}]" needs {"function": {"name", "arguments"}}.`)
    }
    const given = inner.arguments ?? {}
    checkDeep(given, `${path}[${index}].arguments`)
    return {
      id: typeof each.id === 'string' ? checkText(each.id, `${path}[${index}].id`, 200) : '',
      name: checkText(inner.name, `${path}[${index}].name`, 200),
      argumentsJson: checkText(
        typeof given === 'string' ? given : JSON.stringify(given),
        `${path}[${index}].arguments`,
      ),
    }
  })
}

function readWeight({ weight }: Row, path: string): Pick<Message, 'weight'> {
  if (weight === undefined || weight === null) return {}
  if (weight === 0 || weight === 1) return { weight }
  throw new RowFault('wrong_type', `"${path}.weight" is ${shownValue(weight)}; it has to be 0 or 1.`)
}

function optionalText<K extends 'toolCallId' | 'name'>(value: Row, key: string, name: K, path: string) {
  const text = value[key]
  if (text === undefined || text === null) return {}
  if (typeof text !== 'string') {
    throw new RowFault('wrong_type', `"${path}.${key}" is ${kindOf(text)}; it has to be text.`)
  }
  return { [name]: checkText(text, `${path}.${key}`, 200) } as { [key in K]: string }
}

/** What a message says, without how it is labelled: equal texts mean that two messages are the same turn. */
export function messageKey(message: Message): string {
  return JSON.stringify([message.role, message.parts, message.toolCalls ?? [], message.toolCallId ?? ''])
}

/** How many messages two conversations share at their start. */
export function sharedPrefix(left: readonly Message[], right: readonly Message[]): number {
  const most = Math.min(left.length, right.length)
  let shared = 0
  while (shared < most && same(left[shared], right[shared])) shared++
  return shared
}

function same(left: Message | undefined, right: Message | undefined): boolean {
  return left !== undefined && right !== undefined && messageKey(left) === messageKey(right)
}
