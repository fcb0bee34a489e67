import { inOrder, type QuestionKind } from '../argilla/questions.ts'
import { hasImagesColumn } from '../feedback/images.ts'
import type { SavedAs } from '../save/saved-as.ts'
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
/** What differs from row to row in its shape is JSON. */
const columnsOf: Partial<Record<WriteFormat, Columns>> = {
  'trl-preference': { prompt: 'messages', chosen: 'messages', rejected: 'messages' },
  'trl-sft': { messages: 'messages' },
  'trl-prompt-completion': { prompt: 'messages', completion: 'messages' },
  'trl-unpaired': { prompt: 'messages', completion: 'messages', label: 'bool' },
  'trl-stepwise': { prompt: 'string', completions: 'list of string', labels: 'list of bool' },
  'trl-prompt-only': { prompt: 'messages' },
  'hh-rlhf': { chosen: 'string', rejected: 'string' },
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
  'label-studio': { data: 'json', annotations: 'list of json' },
}

/** The responses to a question of Argilla by its kind. */
const responses: Record<QuestionKind, Kind> = {
  text: 'list of string',
  label: 'list of string',
  rating: 'list of int64',
  multi_label: 'list of lists of string',
  ranking: 'list of json',
  span: 'list of json',
}

/** The fields and the questions that the records have; those of a pair where nobody has written any. */
function argilla({ seen = {} }: WriteReport): Columns {
  const fields = seen.field ?? ['response1', 'response2']
  const questions = (seen.question ?? []).map((question) => {
    const [kind = '', ...name] = question.split(' ')
    return { kind: kind as QuestionKind, name: name.join(' ') }
  })
  const asked = inOrder(questions).flatMap(({ name, kind }): [string, Kind][] => [
    [`${name}.responses`, responses[kind]],
    [`${name}.responses.users`, 'list of string'],
    [`${name}.responses.status`, 'list of string'],
  ])
  const texts = ['id', 'status', 'prompt', ...fields].map((name): [string, Kind] => [name, 'string'])
  return Object.fromEntries([...texts, ...asked])
}

/**
 * The columns of an export for its dataset card, as a loader of its files sees them. Messages with tool calls differ in their keys, and `datasets` takes such
 * lists only as JSON. Cells of a CSV that hold no single value are text.
 * @param as what the files are
 * @param report of the writer, complete
 */
export function featuresOf(
  format: WriteFormat,
  report: WriteReport,
  { as = 'jsonl', ...options }: TableOptions & { as?: SavedAs | undefined } = {},
): Feature[] {
  const features = tableFeatures(format, report, options)
  if (as !== 'csv') return features
  return features.map((feature) =>
    'dtype' in feature && feature.dtype !== 'json' ? feature : { name: feature.name, dtype: 'string' },
  )
}

/**
 * `plain`: whether TRL rows are bare texts. `columns`: further ones that the caller has put on every row. `images`: whether the rows carry images, by their names, or (in Parquet) with their
 * bytes.
 */
type TableOptions = {
  margin?: 'none' | 'strength' | undefined
  plain?: boolean | undefined
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
  { margin = 'none', plain = false, columns: further = [], images = 'none' }: TableOptions = {},
): Feature[] {
  const columns = columnsOf[format] ?? (format === 'argilla' ? argilla(report) : axolotl(report))
  return [
    ...Object.entries(columns).map(([name, kind]) =>
      featureOf(name, kind, report, plain && format.startsWith('trl-') ? 'plain' : images),
    ),
    ...(images !== 'none' && hasImagesColumn(format)
      ? [{ name: 'images', list: images === 'bytes' ? 'image' : 'string' }]
      : []),
    ...(format === 'trl-preference' && margin !== 'none' ? [{ name: 'margin', dtype: 'float64' }] : []),
    ...(report.notes.with_group_id ? [{ name: 'group_id', dtype: 'string' }] : []),
    ...(report.notes.with_tools && format !== 'openai-dpo' ? [toolsColumn(format)] : []),
    ...(report.notes.with_candidates ? [{ name: 'candidates', dtype: 'json' }] : []),
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
  return featuresOf('trl-preference', report, { margin: withMargin ? 'strength' : 'none' })
}

/** LLaMA-Factory reads them as text. */
const toolsColumn = (format: WriteFormat): Feature =>
  format === 'sharegpt' || format === 'llama-factory'
    ? { name: 'tools', dtype: 'string' }
    : { name: 'tools', list: 'json' }

function featureOf(name: string, kind: Kind, report: WriteReport, images: SavedImages | 'plain'): Feature {
  if (kind === 'messages') {
    if (images === 'plain') return { name, dtype: 'string' }
    if (report.notes.with_tool_calls) return { name, list: 'json' }
    return { name, list: images === 'none' ? roleAndContent : roleAndParts }
  }
  if (Array.isArray(kind)) return { name, struct: kind }
  if (typeof kind === 'object') return { name, list: kind.listOf }
  if (kind === 'list of lists of string') return { name, list: { list: 'string' } }
  return kind.startsWith('list of ') ? { name, list: kind.slice('list of '.length) } : { name, dtype: kind }
}
