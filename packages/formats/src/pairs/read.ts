import { type Message, textMessage } from '@groundwork/contract'
import { isRow, type Row } from '../container/records.ts'
import { checkText, kindOf } from '../content/check.ts'
import { splitConversations } from '../content/divergence.ts'
import { type ReadContext, readTurns, wanted } from '../content/fields.ts'
import { otherFields, pairTask, readExternalId, saying } from '../content/pair.ts'
import { RowFault } from '../faults.ts'
import type { Feedback } from '../feedback/feedback.ts'
import type { FieldMap } from './field-map.ts'
import { readGold } from './gold.ts'

/** Any record with two answers, read by a field map. Fields that the map does not name become metadata. */
export function readPair(row: Row, map: FieldMap, context: ReadContext): Feedback {
  const a = saying(readTurns(pick(row, map.a) ?? wanted(row, map.a), map.a, 'assistant', context), map.a)
  const b = saying(readTurns(pick(row, map.b) ?? wanted(row, map.b), map.b, 'assistant', context), map.b)
  const conversation = readConversation(row, map, context, a, b)
  return pairTask({
    ...conversation,
    context: [...readSystem(row, map), ...conversation.context],
    models: { ...modelName(row, map.model_a, 'a'), ...modelName(row, map.model_b, 'b') },
    externalId: readId(row, map, context),
    metadata: otherFields(row, Object.values(map)),
    gold: readGoldField(row, map, context),
  })
}

function readConversation(row: Row, map: FieldMap, context: ReadContext, a: Message[], b: Message[]) {
  if (map.prompt === undefined) {
    if (a[0]?.role !== 'assistant' && b[0]?.role !== 'assistant') return splitConversations(a, b)
    throw new RowFault(
      'missing_field',
      'The map names no prompt, and the answers are not whole conversations. Add "prompt=…" to the map.',
    )
  }
  const prompt = pick(row, map.prompt) ?? wanted(row, map.prompt)
  return { context: saying(readTurns(prompt, map.prompt, 'user', context), map.prompt), a, b }
}

function readSystem(row: Row, map: FieldMap): Message[] {
  const value = map.system === undefined ? undefined : pick(row, map.system)
  if (value === undefined || value === null || value === '') return []
  if (typeof value !== 'string') {
    throw new RowFault('wrong_type', `"${map.system}" is ${kindOf(value)}; a system prompt is text.`)
  }
  return [textMessage('system', checkText(value, map.system ?? 'system'))]
}

function readId(row: Row, map: FieldMap, context: ReadContext): string | undefined {
  if (map.id === undefined) return undefined
  const value = pick(row, map.id)
  if (value === undefined) {
    context.notes.once(
      'id_field_absent',
      `Some records have no "${map.id}". They are told apart by their content: the same content twice is one task.`,
    )
  }
  return readExternalId(value, map.id)
}

function readGoldField(row: Row, map: FieldMap, context: ReadContext) {
  // These names say themselves which of the two is better.
  if (map.gold === undefined) return map.a === 'chosen' && map.b === 'rejected' ? 'a' : undefined
  const value = pick(row, map.gold)
  if (value === undefined) {
    context.notes.once('gold_field_absent', `Some records have no "${map.gold}"; they have no known answer.`)
  }
  return readGold(value, row, map)
}

function modelName(row: Row, field: string | undefined, candidate: 'a' | 'b') {
  const value = field === undefined ? undefined : pick(row, field)
  if (value === undefined || value === null || value === '') return {}
  if (typeof value !== 'string') {
    throw new RowFault('wrong_type', `"${field}" is ${kindOf(value)}; the name of a model is text.`)
  }
  return { [candidate]: checkText(value, field ?? '', 200) }
}

/** The value of a field, or of a path into fields and lists when no field has that very name. */
function pick(row: Row, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path]
  let value: unknown = row
  for (const step of path.split('.')) {
    if (Array.isArray(value) && /^\d+$/.test(step)) value = value[Number(step)]
    else if (isRow(value) && Object.hasOwn(value, step)) value = value[step]
    else return undefined
  }
  return value
}
