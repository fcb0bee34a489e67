import { type Message, textMessage } from '@groundwork/contract'
import { argumentsIn, parseJson } from '../container/parse-json.ts'
import { isRow, type Row } from '../container/records.ts'
import { checkText, kindOf, shownValue } from '../content/check.ts'
import { optionalText, wanted } from '../content/fields.ts'
import { otherFields, readExternalId } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import { type Feedback, splitAnswer } from '../feedback/feedback.ts'
import { thumbOf } from '../llama-factory/kto-tag.ts'

const roles: Record<string, Message['role'] | 'call'> = {
  human: 'user',
  user: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  chatgpt: 'assistant',
  bing: 'assistant',
  bard: 'assistant',
  system: 'system',
  function_call: 'call',
  observation: 'tool',
  function_response: 'tool',
  tool: 'tool',
}

/** ShareGPT's conversations: `[{"from","value"}]`, read as a conversation to learn from, or (LLaMA-Factory's `kto_tag`) as an answer with a thumb. */
export function readSharegpt(row: Row): Feedback {
  const messages = readTurns(wanted(row, 'conversations'), 'conversations')
  const system = optionalText(row, 'system')
  const { context, answer } = splitAnswer([
    ...(system === undefined ? [] : [textMessage('system', system)]),
    ...messages,
  ])
  const task = buildTask({
    context,
    answers: answer.length > 0 ? [{ messages: answer }] : [],
    externalId: readExternalId(row.id, 'id'),
    metadata: otherFields(row, ['conversations', 'system', 'kto_tag', 'id']),
  })
  return {
    task,
    annotations:
      answer.length > 0 ? [{ verdict: thumbOf(row) ?? { type: 'demonstration', candidate: 'a' } }] : [],
  }
}

export function detectSharegpt(row: Row): string | null {
  return isTurns(row.conversations) ? '`conversations` is a list of `from` and `value`: ShareGPT' : null
}

/** Whether a value is a list of turns with `from` and `value`. */
export function isTurns(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => isRow(each) && 'from' in each && 'value' in each)
  )
}

/** Turns with `from` and `value` as messages. A tool's result belongs to the call before it. */
export function readTurns(value: unknown, path: string): Message[] {
  if (!Array.isArray(value)) {
    throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; it has to be a list of turns.`)
  }
  return value.map((each, index) => readTurn(each, `${path}[${index}]`))
}

/** @throws RowFault when it is no object, its role is unknown or its text is not text */
export function readTurn(value: unknown, path: string): Message {
  if (!isRow(value))
    throw new RowFault('wrong_type', `"${path}" is ${kindOf(value)}; a turn is {"from", "value"}.`)
  const from = typeof value.from === 'string' ? value.from : ''
  const role = Object.hasOwn(roles, from) ? roles[from] : undefined
  if (!role) {
    throw new RowFault(
      'unknown_role',
      `"${path}.from" is ${shownValue(value.from)}; use human, gpt or system.`,
    )
  }
  if (typeof value.value !== 'string') {
    throw new RowFault('wrong_type', `"${path}.value" is ${kindOf(value.value)}; it has to be text.`)
  }
  const text = checkText(value.value, `${path}.value`)
  return role === 'call' ? readCall(text, path) : textMessage(role, text)
}

function readCall(text: string, path: string): Message {
  try {
    const call = parseJson(text, false)
    if (isRow(call) && typeof call.name === 'string') {
      const given = call.arguments ?? {}
      const written = typeof given === 'string' ? given : (argumentsIn(text) ?? JSON.stringify(given))
      const argumentsJson = checkText(written, path)
      return {
        role: 'assistant',
        parts: [],
        toolCalls: [{ id: '', name: checkText(call.name, path, 200), argumentsJson }],
      }
    }
  } catch {
    // Told below: a call that is not JSON is as wrong as one without a name.
  }
  throw new RowFault('wrong_type', `"${path}.value" has to be a tool call as JSON: {"name", "arguments"}.`)
}
