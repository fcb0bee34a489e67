import type { WriteFormat } from '../write-formats.ts'
import type { Feature } from './card.ts'
import type { WriteReport } from './report.ts'

type Columns = Record<string, 'messages' | 'string' | 'strings' | 'bools' | 'bool'>

/** The columns of each format whose rows have a fixed shape. */
const columns: Partial<Record<WriteFormat, Columns>> = {
  'trl-preference': { prompt: 'messages', chosen: 'messages', rejected: 'messages' },
  'trl-sft': { messages: 'messages' },
  'trl-prompt-completion': { prompt: 'messages', completion: 'messages' },
  'trl-unpaired': { prompt: 'messages', completion: 'messages', label: 'bool' },
  'trl-stepwise': { prompt: 'string', completions: 'strings', labels: 'bools' },
  'trl-prompt-only': { prompt: 'messages' },
  'hh-rlhf': { chosen: 'string', rejected: 'string' },
}

/**
 * The columns of an export for its dataset card; null for formats that `datasets` is left to recognise by itself. Messages with tool calls
 * differ in their keys, and `datasets` takes such lists only as JSON.
 * @param report of the writer, complete
 */
export function featuresOf(
  format: WriteFormat,
  report: WriteReport,
  { margin = 'none' }: { margin?: 'none' | 'strength' } = {},
): Feature[] | null {
  const known = columns[format]
  // Tools are on some rows and not on others; a schema that names them would refuse the rest.
  if (!known || report.notes.with_tools) return null
  const features = Object.entries(known).map(([name, kind]) => featureOf(name, kind, report))
  return format === 'trl-preference' && margin !== 'none'
    ? [...features, { name: 'margin', dtype: 'float64' }]
    : features
}

/** The columns of a `trl-preference` export. */
export function preferenceFeatures(withMargin: boolean, report: WriteReport): Feature[] {
  return featuresOf('trl-preference', report, { margin: withMargin ? 'strength' : 'none' }) ?? []
}

function featureOf(name: string, kind: Columns[string], report: WriteReport): Feature {
  if (kind === 'strings') return { name, list: 'string' }
  if (kind === 'bools') return { name, list: 'bool' }
  if (kind !== 'messages') return { name, dtype: kind }
  if (report.notes.with_tool_calls) return { name, list: 'json' }
  return {
    name,
    list: [
      { name: 'role', dtype: 'string' },
      { name: 'content', dtype: 'string' },
    ],
  }
}
