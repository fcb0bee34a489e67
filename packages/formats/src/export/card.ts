import { unitOf } from './left-out.ts'
import type { FileEntry } from './manifest.ts'
import type { Split, WriteReport } from './report.ts'

/** A column of a `datasets` schema: a scalar type, a struct, a list of structs, of one scalar, or of lists of one scalar. */
export type Feature =
  | { name: string; dtype: string }
  | { name: string; struct: Feature[] }
  | { name: string; list: Feature[] | string | { list: string } }

export type CardInput = {
  /** The name under which the set is shown. */
  title: string
  /** What was asked of whom, in plain words; one or more paragraphs of Markdown. */
  description: string
  /** SPDX identifier, or `other`. Null when nobody decided yet: then the card names none. */
  license: string | null
  /** ISO 639-1 codes. */
  languages: readonly string[]
  tags: readonly string[]
  taskCategories: readonly string[]
  /** Name of the configuration, such as `preference`. */
  config: string
  /** The columns; null when rows are of no fixed shape, which leaves the schema to the loader. */
  features: readonly Feature[] | null
  files: readonly FileEntry[]
  report: WriteReport
  /** How a reader loads it, and further sections, as Markdown. */
  sections?: readonly { heading: string; text: string }[]
}

/**
 * The README.md of a Hugging Face dataset: YAML that `load_dataset` reads, then what the set is, in words.
 * Only files with a `split` are data; the others are not loaded.
 */
export function buildCard(input: CardInput): string {
  const data = input.files.filter((file) => file.split !== undefined)
  const lines = ['---', `pretty_name: ${scalar(input.title)}`]
  if (input.license !== null) lines.push(`license: ${scalar(input.license)}`)
  lines.push(...listOf('language', input.languages), `size_categories:\n- ${sizeCategory(input.report.kept)}`)
  lines.push(...listOf('task_categories', input.taskCategories), ...listOf('tags', input.tags))
  if (input.features && data.length > 0) lines.push(...datasetInfo(input, input.features, data))
  if (data.length > 0) {
    lines.push('configs:', `- config_name: ${scalar(input.config)}`, '  data_files:')
    for (const split of ['train', 'test'] as const) {
      lines.push(
        ...pathLines(
          split,
          data.filter((file) => file.split === split),
        ),
      )
    }
  }
  lines.push(
    '---',
    '',
    `# ${input.title.replace(/\s+/g, ' ')}`,
    '',
    input.description,
    '',
    ...rowsSection(input.report),
  )
  for (const { heading, text } of input.sections ?? []) lines.push(`## ${heading}`, '', text, '')
  return `${lines.join('\n').trimEnd()}\n`
}

/** A split has one path, or all of its shards. */
function pathLines(split: Split, files: FileEntry[]): string[] {
  const [first, ...rest] = files.map((file) => scalar(file.name))
  if (first === undefined) return []
  const path =
    rest.length === 0
      ? [`    path: ${first}`]
      : ['    path:', ...[first, ...rest].map((each) => `    - ${each}`)]
  return [`  - split: ${split}`, ...path]
}

function datasetInfo(input: CardInput, features: readonly Feature[], data: FileEntry[]): string[] {
  const splits = (['train', 'test'] as Split[]).flatMap((split) => {
    const files = data.filter((file) => file.split === split)
    if (files.length === 0) return []
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return [
      `  - name: ${split}`,
      `    num_bytes: ${bytes}`,
      `    num_examples: ${input.report.splits[split] ?? 0}`,
    ]
  })
  return [
    'dataset_info:',
    `- config_name: ${scalar(input.config)}`,
    '  features:',
    ...features.flatMap((feature) => featureLines(feature, '  ')),
    '  splits:',
    ...splits,
  ]
}

function featureLines(feature: Feature, indent: string): string[] {
  const head = `${indent}- name: ${scalar(feature.name)}`
  if ('dtype' in feature) return [head, `${indent}  dtype: ${feature.dtype}`]
  const inner = (features: Feature[]) => features.flatMap((each) => featureLines(each, `${indent}  `))
  if ('struct' in feature) return [head, `${indent}  struct:`, ...inner(feature.struct)]
  if (typeof feature.list === 'string') return [head, `${indent}  list: ${feature.list}`]
  if (Array.isArray(feature.list)) return [head, `${indent}  list:`, ...inner(feature.list)]
  return [head, `${indent}  list:`, `${indent}    list: ${feature.list.list}`]
}

function rowsSection(report: WriteReport): string[] {
  const dropped = Object.entries(report.dropped).sort(([left], [right]) => (left < right ? -1 : 1))
  const splits = Object.entries(report.splits).map(([split, rows]) => `${rows} in \`${split}\``)
  const kept = `${report.kept} rows${splits.length > 0 ? ` (${splits.join(', ')})` : ''}.`
  if (dropped.length === 0) return ['## Rows', '', `${kept} Nothing was left out.`, '']
  return [
    '## Rows',
    '',
    `${kept} Left out:`,
    '',
    '| reason | left out |',
    '| --- | ---: |',
    ...dropped.map(
      ([reason, n]) => `| \`${reason}\` | ${n} ${n === 1 ? unitOf(reason).slice(0, -1) : unitOf(reason)} |`,
    ),
    '',
  ]
}

function listOf(key: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${key}:`, ...values.map((value) => `- ${scalar(value)}`)]
}

/** A YAML scalar: bare where that is certain to stay text, otherwise in the quotes of JSON, which YAML reads. */
function scalar(value: string): string {
  const bare =
    /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(value)
  return bare ? value : JSON.stringify(value)
}

/** The size class that the hub uses. */
export function sizeCategory(rows: number): string {
  const steps: [number, string][] = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
    [1e7, '1M<n<10M'],
    [1e8, '10M<n<100M'],
    [1e9, '100M<n<1B'],
  ]
  return steps.find(([below]) => rows < below)?.[1] ?? 'n>1B'
}
