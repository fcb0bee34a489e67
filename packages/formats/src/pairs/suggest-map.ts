import type { Row } from '../container/records.ts'
import { RowFault } from '../faults.ts'
import type { FieldMap } from './field-map.ts'
import { readGold } from './gold.ts'

const prompts = ['prompt', 'input', 'instruction', 'question', 'query', 'context', 'post', 'history', 'user']
const couples: [string, string][] = [
  ['output_1', 'output_2'],
  ['response_1', 'response_2'],
  ['response1', 'response2'],
  ['answer_1', 'answer_2'],
  ['completion_1', 'completion_2'],
  ['output_a', 'output_b'],
  ['response_a', 'response_b'],
  ['answer_a', 'answer_b'],
  ['completion_a', 'completion_b'],
  ['conversation_a', 'conversation_b'],
  ['text_a', 'text_b'],
  ['a', 'b'],
  ['chosen', 'rejected'],
]
const golds = ['gold', 'label', 'winner', 'preference', 'preferred', 'better', 'choice']
const ids = ['id', 'idx', 'index', 'uid', 'uuid', 'question_id', 'prompt_id', 'external_id']

/** A map guessed from the names of fields, for a person to confirm; null when no two fields look like two answers. */
export function suggestMap(rows: readonly Row[]): FieldMap | null {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const find = (wanted: readonly string[]) =>
    wanted.map((each) => names.find((name) => name.toLowerCase() === each)).find((name) => name !== undefined)
  const couple = couples
    .map(([a, b]) => [find([a]), find([b])])
    .find(([a, b]) => a !== undefined && b !== undefined)
  const [a, b] = couple ?? []
  if (a === undefined || b === undefined) return null
  const found = {
    prompt: find(prompts),
    system: find(['system', 'system_prompt']),
    id: uniqueField(rows, find(ids)),
    model_a: find(['model_a', 'model_1', 'model1']),
    model_b: find(['model_b', 'model_2', 'model2']),
  }
  const map: FieldMap = { a, b }
  for (const key of ['prompt', 'system', 'id', 'model_a', 'model_b'] as const) {
    const name = found[key]
    if (name !== undefined) map[key] = name
  }
  const gold = golds
    .map((each) => names.find((name) => name.toLowerCase() === each))
    .find((name) => name !== undefined && holdsGold(rows, { ...map, gold: name }))
  return gold === undefined ? map : { ...map, gold }
}

/** An id that repeats within the sample names something else, such as a prompt shared by several rows. */
function uniqueField(rows: readonly Row[], name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  const values = rows.map((row) => row[name])
  return new Set(values).size === values.length ? name : undefined
}

/** Whether every value of the sample can be read as a known answer. */
function holdsGold(rows: readonly Row[], map: FieldMap): boolean {
  try {
    return rows.some((row) => readGold(row[map.gold ?? ''], row, map) !== undefined)
  } catch (error) {
    if (error instanceof RowFault) return false
    throw error
  }
}
