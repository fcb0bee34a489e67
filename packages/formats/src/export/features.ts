import { hasImagesColumn } from '../feedback/images.ts'
import type { WriteFormat } from '../write-formats.ts'
import type { Feature } from './card.ts'
import type { WriteReport } from './report.ts'

/** How a column is made up; `messages` are role and content, and JSON where some of them call tools. */
type Kind =
  | 'messages'
  | 'string'
  | 'bool'
  | 'int64'
  | 'json'
  | `list of ${ListItem}`
  | Feature[]
  | { listOf: Feature[] }
type ListItem = 'string' | 'bool' | 'int64' | 'json' | 'lists of string'
type Columns = Record<string, Kind>

const turn: Feature[] = [
  { name: 'from', dtype: 'string' },
  { name: 'value', dtype: 'string' },
]
const score: Feature[] = [
  { name: 'score', dtype: 'int64' },
  { name: 'reasoning', dtype: 'string' },
  { name: 'feedback1', dtype: 'string' },
  { name: 'feedback2', dtype: 'string' },
]
const roleAndContent: Feature[] = [
  { name: 'role', dtype: 'string' },
  { name: 'content', dtype: 'string' },
]
const roleAndParts: Feature[] = [
  { name: 'role', dtype: 'string' },
  {
    name: 'content',
    list: [
      { name: 'type', dtype: 'string' },
      { name: 'text', dtype: 'string' },
    ],
  },
]
const labelStudioData = ['prompt', 'answer1', 'answer2', 'external_id'].map((name) => ({
  name,
  dtype: 'string',
}))

/** The columns of formats whose rows all have them, and whose JSON Lines therefore have a schema too. */
const regular: Partial<Record<WriteFormat, Columns>> = {
  'trl-preference': { prompt: 'messages', chosen: 'messages', rejected: 'messages' },
  'trl-sft': { messages: 'messages' },
  'trl-prompt-completion': { prompt: 'messages', completion: 'messages' },
  'trl-unpaired': { prompt: 'messages', completion: 'messages', label: 'bool' },
  'trl-stepwise': { prompt: 'string', completions: 'list of string', labels: 'list of bool' },
  'trl-prompt-only': { prompt: 'messages' },
  'hh-rlhf': { chosen: 'string', rejected: 'string' },
}

/** The columns of the others, where a table has to name them. What differs from row to row in its shape is JSON. */
const others: Partial<Record<WriteFormat, Columns>> = {
  raw: {
    version: 'int64',
    id: 'string',
    groupId: 'string',
    state: 'string',
    gold: 'string',
    task: 'json',
    annotations: 'list of json',
    judgments: 'list of json',
    consensus: 'json',
  },
  'openai-sft': { messages: 'list of json' },
  'openai-dpo': { input: 'json', preferred_output: 'list of json', non_preferred_output: 'list of json' },
  'openai-rft': { messages: 'list of json', reference_answer: 'json' },
  helpsteer3: {
    domain: 'string',
    language: 'string',
    context: { listOf: roleAndContent },
    response1: 'string',
    response2: 'string',
    overall_preference: 'int64',
    individual_preference: { listOf: score },
  },
  sharegpt: { conversations: { listOf: turn }, system: 'string' },
  alpaca: {
    instruction: 'string',
    input: 'string',
    output: 'string',
    system: 'string',
    history: 'list of lists of string',
  },
  'llama-factory': { conversations: { listOf: turn }, chosen: turn, rejected: turn, system: 'string' },
  argilla: {
    id: 'string',
    status: 'string',
    prompt: 'string',
    response1: 'string',
    response2: 'string',
    'preference.responses': 'list of string',
    'preference.responses.users': 'list of string',
    'preference.responses.status': 'list of string',
    'strength.responses': 'list of int64',
    'strength.responses.users': 'list of string',
    'strength.responses.status': 'list of string',
    'reason.responses': 'list of string',
    'reason.responses.users': 'list of string',
    'reason.responses.status': 'list of string',
  },
  'label-studio': { data: labelStudioData, annotations: 'list of json' },
}

/**
 * The columns of an export for its dataset card; null for JSON Lines that `datasets` is left to recognise by itself. Messages with tool calls
 * differ in their keys, and `datasets` takes such lists only as JSON.
 * @param report of the writer, complete
 */
export function featuresOf(
  format: WriteFormat,
  report: WriteReport,
  options: TableOptions = {},
): Feature[] | null {
  // Tools are on some rows and not on others; a schema that names them would refuse the rest.
  if (!regular[format] || report.notes.with_tools) return null
  return tableFeatures(format, report, options)
}

/**
 * `columns`: further ones that the caller has put on every row. `images`: whether the rows carry images, by their names, or (in Parquet) with their
 * bytes.
 */
type TableOptions = {
  margin?: 'none' | 'strength' | undefined
  columns?: readonly Feature[] | undefined
  images?: SavedImages | undefined
}
export type SavedImages = 'none' | 'names' | 'bytes'

/**
 * The columns of an export as a table, such as Parquet, in which every row has all of them. They follow from the format and from what the report has counted,
 * never from single rows, so that all files of a set have the same.
 * @param report of the writer, complete
 */
export function tableFeatures(
  format: WriteFormat,
  report: WriteReport,
  { margin = 'none', columns: further = [], images = 'none' }: TableOptions = {},
): Feature[] {
  const columns: Columns = regular[format] ?? others[format] ?? axolotl(report)
  return [
    ...Object.entries(columns).map(([name, kind]) => featureOf(name, kind, report, images)),
    ...(images !== 'none' && hasImagesColumn(format)
      ? [{ name: 'images', list: images === 'bytes' ? 'image' : 'string' }]
      : []),
    ...(format === 'trl-preference' && margin !== 'none' ? [{ name: 'margin', dtype: 'float64' }] : []),
    ...(report.notes.with_tools && format !== 'openai-dpo' ? [{ name: 'tools', list: 'json' }] : []),
    ...(report.notes.with_tools && (format === 'openai-sft' || format === 'openai-rft')
      ? [{ name: 'parallel_tool_calls', dtype: 'bool' }]
      : []),
    ...further,
  ]
}

/** Single messages and a list of them; all are JSON when some call tools. */
function axolotl({ notes }: WriteReport): Columns {
  const answer: Kind = notes.with_tool_calls ? 'json' : roleAndContent
  return { messages: 'messages', chosen: answer, rejected: answer }
}

/** The columns of a `trl-preference` export. */
export function preferenceFeatures(withMargin: boolean, report: WriteReport): Feature[] {
  return featuresOf('trl-preference', report, { margin: withMargin ? 'strength' : 'none' }) ?? []
}

function featureOf(name: string, kind: Kind, report: WriteReport, images: SavedImages): Feature {
  if (kind === 'messages') {
    if (report.notes.with_tool_calls) return { name, list: 'json' }
    return { name, list: images === 'none' ? roleAndContent : roleAndParts }
  }
  if (Array.isArray(kind)) {
    // Label Studio keeps all that a task shows in one object.
    const shown = kind === labelStudioData && images !== 'none'
    return { name, struct: shown ? [...kind, { name: 'images', list: 'string' }] : kind }
  }
  if (typeof kind === 'object') return { name, list: kind.listOf }
  if (kind === 'list of lists of string') return { name, list: { list: 'string' } }
  return kind.startsWith('list of ') ? { name, list: kind.slice('list of '.length) } : { name, dtype: kind }
}
