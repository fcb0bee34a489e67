import { sign } from 'node:crypto'
import {
  type ExportContainer,
  type ExportFormat,
  type ExportOptions,
  exportOptions,
  fromMicros,
} from '@groundwork/contract'
import {
  buildCard,
  buildCroissant,
  buildDatasheet,
  buildManifest,
  canonicalJson,
  type DatasheetFacts,
  type Feature,
  type FileEntry,
  featuresOf,
  imageUsage,
  labelStudioConfig,
  llamaFactoryDatasetInfo,
  usageOf,
  type WriteReport,
} from '@groundwork/formats'
import { type ProjectHeader, trueWage } from '../../projects/index.ts'
import type { ConsensusSource, ProjectQuality } from '../../quality/index.ts'
import type { Plan } from '../feedback/registry.ts'
import type { ProjectFacts } from './facts-queries.ts'
import { type ImageStyle, savedImages } from './image-style.ts'
import { policiesOf } from './policies.ts'
import type { RowChain } from './row-columns.ts'
import type { SigningKey } from './sealed.ts'

export type Described = {
  plan: Plan
  project: ProjectHeader
  format: ExportFormat
  as: ExportContainer
  options: ExportOptions
  version: string
  source: ConsensusSource
  report: WriteReport
  /** The data, and what stands beside it row by row. */
  files: FileEntry[]
  /** Files that rows name; the manifest lists them, and the other descriptions say where they are. */
  images: FileEntry[]
  imageStyle: ImageStyle
  columns: Feature[]
  facts: ProjectFacts
  agreement: ProjectQuality['agreement'] | null
  chain: RowChain
  key: SigningKey
}

/** Everything beside the data but the manifest: what the set is, in words and for programs. */
export function describe(set: Described): { name: string; text: string }[] {
  const { format, as, options, files } = set
  const features = columnsOf(set)
  const margin = format === 'trl-preference' && options.margin === 'strength'
  const images =
    set.imageStyle === 'files' ? set.images.length > 0 && 'names' : set.imageStyle === 'parquet' && 'bytes'
  const title = set.project.name
  const description = `${set.project.description || 'Human judgments of model outputs.'}\n\nJudged by paid people on Groundwork under guideline version ${set.project.guideline_version}.`
  const facts = factsOf(set)
  const card = buildCard({
    title,
    description,
    license: options.license,
    languages: [],
    tags: ['human-feedback', ...tagsOf(format)],
    taskCategories: format === 'raw' || format === 'coco' ? [] : ['text-generation'],
    config: format === 'trl-preference' ? 'preference' : 'default',
    features,
    files: format === 'coco' ? [] : files,
    report: set.report,
    sections: [
      ...(format === 'raw' || format === 'coco' ? [] : usageOf(format, { margin })),
      ...imageUsage(format, images),
      ...(options.provenance ? [{ heading: 'Verify', text: VERIFY }] : []),
    ],
  })
  const croissant = buildCroissant({
    name: title,
    description,
    license: options.license && `https://spdx.org/licenses/${encodeURIComponent(options.license)}.html`,
    url: null,
    version: '1.0.0',
    // Its rows are the elements of one document, which has no columns.
    features: as === 'json' ? null : features,
    files,
    report: set.report,
    facts,
  })
  return [
    { name: 'README.md', text: card },
    { name: 'croissant.json', text: croissant },
    { name: 'DATASHEET.md', text: buildDatasheet(facts) },
    ...llamaFactory(set),
    ...(format === 'label-studio' ? [{ name: 'label-studio-config.xml', text: labelStudio(set) }] : []),
    ...(options.provenance ? [{ name: 'signature.json', text: signatureOf(set) }] : []),
  ]
}

/** What is in the export, what was left out and why, and the hash of every file. */
export function manifestOf(set: Described, described: FileEntry[]): string {
  const { project, format, as, options, source, report, files, key } = set
  return buildManifest({
    format,
    as,
    createdBy: { name: 'Groundwork', version: set.version },
    project: { id: project.id, name: project.name, guidelineVersion: project.guideline_version },
    options: toldOptions(options),
    policies: {
      ...policiesOf(set.plan, source, report),
      ...(options.provenance && {
        signature: `Ed25519 key ${key.keyId}, in signature.json`,
        publicKey: key.publicKey,
      }),
    },
    report,
    files: [...files, ...described, ...set.images],
  })
}

