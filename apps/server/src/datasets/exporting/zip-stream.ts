import { crc32 } from 'node:zlib'

export type ZipFile = { name: string; bytes: number; read: () => AsyncIterable<Uint8Array> }

const MOST_32 = 0xffffffff
const MOST_16 = 0xffff
/** Names are UTF-8; checksum and sizes follow the bytes. */
const FLAGS = 0x0808
/** 1 January 1980: the same files give the same archive at any time. */
const DATE = 0x0021
/** Made on Unix, as a plain file that everybody may read. */
const MADE_BY = 0x032d
const ATTRIBUTES = (0o100644 << 16) >>> 0
const PLAIN = 20
const WITH_64 = 45

/**
 * Files as a zip (PKWARE APPNOTE 6.3, with zip64 where sizes need it) that is written while it is read, nothing compressed: images are already, and so the
 * length is known from the start.
 * @throws Error when a file gives another number of bytes than it says
 */
export async function* zipStream(files: readonly ZipFile[]): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = []
  let at = 0
  for (const file of files) {
    const start = at
    const head = localHeader(file)
    yield head
    let sum = 0
    let bytes = 0
    for await (const chunk of file.read()) {
      sum = crc32(chunk, sum)
      bytes += chunk.length
      yield chunk
    }
    if (bytes !== file.bytes) throw new Error(`${file.name} has ${bytes} bytes instead of ${file.bytes}.`)
    const tail = descriptor(file, sum)
    yield tail
    directory.push(directoryEntry(file, sum, start))
    at += head.length + bytes + tail.length
  }
  const entries = Buffer.concat(directory)
  yield entries
  yield ending(files.length, entries.length, at)
}

/** Bytes of the archive of some files. */
export function zipLength(files: readonly ZipFile[]): number {
  let at = 0
  let directory = 0
  for (const file of files) {
    directory += directoryEntry(file, 0, at).length
    at += localHeader(file).length + file.bytes + descriptor(file, 0).length
  }
  return at + directory + ending(files.length, directory, at).length
}

const isLarge = ({ bytes }: ZipFile) => bytes >= MOST_32

function localHeader(file: ZipFile): Buffer {
  const name = Buffer.from(file.name)
  const large = isLarge(file)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(large ? WITH_64 : PLAIN, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(DATE, 12)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(large ? 20 : 0, 28)
  if (large) {
    head.writeUInt32LE(MOST_32, 18)
    head.writeUInt32LE(MOST_32, 22)
  }
  return Buffer.concat([head, name, ...(large ? [extra64([0, 0])] : [])])
}

function descriptor(file: ZipFile, sum: number): Buffer {
  const tail = Buffer.alloc(isLarge(file) ? 24 : 16)
  tail.writeUInt32LE(0x08074b50, 0)
  tail.writeUInt32LE(sum, 4)
  if (isLarge(file)) {
    tail.writeBigUInt64LE(BigInt(file.bytes), 8)
    tail.writeBigUInt64LE(BigInt(file.bytes), 16)
  } else {
    tail.writeUInt32LE(file.bytes, 8)
    tail.writeUInt32LE(file.bytes, 12)
  }
  return tail
}

function directoryEntry(file: ZipFile, sum: number, start: number): Buffer {
  const name = Buffer.from(file.name)
  const far = start >= MOST_32
  const extra = [...(isLarge(file) ? [file.bytes, file.bytes] : []), ...(far ? [start] : [])]
  const more = extra.length > 0 ? extra64(extra) : Buffer.alloc(0)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(MADE_BY, 4)
  entry.writeUInt16LE(extra.length > 0 ? WITH_64 : PLAIN, 6)
  entry.writeUInt16LE(FLAGS, 8)
  entry.writeUInt16LE(DATE, 14)
  entry.writeUInt32LE(sum, 16)
  entry.writeUInt32LE(Math.min(file.bytes, MOST_32), 20)
  entry.writeUInt32LE(Math.min(file.bytes, MOST_32), 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt16LE(more.length, 30)
  entry.writeUInt32LE(ATTRIBUTES, 38)
  entry.writeUInt32LE(far ? MOST_32 : start, 42)
  return Buffer.concat([entry, name, more])
}

/** The field that holds what 32 bits do not. */
function extra64(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(8 * values.length, 2)
  values.forEach((value, index) => {
    field.writeBigUInt64LE(BigInt(value), 4 + 8 * index)
  })
  return field
}

function ending(count: number, length: number, start: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, MOST_16), 8)
  end.writeUInt16LE(Math.min(count, MOST_16), 10)
  end.writeUInt32LE(Math.min(length, MOST_32), 12)
  end.writeUInt32LE(Math.min(start, MOST_32), 16)
  if (count < MOST_16 && length < MOST_32 && start < MOST_32) return end
  const end64 = Buffer.alloc(76)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(MADE_BY, 12)
  end64.writeUInt16LE(WITH_64, 14)
  end64.writeBigUInt64LE(BigInt(count), 24)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(length), 40)
  end64.writeBigUInt64LE(BigInt(start), 48)
  // Where that record is.
  end64.writeUInt32LE(0x07064b50, 56)
  end64.writeBigUInt64LE(BigInt(start + length), 64)
  end64.writeUInt32LE(1, 72)
  return Buffer.concat([end64, end])
}
