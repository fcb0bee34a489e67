import { RowFault } from '../faults.ts'
import type { TaskFormat } from '../read-formats.ts'
import { parseJson } from './parse-json.ts'
import type { Row } from './records.ts'

/**
 * What a cell of a CSV holds where its column is no text: JSON (a list or an object, as the format has it), true or false, a number, or a text that is
 * absent when it is empty.
 */
type Cell = 'json' | 'bool' | 'number' | 'text or nothing'
type Cells = Readonly<Record<string, Cell>>

const columns = (kind: Cell, ...names: string[]): Cells =>
  Object.fromEntries(names.map((name) => [name, kind]))
const json = (...names: string[]): Cells => columns('json', ...names)

/** Columns of any format that lists the images of its rows, and of formats whose rows have tools. */
const beside = json('images', 'tools')

/**
 * The columns of each format that its own description says are lists, objects, numbers or booleans. All others are text, whatever they look like; those
 * that may be text or messages (`prompt`, `chosen`, …) are told apart where they are read.
 */
const cells: Partial<Record<TaskFormat, Cells>> = {
  raw: {
    version: 'number',
    ...json('task', 'annotations', 'judgments', 'consensus', 'known', 'answer', 'images', 'provenance'),
    ...json('context', 'candidates', 'metadata'),
    ...columns('text or nothing', 'id', 'groupId', 'state', 'gold', 'externalId'),
  },
  'label-studio': json('data', 'annotations', 'predictions'),
  'rewardbench-2': {
    ...json('chosen', 'rejected', 'models', 'additional_metadata'),
    ...columns('number', 'num_correct', 'num_rejected', 'total_completions'),
  },
  axolotl: { ...beside, ...json('messages', 'chosen', 'rejected') },
  'trl-preference': beside,
  helpsteer3: json('context', 'individual_preference'),
  'helpsteer2-preference': json('three_most_similar_preferences', 'all_preferences_unprocessed'),
  'openai-dpo': json('input', 'preferred_output', 'non_preferred_output'),
  'mt-bench': { ...json('conversation_a', 'conversation_b'), ...columns('number', 'question_id', 'turn') },
  arena: {
    ...json('conversation_a', 'conversation_b', 'full_conversation', 'conv_metadata', 'category_tag'),
    ...json('openai_moderation', 'toxic_chat_tag'),
    ...columns('number', 'turn', 'tstamp', 'evaluation_order'),
    ...columns('bool', 'anony', 'is_code'),
  },
  beavertails: { ...json('category'), is_safe: 'bool' },
  ultrafeedback: json('completions', 'models', 'correct_answers', 'incorrect_answers'),
  nectar: {
    ...json('answers', 'source'),
    ...columns('number', 'turns', 'num_responses'),
    good_natured: 'bool',
  },
  oasst: {
    ...json('prompt', 'labels', 'emojis', 'detoxify', 'events'),
    ...columns('number', 'rank', 'review_count'),
    ...columns('bool', 'deleted', 'synthetic', 'review_result'),
    ...columns('text or nothing', 'parent_id', 'model_name', 'tree_state'),
  },
  prm800k: json('question', 'label'),
  'hh-red-team': json('tags'),
  sharegpt: { ...beside, ...json('conversations'), kto_tag: 'bool' },
  'openai-rft': { ...beside, ...json('messages'), parallel_tool_calls: 'bool' },
  'openai-sft': { ...beside, ...json('messages'), parallel_tool_calls: 'bool' },
  'trl-sft': { ...beside, ...json('messages') },
  'trl-stepwise': json('completions', 'labels'),
  'trl-unpaired': { ...beside, label: 'bool' },
  'trl-prompt-completion': beside,
  'trl-prompt-only': beside,
  alpaca: { ...beside, ...json('history'), kto_tag: 'bool' },
}

/** LLaMA-Factory's answers are turns beside a conversation, and texts beside an instruction. */
const besideConversations: Cells = { ...beside, ...json('conversations', 'chosen', 'rejected') }
const besideInstruction: Cells = { ...beside, ...json('history') }
const argilla = /\.responses(\.users|\.status)?$/

function cellsOf(format: TaskFormat, row: Row): Cells {
  if (format === 'llama-factory') return 'conversations' in row ? besideConversations : besideInstruction
  if (format === 'argilla') return json(...Object.keys(row).filter((name) => argilla.test(name)))
  return cells[format] ?? {}
}

/**
 * A record of a CSV as the format has it: cells of columns that are no text are read as what they are, and are absent when they are empty.
 * @throws RowFault `bad_cell` for a cell that is not what its column holds
 */
export function readCells(row: Row, format: TaskFormat): Row {
  const kinds = cellsOf(format, row)
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, cell]) => {
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
      if (kind === undefined || typeof cell !== 'string') return [[name, cell]]
      return cell === '' ? [] : [[name, readCell(cell, kind, name)]]
    }),
  )
}

function readCell(cell: string, kind: Cell, name: string): unknown {
  if (kind === 'text or nothing') return cell
  if (kind === 'json') return readJson(cell, name)
  const plain = cell.trim().toLowerCase()
  if (kind === 'bool' && (plain === 'true' || plain === 'false')) return plain === 'true'
  if (kind === 'number' && plain !== '' && Number.isFinite(Number(plain))) return Number(plain)
  throw new RowFault('bad_cell', `The cell of the column "${name}" has to hold ${holds[kind]}.`)
}

const holds = { bool: 'true or false', number: 'a number' }

function readJson(cell: string, name: string): unknown {
  try {
    return parseJson(cell, false)
  } catch (error) {
    if (!(error instanceof RowFault) || error.code === 'too_deep') throw error
    const python = /^[[{].*'/s.test(cell) ? ' It looks like Python; write it with json.dumps.' : ''
    throw new RowFault(
      'bad_cell',
      `The cell of the column "${name}" has to hold JSON.${python} ${error.message}`,
    )
  }
}
