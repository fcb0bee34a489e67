import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { findBeside, findDataFile, isHidden } from '@groundwork/contract/bundle'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { AppError } from '../../platform/index.ts'
import { MAX_IMAGE_BYTES, tooLarge } from './image-rules.ts'
import type { MediaFiles } from './resolve-media.ts'
import { entryPath, entryProblem, ZIP_LIMITS, type ZipLimits, type ZipProblem } from './zip-rules.ts'

/** An import as it came: rows, and the files beside them if it is a zip. */
export type Upload = {
  rows: AsyncIterable<Uint8Array>
  /** Name of the file with the rows inside a zip. */
  dataFile: string | null
  files: MediaFiles | null
} & AsyncDisposable

/**
 * Opens an import by its first bytes: a zip goes to a temporary file and is read by its directory, anything else is the rows.
 * @throws AppError import_rejected for a zip that is not taken, body_too_large for one that is too large
 */
export async function openUpload(
  source: AsyncIterable<Uint8Array>,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<Upload> {
  const chunks = source[Symbol.asyncIterator]()
  const head = await firstBytes(chunks, 4)
  if (!isZip(head))
    return { rows: joined(head, chunks), dataFile: null, files: null, [Symbol.asyncDispose]: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-zip-'))
  let zip: ZipFile | undefined
  const close = async () => {
    zip?.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const path = join(folder, 'upload.zip')
    await spool(joined(head, chunks), path, limits)
    zip = await yauzl
      .openPromise(path, {
        lazyEntries: true,
        autoClose: false,
        strictFileNames: true,
        validateEntrySizes: true,
      })
      .catch((error: unknown) =>
        refuse({ code: 'zip_broken', message: `The zip cannot be read: ${said(error)}` }),
      )
    const entries = await readDirectory(zip, limits)
    const data = findDataFile(entries.keys())
    if ('problem' in data) return refuse(data.problem)
    const entry = entries.get(data.path)
    if (!entry) throw new Error('The file with the rows is gone from the directory.')
    return {
      rows: await contentOf(zip, entry),
      dataFile: data.path,
      files: filesOf(zip, entries, data.path),
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

export const isZip = (head: Uint8Array) =>
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))

async function firstBytes(chunks: AsyncIterator<Uint8Array>, wanted: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  while (size < wanted) {
    const next = await chunks.next()
    if (next.done) break
    parts.push(next.value)
    size += next.value.length
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}

async function* joined(head: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  } finally {
    await chunks.return?.()
  }
}

async function spool(source: AsyncIterable<Uint8Array>, path: string, limits: ZipLimits): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.length
      if (size > limits.bytes) {
        const most = Math.floor(limits.bytes / 2 ** 20)
        throw new AppError('body_too_large', `The zip has more than ${most} MB. Split it.`)
      }
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
}

/** Every file of the zip by its path; a zip that is not right in one place is refused as a whole. */
async function readDirectory(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries)
    refuse({ code: 'zip_entries', message: `The zip has more than ${limits.entries} files. Split it.` })
  const entries = new Map<string, Entry>()
  let unpacked = 0
  const all = zip.eachEntry()[Symbol.asyncIterator]()
  for (;;) {
    // The reader itself refuses names with `..`, drive letters and backslashes.
    const next = await all
      .next()
      .catch((error: unknown) =>
        refuse({ code: 'zip_path', message: `The zip cannot be read: ${said(error)}` }),
      )
    if (next.done) return entries
    const entry = next.value
    if (isHidden(entry.fileName)) continue
    const problem = entryProblem(
      {
        fileName: entry.fileName,
        compressedSize: entry.compressedSize,
        uncompressedSize: entry.uncompressedSize,
        compressionMethod: entry.compressionMethod,
        encrypted: entry.isEncrypted(),
      },
      limits,
    )
    if (problem) refuse(problem)
    unpacked += entry.uncompressedSize
    if (unpacked > limits.unpacked) {
      const most = Math.floor(limits.unpacked / 2 ** 20)
      refuse({
        code: 'zip_size',
        message: `The files of the zip have more than ${most} MB together. Split it.`,
      })
    }
    const path = entryPath(entry.fileName) ?? entry.fileName
    if (entries.has(path)) refuse({ code: 'zip_twice', message: `The zip holds "${path}" twice.` })
    entries.set(path, entry)
  }
}

/** Rows name files from where the file with the rows is, or from a folder above it, the nearest first. */
function filesOf(zip: ZipFile, entries: Map<string, Entry>, dataFile: string): MediaFiles {
  return {
    read: async (path) => {
      const entry = findBeside(entries, dataFile, path)
      if (!entry) return null
      if (entry.uncompressedSize > MAX_IMAGE_BYTES) return { problem: tooLarge(entry.uncompressedSize) }
      try {
        const stream = (await contentOf(zip, entry)) as AsyncIterable<Uint8Array>
        return { bytes: Buffer.concat(await Array.fromAsync(stream)) }
      } catch (error) {
        const message = `"${path}" cannot be unpacked: ${said(error)}`
        return { problem: { code: 'image_broken', message } }
      }
    },
  }
}

/** Sizes are checked on the way: what unpacks to more or less than the directory says is an error of the stream. */
const contentOf = (zip: ZipFile, entry: Entry): Promise<Readable> => zip.openReadStreamPromise(entry)

function refuse(problem: ZipProblem): never {
  throw new AppError('import_rejected', problem.message, { reason: problem.code })
}

const said = (error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.slice(0, 200).toWellFormed().replaceAll('\0', '').replace(/\.$/, '')}.`
}
