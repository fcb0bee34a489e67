import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Feature } from '../export/card.ts'
import { type SavedImages, tableFeatures } from '../export/features.ts'
import { huggingFaceFeatures } from '../export/hugging-face.ts'
import type { FileEntry } from '../export/manifest.ts'
import { count, type Split, type Written } from '../export/report.ts'
import { FormatError } from '../faults.ts'
import { columnTypes, imageColumns } from '../parquet/column-type.ts'
import { explainWriting, runProcess } from '../parquet/run-process.ts'
import type { WriteFormat } from '../write-formats.ts'
import { csvLines } from './csv.ts'
import type { SavedAs } from './saved-as.ts'
import { type SpoolFile, spool } from './spool.ts'

export type SaveOptions = {
  format: WriteFormat | 'coco'
  as: SavedAs
  /** Made when it is not there. */
  folder: string
  /** The only file, of all rows. Without it each split has files of its own, named as `datasets` expects them. */
  fileName?: string | undefined
  margin?: 'none' | 'strength' | undefined
  /** Columns that the caller has put on every row beside those of the format. */
  columns?: readonly Feature[] | undefined
  /** Whether rows carry images; with `bytes` (Parquet only) each of them is `{bytes, path}`, the bytes as base64. */
  images?: SavedImages | undefined
  /** Whether `trl-…` rows are bare texts. */
  plain?: boolean | undefined
  /**
   * Whether text cells of a CSV that a spreadsheet would take for a formula (they start with `=`, `+`, `-`, `@`, a tab or a carriage return) start with an
   * apostrophe; default yes. The report counts them as the note `formula_cells_marked`.
   */
  spreadsheetSafe?: boolean | undefined
  /** About how many bytes of JSON go into one Parquet file; default 256 MiB. */
  shardBytes?: number | undefined
}

const SHARD_BYTES = 256 * 1024 * 1024
/** A reader of Parquet holds a whole row group, so that many bytes of JSON go into one. */
const GROUP_BYTES = 32 * 1024 * 1024
const MOST_ROWS_PER_GROUP = 122_880

/**
 * Writes rows into files: JSON Lines, a JSON array, CSV or Parquet. A file appears under its name when it is whole. For CSV and Parquet the rows
 * are kept in files beside the others until all are known.
 * @returns the files, in the order of their names within a split; none when there are no rows
 * @throws FormatError `not_rows` when a format that is one document is wanted as CSV or Parquet; `parquet_failed`
 */
export async function saveWritten(written: Written, options: SaveOptions): Promise<FileEntry[]> {
  const { format, as, folder } = options
  if (format === 'coco' && as !== 'json') throw new FormatError('not_rows', NOT_ROWS)
  await mkdir(folder, { recursive: true })
  const work = await mkdtemp(join(folder, '.groundwork-'))
  try {
    if (as === 'csv' || as === 'parquet') return await saveTable(written, options, work)
    return await saveText(written, options, work)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

const NOT_ROWS = 'COCO is one JSON document and has no rows; write it as JSON.'

/** Takes the blocks as they come. */
async function saveText({ blocks, report }: Written, options: SaveOptions, work: string) {
  const parts = new Map<Split, Awaited<ReturnType<typeof openText>>>()
  try {
    for await (const { split, text } of blocks) {
      const part = parts.get(split) ?? (await openText(join(work, split), options))
      parts.set(split, part)
      await part.write(text)
    }
  } finally {
    for (const part of parts.values()) await part.end()
  }
  const splits = [...parts.keys()]
    .filter((split) => (report.splits[split] ?? 0) > 0)
    .sort()
    .reverse()
  const made = splits.map((split) => ({ split, rows: report.splits[split] ?? 0, path: join(work, split) }))
  return publish(made, options)
}

async function openText(path: string, { as, format }: SaveOptions) {
  const handle = await open(path, 'wx')
  const isArray = as === 'json' && format !== 'coco'
  let first = true
  return {
    async write(text: string) {
      // A line of JSON holds no line end of its own.
      const elements = text.slice(0, -1).replaceAll('\n', ',\n')
      await handle.writeFile(isArray ? `${first ? '[\n' : ',\n'}${elements}` : text)
      first = false
    },
    async end() {
      if (isArray) await handle.writeFile('\n]\n')
      await handle.close()
    },
  }
}

async function saveTable(written: Written, options: SaveOptions, work: string): Promise<FileEntry[]> {
  const { format, as, fileName, shardBytes = SHARD_BYTES, spreadsheetSafe = true } = options
  if (format === 'coco') throw new FormatError('not_rows', NOT_ROWS)
  const limit = as === 'csv' || fileName !== undefined ? Number.POSITIVE_INFINITY : shardBytes
  const spooled = (await spool(written.blocks, work, limit)).sort((left, right) =>
    left.split === right.split ? 0 : left.split === 'train' ? -1 : 1,
  )
  const features = tableFeatures(format, written.report, options)
  const made = spooled.map((file) => ({ ...file, path: `${file.path}.${as}` }))
  if (as === 'parquet') await writeParquet(spooled, features)
  const onMarked = spreadsheetSafe ? () => count(written.report.notes, 'formula_cells_marked') : null
  if (as === 'csv')
    for (const file of spooled) await writeLines(`${file.path}.csv`, csvLines(file.path, features, onMarked))
  return publish(made, options)
}

async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    for await (const line of lines) await handle.writeFile(line)
  } finally {
    await handle.close()
  }
}

async function writeParquet(files: SpoolFile[], features: readonly Feature[]): Promise<void> {
  if (files.length === 0) return
  const shards = files.map(({ path, rows, bytes, longest }) => {
    const rowsPerGroup = Math.floor(GROUP_BYTES / (bytes / rows))
    return {
      from: path,
      to: `${path}.parquet`,
      rowsPerGroup: Math.min(MOST_ROWS_PER_GROUP, Math.max(1, rowsPerGroup)),
      longest,
    }
  })
  const images = imageColumns(features)
  // Without it, and without the card, a loader would show images as bytes.
  const metadata = images.length > 0 ? { huggingface: huggingFaceFeatures(features) } : {}
  const columns = columnTypes(features)
  const running = runProcess({ op: 'write', columns, images, metadata, shards })
  try {
    for await (const _ of running.output);
    const ending = await running.ending()
    if (ending.kind === 'done') return
    throw new FormatError('parquet_failed', explainWriting(ending))
  } finally {
    await running.stop()
  }
}

type Made = { path: string; split: Split; rows: number }

/** Gives the files their names, and says what is in them. */
async function publish(made: Made[], options: SaveOptions): Promise<FileEntry[]> {
  const entries: FileEntry[] = []
  for (const { path, split, rows } of made) {
    const ofSplit = made.filter((each) => each.split === split)
    const index = ofSplit.findIndex((each) => each.path === path)
    const name = options.fileName ?? nameOf(options, split, index, ofSplit.length)
    const { size } = await stat(path)
    entries.push({ name, bytes: size, sha256: await sha256(path), rows, split })
    await rename(path, join(options.folder, name))
  }
  return entries
}

function nameOf({ as, format }: SaveOptions, split: Split, index: number, of: number): string {
  if (format === 'coco') return 'annotations.json'
  if (as !== 'parquet') return `${split}.${as}`
  const five = (value: number) => String(value).padStart(5, '0')
  return `${split}-${five(index)}-of-${five(of)}.parquet`
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
