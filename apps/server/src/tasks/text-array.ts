const TEXT_OID = 25
const HEAD_BYTES = 20
const NULL = -1

/**
 * A `text[]` parameter as Postgres takes it on the wire: nothing is escaped, and texts that are bytes already (UTF-8) are copied as they are. In one
 * dimension of elements that each have their length before them; of lists with thousands of long texts Postgres and this process handle each byte once.
 */
export function textArray(texts: readonly (string | Uint8Array | null)[]): Buffer {
  let size = HEAD_BYTES
  for (const text of texts) size += 4 + (text === null ? 0 : sizeOf(text))
  const bytes = Buffer.allocUnsafe(size)
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
  return bytes
}

const sizeOf = (text: string | Uint8Array) =>
  typeof text === 'string' ? Buffer.byteLength(text) : text.length

function copy(text: Uint8Array, to: Buffer, at: number): number {
  to.set(text, at)
  return text.length
}
