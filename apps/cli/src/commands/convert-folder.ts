import { readFile, writeFile } from 'node:fs/promises'
import { basename, join, parse } from 'node:path'
import {
  buildCard,
  buildManifest,
  type ConvertOptions,
  type FileEntry,
  featuresOf,
  fileDigest,
  labelStudioConfig,
  llamaFactoryDatasetInfo,
  type SavedAs,
  type SourceItem,
  usageOf,
  type WriteReport,
} from '@groundwork/formats'

type Converted = {
  /** What was converted. */
  file: string
  source: SourceItem | null
  rejected: number
  flags: {
    to: ConvertOptions['to']
    margin: 'none' | 'strength'
    unpair: boolean
    plain: boolean
    toolArguments: 'string' | 'object'
    spreadsheetSafe: boolean
    testShare: number
    seed: number
  }
  as: SavedAs
  folder: string
  /** The data. */
  files: FileEntry[]
  report: WriteReport
}

/** Writes what belongs beside the data: a dataset card, what a trainer or a tool wants to know, and a manifest of all. */
export async function describeFolder(made: Converted): Promise<FileEntry[]> {
  const { to, margin, unpair, testShare, seed, ...rest } = made.flags
  const options = { margin, unpair, testShare, seed, ...notDefault(rest) }
  const texts: [name: string, text: string][] = to === 'coco' ? [] : [['README.md', cardOf(made, to)]]
  if (to === 'llama-factory' || to === 'sharegpt' || to === 'alpaca') texts.push(...datasetInfo(made, to))
  if (to === 'label-studio') texts.push(['label-studio-config.xml', labelStudioConfig(made.report)])
  const entries: FileEntry[] = []
  for (const [name, text] of texts) entries.push(await write(made.folder, name, text))
  const manifest = buildManifest({
    format: to,
    as: made.as,
    createdBy: { name: 'Groundwork', version: await version() },
    source: {
      name: basename(made.file),
      format: made.source?.format ?? null,
      container: made.source?.container ?? null,
      rejectedRows: made.rejected,
    },
    options,
    report: made.report,
    files: [...made.files, ...entries],
  })
  return [...entries, await write(made.folder, 'manifest.json', manifest)]
}

/** Options that came later are told where they are not at their defaults. */
const notDefault = ({
  plain,
  toolArguments,
  spreadsheetSafe,
}: Pick<Converted['flags'], 'plain' | 'toolArguments' | 'spreadsheetSafe'>) => ({
  ...(plain && { plain }),
  ...(toolArguments !== 'string' && { toolArguments }),
  ...(!spreadsheetSafe && { spreadsheetSafe }),
})

async function write(folder: string, name: string, text: string): Promise<FileEntry> {
  const digest = fileDigest()
  digest.add(text)
  await writeFile(join(folder, name), text)
  return { name, ...digest.done() }
}

function cardOf(
  { file, source, flags, as, files, report }: Converted,
  to: Exclude<ConvertOptions['to'], 'coco'>,
): string {
  const { margin } = flags
  const hasMargin = margin === 'strength' && to === 'trl-preference'
  const features = featuresOf(to, report, { as, margin, plain: flags.plain })
  return buildCard({
    title: parse(file).name,
    description: `Converted by Groundwork from \`${basename(file)}\` (${source?.format ?? 'unknown'}) to \`${to}\`. Who made the source, and under which licence, is not known here.`,
    license: null,
    languages: [],
    tags: ['human-feedback'],
    taskCategories: [],
    config: 'default',
    features,
    files,
    report,
    sections: usageOf(to, { margin: hasMargin }),
  })
}

/** One entry for each split that is one file; LLaMA-Factory knows no others. */
function datasetInfo(
  { file, files, report }: Converted,
  format: 'llama-factory' | 'sharegpt' | 'alpaca',
): [string, string][] {
  const name = parse(file).name.replace(/[^A-Za-z0-9_-]+/g, '_')
  const hasTools = report.notes.with_tools !== undefined
  const entries = files.flatMap(({ name: fileName, split }) => {
    const isWhole = files.filter((each) => each.split === split).length === 1
    if (!isWhole) return []
    return Object.entries(
      JSON.parse(
        llamaFactoryDatasetInfo(split === 'test' ? `${name}_test` : name, fileName, format, false, hasTools),
      ),
    )
  })
  return entries.length === 0
    ? []
    : [['dataset_info.json', `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`]]
}

async function version(): Promise<string> {
  return JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')).version
}
