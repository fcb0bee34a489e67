import { findBeside, findDataFile, isHidden, normalPath } from '@groundwork/contract/bundle'
import { SourceError } from './source-error.ts'

type Entry = { path: string; method: number; packed: number; offset: number }

const END = 0x06054b50
const DIRECTORY = 0x02014b50
/** Where the end of a zip may begin: its own length, and a comment. */
const END_BYTES = 22 + 65_535

/** A zip that is looked into before it is sent. */
export type Zip = {
  /** The first bytes of its one file with rows; null when only the server can read it. */
  head: (bytes: number) => Promise<Blob | null>
  /** A file beside the rows, as rows name it; null when there is none, or it has more than `most` bytes. */
  beside: (path: string, most: number) => Promise<Blob | null>
}

/**
 * Null when the file is no zip, or one that only the server can read.
 * @throws SourceError in words for the person when it has not exactly one file with rows
 */
export async function openZip(file: Blob): Promise<Zip | null> {
  const start = new DataView(await file.slice(0, 4).arrayBuffer())
  if (start.byteLength < 4 || start.getUint16(0) !== 0x504b) return null
  const entries = await readDirectory(file)
  if (!entries) return null
  const found = findDataFile(entries.map(({ path }) => path))
  if ('problem' in found) throw new SourceError(found.problem.message)
  const byPath = new Map(entries.map((entry) => [normalPath(entry.path) ?? entry.path, entry]))
  const entry = entries.find(({ path }) => path === found.path)
  return {
    head: async (bytes) => (entry ? firstOf(file, entry, bytes) : null),
    beside: async (path, most) => {
      const wanted = findBeside(byPath, found.path, path)
      const read = wanted && (await firstOf(file, wanted, most + 1))
      return read && read.size <= most ? read : null
    },
  }
}

async function readDirectory(file: Blob): Promise<Entry[] | null> {
  const tail = new DataView(await file.slice(-END_BYTES).arrayBuffer())
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue
    const size = tail.getUint32(at + 12, true)
    const offset = tail.getUint32(at + 16, true)
    return entriesOf(new DataView(await file.slice(offset, offset + size).arrayBuffer()))
  }
  return null
}

function entriesOf(view: DataView): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === DIRECTORY; ) {
    const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true))
    const [name = 0, extra = 0, comment = 0] = lengths
    const path = new TextDecoder().decode(
      new Uint8Array(view.buffer, at + 46, Math.min(name, view.byteLength - at - 46)),
    )
    if (!isHidden(path)) {
      entries.push({
        path,
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        offset: view.getUint32(at + 42, true),
      })
    }
    at += 46 + name + extra + comment
  }
  return entries
}

/** The first bytes of a file in the zip, unpacked no further than they go. */
async function firstOf(file: Blob, entry: Entry, bytes: number): Promise<Blob | null> {
  const local = new DataView(await file.slice(entry.offset, entry.offset + 30).arrayBuffer())
  if (local.byteLength < 30) return null
  const from = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true)
  const packed = file.slice(from, from + entry.packed)
  if (entry.method === 0) return packed.slice(0, bytes)
  if (entry.method !== 8) return null
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let next = await reader.read(); !next.done && size < bytes; next = await reader.read()) {
    parts.push(next.value)
    size += next.value.length
  }
  await reader.cancel().catch(() => {})
  return new Blob(parts).slice(0, bytes)
}
