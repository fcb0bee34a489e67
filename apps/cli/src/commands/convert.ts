import { createReadStream } from 'node:fs'
import { realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import {
  type ConvertOptions,
  convert,
  type FileEntry,
  FormatError,
  parseMap,
  type ReadItem,
  type RejectedItem,
  readFormats,
  type SavedAs,
  type SourceItem,
  savedAs,
  saveWritten,
  type WriteReport,
  writers,
} from '@groundwork/formats'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../environment.ts'
import { type Output, print, progressBar } from '../output.ts'
import { describeFolder } from './convert-folder.ts'

/** How many bad rows are shown; the count is of all. */
const SHOWN = 20

type Target = ConvertOptions['to']
type Flags = {
  from: ConvertOptions['from']
  to: Target
  out: string
  as?: SavedAs
  map?: string
  margin: 'none' | 'strength'
  unpair: boolean
  plain: boolean
  toolArguments: 'string' | 'object'
  spreadsheetSafe: boolean
  testShare: number
  seed: number
  buckets?: string[]
  spanField?: Record<string, string>
  wholeBattles: boolean
  keepSource: boolean
}

/** What was read besides tasks. */
type Source = {
  item: SourceItem | null
  rejectedCount: number
  rejected: Omit<RejectedItem, 'kind'>[]
  notes: { line: number; code: string; message: string }[]
}

/** `convert FILE --to F --out PATH`: any format to any other; needs no server. */
export function addConvert(program: Command): void {
  program
    .command('convert <file>')
    .description('turn a file of feedback into another format, and say what that one cannot hold')
    .addOption(new Option('--from <format>').choices(['auto', ...readFormats]).default('auto'))
    .addOption(new Option('--to <format>').choices([...Object.keys(writers), 'coco']).makeOptionMandatory())
    .requiredOption(
      '--out <path>',
      'a file, if it ends with .jsonl, .json, .csv or .parquet; otherwise a folder',
    )
    .addOption(new Option('--as <container>', 'what the ending of --out says, or jsonl').choices(savedAs))
    .option('--map <fields>', 'fields of any record: prompt=input,a=output_1,b=output_2,gold=label,id=idx')
    .addOption(
      new Option('--margin <kind>', 'a margin column from the strength of preferences')
        .choices(['none', 'strength'])
        .default('none'),
    )
    .option('--unpair', 'count the better answer of a pair as good and the worse as bad', false)
    .option('--plain', 'TRL rows as bare texts instead of messages, where nothing is lost by it', false)
    .addOption(
      new Option('--tool-arguments <kind>', 'arguments of tool calls in TRL and axolotl rows')
        .choices(['string', 'object'])
        .default('string'),
    )
    .option(
      '--no-spreadsheet-safe',
      'leave texts of a CSV as they are, even those that a spreadsheet takes for a formula',
    )
    .option('--test-share <share>', 'part of the rows that goes into a test split', share, 0)
    .option('--seed <n>', 'of the split', wholeNumber, 0)
    .option('--buckets <names>', 'buckets of a Label Studio ranker, best first: best,_,worst', names)
    .option('--span-field <question=field>', 'the field that a span question of Argilla marks', spanField)
    .option('--whole-battles', 'read battles of an arena with more than one exchange', false)
    .option('--keep-source', 'keep the record from which each task was read (raw)', false)
    .action(async (file: string, flags: Flags, command: Command) => {
      const output = command.optsWithGlobals<Output>()
      try {
        await run(file, flags, output)
      } catch (error) {
        throw error instanceof FormatError ? new UsageError(`${file}: ${error.message}`) : error
      }
    })
}

async function run(file: string, flags: Flags, output: Output): Promise<void> {
  const input = await stat(file)
  if (input.isDirectory()) throw new UsageError(`${file} is a folder; name a file in it.`)
  const place = await placeOf(flags)
  await keepInput(file, place)
  const source: Source = { item: null, rejectedCount: 0, rejected: [], notes: [] }
  const existed = await exists(place.folder)
  const bar = progressBar('Converting', Math.ceil(input.size / 1024), 'KiB')
  const { margin, unpair, testShare, seed, plain, toolArguments, spreadsheetSafe } = flags
  const written = convert(counted(file, bar.set), {
    from: flags.map !== undefined && flags.from === 'auto' ? 'pairs' : flags.from,
    to: flags.to,
    ...(flags.map !== undefined && { map: parseMap(flags.map) }),
    choices: {
      buckets: flags.buckets,
      spanFields: flags.spanField,
      battles: flags.wholeBattles ? 'whole' : 'first',
      keepSource: flags.keepSource,
    },
    write: { margin, unpair, testShare, seed, plain, toolArguments },
    file: { path: file, onProgress: (read) => bar.set(Math.ceil((input.size * read) / 1024)) },
    onItem: (item) => take(source, item),
  })
  const saved = await saveWritten(written, { format: flags.to, margin, plain, spreadsheetSafe, ...place })
    .catch(async (error: unknown) => {
      if (!existed) await rm(place.folder, { recursive: true, force: true })
      throw error
    })
    .finally(bar.stop)
  const { report } = written
  if (report.kept === 0) {
    process.exitCode = 1
    if (!existed) await rm(place.folder, { recursive: true, force: true })
  }
  const described =
    place.fileName === undefined && report.kept > 0
      ? await describeFolder({
          file,
          source: source.item,
          rejected: source.rejectedCount,
          flags,
          as: place.as,
          folder: place.folder,
          files: saved,
          report,
        })
      : []
  const files = [...saved, ...described]
  print(output, summaryOf(flags, place.as, source, report, files), () =>
    inWords(flags, source, report, files).join('\n'),
  )
}

/** Where the result goes, and as what. */
async function placeOf({
  out,
  as,
  to,
  testShare,
}: Flags): Promise<{ folder: string; fileName: string | undefined; as: SavedAs }> {
  const ending = savedAs.find((each) => extname(out).toLowerCase() === `.${each}`)
  const isFile = ending !== undefined && !(await isFolder(out))
  if (isFile && as !== undefined && as !== ending) {
    throw new UsageError(`--out ends with .${ending}, but --as says ${as}. Leave one of them out.`)
  }
  if (isFile && testShare > 0)
    throw new UsageError('A test split needs a file of its own: make --out a folder.')
  const kind = as ?? (isFile ? ending : to === 'coco' ? 'json' : 'jsonl')
  return isFile
    ? { folder: dirname(resolve(out)), fileName: basename(out), as: kind }
    : { folder: resolve(out), fileName: undefined, as: kind }
}

/** What is converted must not be written over. */
async function keepInput(
  file: string,
  { folder, fileName }: { folder: string; fileName: string | undefined },
) {
  if (!(await exists(folder))) return
  const inFolder = dirname(await realpath(file)) === (await realpath(folder))
  if (fileName === undefined && inFolder)
    throw new UsageError(
      `${file} stands in the folder that --out names, and could be overwritten. Name another folder.`,
    )
  if (inFolder && (await realpath(file)) === join(await realpath(folder), fileName ?? ''))
    throw new UsageError('--out names the file that is to be converted. Name another one.')
}

async function* counted(file: string, set: (kibibytes: number) => void): AsyncGenerator<Uint8Array> {
  let read = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    read += chunk.length
    set(Math.ceil(read / 1024))
    yield chunk
  }
}

