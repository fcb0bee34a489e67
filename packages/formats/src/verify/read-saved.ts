import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { csvRecords, splitCsvRecord } from '../container/csv.ts'
import type { Frame, Framer } from '../container/frame.ts'
import { jsonArray } from '../container/json-array.ts'
import { jsonLines } from '../container/json-lines.ts'
import { isRow, type Row } from '../container/records.ts'
import { FormatError } from '../faults.ts'
import { parquetLines } from '../parquet/read.ts'

/** More than a row of an export can have, with images of 48 MB in base64. */
const MOST_BYTES = 128 * 1024 * 1024

/** The rows of a file that an export wrote, as they stand in it. Cells of a CSV are text. */
export async function* readSaved(path: string, as: string): AsyncGenerator<Row> {
  if (as === 'csv') return yield* csvRows(path)
  const isTable = as === 'parquet'
  const chunks = isTable ? parquetRows(path) : createReadStream(path)
  for await (const text of records(chunks, as === 'json' ? jsonArray(MOST_BYTES) : jsonLines(MOST_BYTES))) {
    const row: unknown = JSON.parse(text)
    if (!isRow(row)) throw new FormatError('not_rows', `${path} has a record that is no object.`)
    yield isTable ? withImagePaths(row) : row
  }
}

async function* csvRows(path: string): AsyncGenerator<Row> {
  let names: string[] | null = null
  for await (const record of records(createReadStream(path), csvRecords(MOST_BYTES, ','))) {
    const cells = splitCsvRecord(record, ',')
    if (names) yield Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
    else names = cells
  }
}

async function* parquetRows(path: string): AsyncGenerator<Uint8Array> {
  const source = { file: { path }, recordBytes: MOST_BYTES, onNote: () => {} }
  const rows = parquetLines(createReadStream(path), async () => {}, source)
  yield* rows.chunks
  if (rows.fault) throw rows.fault
}

async function* records(chunks: AsyncIterable<Uint8Array>, framer: Framer): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const textOf = (frame: Frame) => {
    if ('fault' in frame) throw frame.fault
    return decoder.decode(frame.bytes)
  }
  for await (const chunk of chunks) for (const frame of framer.push(chunk)) yield textOf(frame)
  for (const frame of framer.end()) yield textOf(frame)
}

/** An image of a row counts by its path, which holds the hash of its bytes. */
function withImagePaths(row: Row): Row {
  const { images } = row
  return Array.isArray(images) ? { ...row, images: images.map(pathOf) } : row
}

function pathOf(image: unknown): unknown {
  const held = typeof image === 'string' ? /^data:image\/(\w+);base64,(.*)$/s.exec(image) : null
  if (!held?.[2]) return image
  const sha256 = createHash('sha256').update(Buffer.from(held[2], 'base64')).digest('hex')
  return `images/${sha256}.${held[1] === 'jpeg' ? 'jpg' : held[1]}`
}
