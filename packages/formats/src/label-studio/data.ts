import { MAX_IMAGE_NAME, type Message, type TaskPayload, textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { checkText } from '../content/check.ts'
import { optionalText } from '../content/fields.ts'
import { otherFields, saying } from '../content/pair.ts'
import { buildTask } from '../content/task.ts'
import { RowFault } from '../faults.ts'
import { candidateId } from '../feedback/feedback.ts'

const prompts = ['prompt', 'question', 'instruction', 'input', 'query', 'context']
const couples = [
  ['answer1', 'answer2'],
  ['answer_1', 'answer_2'],
  ['response1', 'response2'],
  ['response_1', 'response_2'],
  ['output_1', 'output_2'],
  ['text1', 'text2'],
  ['a', 'b'],
]
const singles = ['answer', 'response', 'output', 'completion']
const texts = ['text', 'body', 'title', 'html']

/**
 * Where the text of a field stands in the task: the id of a candidate, `context:0` for the first message of the context, or one such place for each
 * paragraph of a dialogue.
 */
export type Targets = Map<string, string | string[]>

/**
 * The content of a task of Label Studio, whose fields anybody may name as they like: a prompt and two answers, a prompt and a list of items to
 * rank, a dialogue of paragraphs, an image, or one text.
 * @returns also by which id of the source each candidate goes, and what of the task each field became
 */
export function readData(
  data: Row,
  externalId: string | undefined,
): { task: TaskPayload; ids: Map<string, string>; targets: Targets } {
  const promptField = prompts.find((each) => typeof data[each] === 'string')
  const context = promptField === undefined ? [] : saying([say('user', data, promptField)], promptField)
  const couple = couples.find(
    ([a = '', b = '']) => typeof data[a] === 'string' && typeof data[b] === 'string',
  )
  const single = singles.find((each) => typeof data[each] === 'string')
  const items = ['items', 'answers', 'responses'].find((each) => Array.isArray(data[each]))
  const ids = new Map<string, string>()
  const used: (string | undefined)[] = ['external_id', promptField]
  let answers: { messages: Message[] }[] = []
  if (couple) {
    answers = couple.map((field) => ({ messages: [say('assistant', data, field)] }))
    used.push(...couple)
  } else if (items !== undefined) {
    answers = readItems(data[items], items, ids)
    used.push(items)
  } else if (promptField !== undefined && single !== undefined) {
    answers = [{ messages: [say('assistant', data, single)] }]
    used.push(single)
  }
  const targets: Targets = new Map()
  const shown = context.length > 0 ? context : readShown(data, used, targets)
  if (promptField !== undefined) targets.set(promptField, 'context:0')
  if (couple) for (const [index, field] of couple.entries()) targets.set(field, candidateId(index))
  else if (items === undefined && promptField !== undefined && single !== undefined) targets.set(single, 'a')
  const task = buildTask({ context: shown, answers, externalId, metadata: otherFields(data, used) })
  return { task, ids, targets }
}

/** What a task without a prompt shows: a dialogue, a text or an image. */
function readShown(data: Row, used: (string | undefined)[], targets: Targets): Message[] {
  for (const [field, value] of Object.entries(data)) {
    if (used.includes(field)) continue
    if (
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => isRow(each) && typeof each.text === 'string')
    ) {
      used.push(field)
      targets.set(
        field,
        value.map((_, index) => `context:${index}`),
      )
      return value.map((each, index) => textMessage('user', checkText(each.text, `data.${field}[${index}]`)))
    }
    if (typeof value !== 'string' || value === '') continue
    used.push(field)
    const isImage = /^image/i.test(field)
    if (!isImage) {
      targets.set(field, 'context:0')
      return [say('user', data, field)]
    }
    return [
      {
        role: 'user',
        parts: [{ type: 'image', assetId: checkText(value, `data.${field}`, MAX_IMAGE_NAME) }],
      },
    ]
  }
  throw new RowFault('missing_field', '"data" has no text, dialogue or image that could be shown.')
}

function readItems(value: unknown, field: string, ids: Map<string, string>) {
  if (!Array.isArray(value)) return []
  return value.map((each: unknown, index) => {
    const path = `data.${field}[${index}]`
    if (typeof each === 'string') return { messages: [textMessage('assistant', checkText(each, path))] }
    const textField = isRow(each) ? texts.find((name) => typeof each[name] === 'string') : undefined
    if (!isRow(each) || textField === undefined) {
      throw new RowFault(
        'wrong_type',
        `"${path}" has to be text, or an object with one of ${texts.join(', ')}.`,
      )
    }
    const id = typeof each.id === 'number' ? String(each.id) : optionalText(each, 'id', 300)
    if (id !== undefined) ids.set(id, candidateId(index))
    return { messages: [say('assistant', each, textField)] }
  })
}

function say(role: 'user' | 'assistant', row: Row, field: string): Message {
  return textMessage(role, checkText(String(row[field]), field))
}