function take(source: Source, item: Exclude<ReadItem, { kind: 'task' }>): void {
  if (item.kind === 'source') source.item = item
  else if (item.kind === 'note')
    source.notes.push({ line: item.line, code: item.code, message: item.message })
  else {
    source.rejectedCount++
    const { line, code, message } = item
    if (source.rejected.length < SHOWN) source.rejected.push({ line, code, message })
  }
}

function summaryOf(flags: Flags, as: SavedAs, source: Source, report: WriteReport, files: FileEntry[]) {
  return {
    from: source.item?.format ?? null,
    container: source.item?.container ?? null,
    evidence: source.item?.evidence ?? null,
    to: flags.to,
    as,
    rows: report.kept,
    splits: report.splits,
    dropped: report.dropped,
    rowNotes: report.notes,
    rejectedCount: source.rejectedCount,
    rejected: source.rejected,
    notes: source.notes,
    files,
  }
}

function inWords(flags: Flags, source: Source, report: WriteReport, files: FileEntry[]): string[] {
  const { item, rejected, rejectedCount, notes } = source
  const data = files.filter(({ split }) => split !== undefined).map(({ name, rows }) => `${name} (${rows})`)
  return [
    ...(item ? [`Read as ${item.format}, ${item.container}. ${item.evidence}`] : []),
    report.kept === 0
      ? 'Nothing could be converted.'
      : `${report.kept} ${report.kept === 1 ? 'row' : 'rows'} of ${flags.to} in ${flags.out}${data.length > 1 ? `: ${data.join(', ')}` : '.'}`,
    ...counts('left out', report.dropped),
    ...counts(plural(report.notes, 'note on kept rows', 'notes on kept rows'), report.notes),
    ...(rejectedCount > 0 ? [`${rejectedCount} bad ${rejectedCount === 1 ? 'row' : 'rows'}:`] : []),
    ...rejected.map(({ line, code, message }) => `  line ${line}: ${message} (${code})`),
    ...(rejectedCount > SHOWN ? [`  … and ${rejectedCount - SHOWN} more`] : []),
    ...notes.map(({ message }) => `Note: ${message}`),
  ]
}

const plural = (by: Record<string, number>, one: string, other: string): string =>
  Object.values(by).reduce((sum, each) => sum + each, 0) === 1 ? one : other

function counts(heading: string, by: Record<string, number>): string[] {
  const entries = Object.entries(by).sort(([, left], [, right]) => right - left)
  const total = entries.reduce((sum, [, each]) => sum + each, 0)
  if (total === 0) return []
  const width = String(total).length
  return [
    `${total} ${heading}:`,
    ...entries.map(([reason, each]) => `  ${String(each).padStart(width)} ${reason.replaceAll('_', ' ')}`),
  ]
}

async function isFolder(path: string): Promise<boolean> {
  return (await statOrNull(path))?.isDirectory() ?? false
}

async function exists(path: string): Promise<boolean> {
  return (await statOrNull(path)) !== null
}

const statOrNull = (path: string) =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })

const names = (text: string): string[] => text.split(',').map((name) => name.trim())

/** Given once for each question. */
function spanField(text: string, known: Record<string, string> = {}): Record<string, string> {
  const [, question, field] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (question === undefined || field === undefined)
    throw new InvalidArgumentError('Write it as question=field.')
  return { ...known, [question]: field }
}

function share(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value < 1) return value
  throw new InvalidArgumentError('It is a number from 0 up to, but not, 1.')
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value)) return value
  throw new InvalidArgumentError('It is a whole number.')
}
