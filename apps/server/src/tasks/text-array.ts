const TEXT_OID = 25
const HEAD_BYTES = 20
const NULL = -1
/** What is kept for the next array; a longer one gets memory of its own. */
const KEPT_BYTES = 4 * 1024 * 1024

let kept = Buffer.alloc(0)

/**
 * A `text[]` parameter as Postgres takes it on the wire: one dimension of elements with their lengths before them, in which nothing is escaped. Texts that are
 * bytes already (UTF-8) are copied as they are. It is made when the driver writes the statement and not before, into memory that all of them share: megabytes
 * of new memory for every batch would have the collector go through everything again and again.
 */
export function textArray(texts: readonly (string | Uint8Array | null)[]): { toPostgres: () => Buffer } {
  return { toPostgres: () => encode(texts) }
}

function encode(texts: readonly (string | Uint8Array | null)[]): Buffer {
  let size = HEAD_BYTES
  for (const text of texts) size += 4 + (text === null ? 0 : sizeOf(text))
  const bytes = memory(size)
  bytes.writeInt32BE(texts.length === 0 ? 0 : 1, 0)
  // Whether there may be nulls.
  bytes.writeInt32BE(1, 4)
  bytes.writeInt32BE(TEXT_OID, 8)
  if (texts.length === 0) return bytes.subarray(0, 12)
  bytes.writeInt32BE(texts.length, 12)
  // Elements count from 1.
  bytes.writeInt32BE(1, 16)
  let at = HEAD_BYTES
  for (const text of texts) {
    const start = at + 4
    if (text === null) at = bytes.writeInt32BE(NULL, at)
    else {
      const length = typeof text === 'string' ? bytes.write(text, start) : copy(text, bytes, start)
      bytes.writeInt32BE(length, at)
      at = start + length
    }
  }
  return bytes.subarray(0, size)
}

function memory(size: number): Buffer {
  if (size > KEPT_BYTES) return Buffer.allocUnsafeSlow(size)
  if (size > kept.length) kept = Buffer.allocUnsafeSlow(Math.min(KEPT_BYTES, 2 * size))
  return kept
}

const sizeOf = (text: string | Uint8Array) =>
  typeof text === 'string' ? Buffer.byteLength(text) : text.length

function copy(text: Uint8Array, to: Buffer, at: number): number {
  to.set(text, at)
  return text.length
}
