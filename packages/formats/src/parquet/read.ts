import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FREE_BYTES, type Unpacked } from '../container/decompress.ts'
import type { Note } from '../content/notes.ts'
import { RowFault } from '../faults.ts'
import { MAX_EXPANSION } from './request.ts'
import { explain, runProcess } from './run-process.ts'

/** Where the bytes of a source stand as a file, which Parquet can be read from directly. */
export type LocalFile = {
  path: string /** Told how much of the rows is read, 0..1. */
  onProgress?: (share: number) => void
}

export type ParquetOptions = {
  recordBytes: number
  file?: LocalFile | undefined
  onNote: (note: Note) => void
}

/** Whether a file is Parquet, by its first four bytes. */
export function isParquet(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && (head[3] === 0x31 || head[3] === 0x45)
}

/**
 * The rows of a Parquet file as JSON Lines. What it holds is only known from its end, so a source that is no file is first put into one. It is
 * read by a process of its own with a limit on its memory.
 * @param letGo of the source, which is not read when it is a file
 */
export function parquetLines(
  source: AsyncIterable<Uint8Array>,
  letGo: () => Promise<void>,
  options: ParquetOptions,
): Unpacked {
  const unpacked: Unpacked = { chunks: chunks(), fault: null }
  async function* chunks() {
    // The pattern characters of DuckDB's paths cannot be escaped.
    const inPlace = options.file && !/[*?[\]{}]/.test(options.file.path)
    const folder = inPlace ? null : await mkdtemp(join(tmpdir(), 'groundwork-parquet-'))
    try {
      const path = folder === null ? (options.file?.path ?? '') : join(folder, 'source.parquet')
      if (folder !== null) await pipeline(source, createWriteStream(path))
      const { size, broken } = await checkFooter(path)
      if (broken) unpacked.fault = new RowFault('bad_parquet', broken)
      else unpacked.fault = yield* rowsOf(path, size, options)
    } finally {
      await letGo()
      if (folder !== null) await rm(folder, { recursive: true, force: true })
    }
  }
  return unpacked
}

async function* rowsOf(path: string, size: number, { recordBytes, file, onNote }: ParquetOptions) {
  let total = 0
  const maxBytes = Math.max(FREE_BYTES, size * MAX_EXPANSION)
  const running = runProcess({ op: 'read', file: path, recordBytes, maxBytes }, (status) => {
    if (status.kind === 'opened') {
      total = status.rows
      for (const name of status.leftOut) onNote(leftOut(name))
    } else if (status.kind === 'lost') onNote(noImages(status.images))
    else if (status.kind === 'progress' && total > 0) file?.onProgress?.(Math.min(1, status.rows / total))
  })
  try {
    yield* running.output
    const ending = await running.ending()
    return ending.kind === 'done' ? null : new RowFault('bad_parquet', explain(ending, path))
  } finally {
    await running.stop()
  }
}

function leftOut(name: string): Note {
  return {
    code: 'binary_column_left_out',
    message: `The column "${name}" holds bytes and is left out.`,
  }
}

const noImages = (count: number): Note => ({
  code: 'file_left_out',
  message: `Files in the rows that are no PNG, JPEG, GIF, WebP or AVIF are left out: ${count}.`,
  count,
})

/** A Parquet file ends with its footer, the footer's length and `PAR1`. */
async function checkFooter(path: string): Promise<{ size: number; broken: string | null }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size < 12) return { size, broken: CUT_OFF }
    const head = Buffer.alloc(4)
    const tail = Buffer.alloc(8)
    await file.read(head, 0, 4, 0)
    await file.read(tail, 0, 8, size - 8)
    const mark = tail.toString('latin1', 4)
    if (mark === 'PARE' || head.toString('latin1') === 'PARE') return { size, broken: ENCRYPTED }
    if (mark !== 'PAR1') return { size, broken: CUT_OFF }
    return { size, broken: tail.readUInt32LE(0) > size - 12 ? BAD_FOOTER : null }
  } finally {
    await file.close()
  }
}

const CUT_OFF = 'The Parquet file ends early: its footer is missing. Send the whole file again.'
const ENCRYPTED = 'The Parquet file is encrypted. Write it without encryption.'
const BAD_FOOTER = 'The Parquet file is damaged: its footer claims to be longer than the file. Write it anew.'