/** The options that every export has ever had, and of the others those that are not at their default. */
function toldOptions(options: ExportOptions): Record<string, unknown> {
  const defaults: Record<string, unknown> = exportOptions.parse({})
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => always.has(name) || canonicalJson(value) !== canonicalJson(defaults[name]),
    ),
  )
}
const always = new Set([
  'minConfidence',
  'minJudgments',
  'margin',
  'strengthMap',
  'includeUnfinished',
  'people',
  'testShare',
  'seed',
])

/** The columns of the data; COCO is one document and has none. */
function columnsOf({ format, as, options, report, columns, imageStyle }: Described): Feature[] | null {
  if (format === 'coco') return null
  const { margin, plain } = options
  return featuresOf(format, report, { as, margin, plain, columns, images: savedImages(imageStyle) })
}

function tagsOf(format: ExportFormat): string[] {
  if (format === 'raw') return []
  if (format === 'trl-preference') return ['preference', 'trl']
  return [format.startsWith('trl-') ? 'trl' : format.startsWith('openai-') ? 'openai' : format]
}

/** What is known about how the set came about. */
function factsOf({ project, facts, agreement, report, options, format }: Described): DatasheetFacts {
  const wage = trueWage(facts.pay, facts.activeMs, project.currency)
  const dropped = Object.values(report.dropped).reduce((sum, each) => sum + each, 0)
  return {
    title: project.name,
    ...(project.description && { purpose: project.description }),
    rows: { kept: report.kept, considered: report.kept + dropped },
    ...(facts.from && { collectedFrom: facts.from }),
    ...(facts.until && { collectedUntil: facts.until }),
    people: { total: facts.people, byLevel: facts.byLevel },
    pay: {
      promisedHourly: `${fromMicros(project.hourly, project.currency)} ${project.currency}`,
      ...(wage && { trueHourly: `${wage.amount} ${wage.currency}` }),
    },
    ...(typeof agreement?.alpha === 'number' && {
      agreement: { measure: "Krippendorff's alpha (nominal)", value: agreement.alpha },
    }),
    guidelineVersions: facts.guidelineVersions,
    ...(options.aiPolicy && { aiPolicy: options.aiPolicy }),
    preprocessing:
      format === 'raw'
        ? `None: every judgment stands as it was given. People appear under ${options.people}.`
        : `Rows were made by the rule "${options.rule}"; the manifest has all options. People appear under ${options.people}.`,
    ...(options.license && { license: options.license }),
  }
}

/** One entry for each split that is one file; LLaMA-Factory knows no others. */
function llamaFactory({
  format,
  as,
  project,
  files,
  imageStyle,
  report,
}: Described): { name: string; text: string }[] {
  if (format !== 'llama-factory' && format !== 'sharegpt' && format !== 'alpaca') return []
  if (as === 'csv') return []
  const name = project.name.replace(/[^A-Za-z0-9_-]+/g, '_')
  const hasTools = report.notes.with_tools !== undefined
  const entries = files.flatMap((file) => {
    if (files.filter((each) => each.split === file.split).length !== 1) return []
    const key = file.split === 'test' ? `${name}_test` : name
    return Object.entries(
      JSON.parse(llamaFactoryDatasetInfo(key, file.name, format, imageStyle !== 'none', hasTools)),
    )
  })
  if (entries.length === 0) return []
  return [{ name: 'dataset_info.json', text: `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n` }]
}

const labelStudio = ({ imageStyle, report }: Described): string =>
  labelStudioConfig(report, imageStyle !== 'none' && !report.seen?.shape?.includes('image'))

/** The ends of the chains and the hashes of the files, signed. */
function signatureOf({ project, format, as, chain, files, key }: Described): string {
  const payload = {
    project: project.id,
    format,
    as,
    chains: chain.heads(),
    files: files
      .map(({ name, sha256 }) => ({ name, sha256 }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  }
  const signature = sign(null, Buffer.from(canonicalJson(payload)), key.privateKey).toString('base64')
  const { keyId, publicKey } = key
  return `${JSON.stringify({ algorithm: 'Ed25519', keyId, publicKey, payload, signature }, null, 2)}\n`
}

const VERIFY = `\`npx groundwork verify\` with this folder checks the files, the rows and the signature. Each row is a link of a chain: \`row_hash\` is the SHA-256 of the row's
canonical JSON (RFC 8785; members that are null count as not there) without \`row_hash\`, and \`previous_hash\` is that of the row before it, 64 zeros for the
first. \`signature.json\` holds the last hash of each chain and the hash of every data file under an Ed25519 signature of the canonical JSON of its \`payload\`;
the instance shows the same public key at \`/api/v1/export-key\`.`
