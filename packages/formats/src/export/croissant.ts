import type { Feature } from './card.ts'
import type { DatasheetFacts } from './datasheet.ts'
import type { FileEntry } from './manifest.ts'
import { seenColumns, type WriteReport } from './report.ts'
import { responsibleAi } from './responsible-ai.ts'

export type CroissantInput = {
  name: string
  description: string
  /** URL of the licence, such as `https://spdx.org/licenses/CC-BY-4.0.html`; null when nobody decided yet. */
  license: string | null
  /** Where the set can be found; null while it is nowhere. */
  url: string | null
  /** Version of the data, `MAJOR.MINOR.PATCH`. */
  version: string
  /** The columns; null leaves the rows undescribed. */
  features: readonly Feature[] | null
  files: readonly FileEntry[]
  /** Which columns the rows of a split have, where it was noted; without it all. */
  report?: WriteReport
  /** How the set came about, for its `rai:` properties. */
  facts?: DatasheetFacts
}

/**
 * Croissant 1.0 metadata (http://mlcommons.org/croissant/1.0) as JSON-LD text: every file with its hash, and for each split the columns of its
 * rows.
 */
export function buildCroissant(input: CroissantInput): string {
  const { name, description, license, url, version, features, files, facts, report } = input
  const data = files.filter((file) => file.split !== undefined)
  const sets = data.flatMap((file) => {
    // A split of several files is as many sets of records.
    const isWhole = data.filter(({ split }) => split === file.split).length === 1
    const id = isWhole ? `${file.split}` : file.name
    const field = (features ?? [])
      .filter((feature) => isReadable(feature, file, report))
      .map((feature) => fieldOf(feature, id, file.name))
    return field.length > 0 ? [{ '@type': 'cr:RecordSet', '@id': id, name: id, field }] : []
  })
  const metadata = {
    '@context': context,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name,
    description,
    ...(license !== null && { license }),
    ...(url !== null && { url }),
    version,
    ...(facts && responsibleAi(facts)),
    distribution: files.map((file) => ({
      '@type': 'cr:FileObject',
      '@id': file.name,
      name: file.name,
      contentUrl: file.name,
      contentSize: `${file.bytes} B`,
      encodingFormat: encodingOf(file.name),
      sha256: file.sha256,
    })),
    ...(sets.length > 0 && { recordSet: sets }),
  }
  return `${JSON.stringify(metadata, null, 2)}\n`
}

/**
 * Lines of JSON have no columns of their own: readers of Croissant find only those that any line has, and take no objects of free shape for texts.
 * Everywhere else such a column is text.
 */
function isReadable(feature: Feature, { name, split }: FileEntry, report: WriteReport | undefined): boolean {
  if (!name.endsWith('.jsonl')) return true
  const columns = report && split && seenColumns(report, split)
  const free =
    ('dtype' in feature && feature.dtype === 'json') || ('list' in feature && feature.list === 'json')
  return !free && (columns?.includes(feature.name) ?? true)
}

const types: Record<string, string> = {
  string: 'sc:Text',
  json: 'sc:Text',
  bool: 'sc:Boolean',
  float64: 'sc:Float',
  int64: 'sc:Integer',
  image: 'sc:ImageObject',
}

function fieldOf(feature: Feature, parent: string, file: string) {
  const id = `${parent}/${feature.name}`
  const source = { fileObject: { '@id': file }, extract: { column: feature.name } }
  const head = { '@type': 'cr:Field', '@id': id, name: feature.name }
  if ('dtype' in feature) return { ...head, dataType: types[feature.dtype] ?? 'sc:Text', source }
  const parts = 'struct' in feature ? feature.struct : feature.list
  if (!Array.isArray(parts)) {
    const item = typeof parts === 'string' ? parts : parts.list
    return { ...head, dataType: types[item] ?? 'sc:Text', repeated: true, source }
  }
  return {
    ...head,
    ...('list' in feature && { repeated: true }),
    subField: parts.map((each) => ({
      '@type': 'cr:Field',
      '@id': `${id}/${each.name}`,
      name: each.name,
      dataType: 'dtype' in each ? (types[each.dtype] ?? 'sc:Text') : 'sc:Text',
      source: { ...source, transform: { jsonPath: each.name } },
    })),
  }
}

function encodingOf(name: string): string {
  if (name.endsWith('.jsonl')) return 'application/jsonlines'
  if (name.endsWith('.parquet')) return 'application/x-parquet'
  if (name.endsWith('.csv')) return 'text/csv'
  if (name.endsWith('.json')) return 'application/json'
  return name.endsWith('.md') ? 'text/markdown' : 'application/octet-stream'
}

/** The terms of Croissant 1.0, as its specification fixes them. */
const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  rai: 'http://mlcommons.org/croissant/RAI/',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
}
