import { pipeline, Readable } from 'node:stream'
import { constants, createGunzip, createZstdDecompress, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { FormatError, RowFault } from '../faults.ts'

type Compression = 'gzip' | 'zstd'

/** Real text rarely shrinks to a fiftieth. What expands further than this, past the first megabytes, was made to fill a disk. */
const MAX_RATIO = 200
export const FREE_BYTES = 64 * 1024 * 1024

/** By which program a file is compressed, by its first four bytes; null when it is not, or by one that is not read. */
export function compressionOf(head: Uint8Array): Compression | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd ? 'zstd' : null
}

/** A stream of unpacked bytes, and afterwards the reason why it ended before its time, if it did. */
export type Unpacked = { chunks: AsyncIterable<Uint8Array>; fault: RowFault | null }

/** Unpacks as a stream, holding only what the window of the compression needs. Errors of the source itself are thrown on. */
export function unpack(source: AsyncIterable<Uint8Array>, kind: Compression): Unpacked {
  const unpacked: Unpacked = { chunks: chunks(), fault: null }
  async function* chunks() {
    let taken = 0
    let given = 0
    async function* counted() {
      for await (const chunk of source) {
        taken += chunk.length
        yield chunk
      }
    }
    const stream = kind === 'gzip' ? createGunzip() : createZstdDecompress()
    // Errors reach the iteration below; the callback only keeps them from being thrown twice.
    pipeline(Readable.from(counted()), stream, () => {})
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        given += chunk.length
        if (given > FREE_BYTES && given > taken * MAX_RATIO) {
          unpacked.fault = new RowFault('bad_compression', TOO_DENSE)
          return
        }
        yield chunk
      }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!/^(Z_|ZSTD_)/.test(code)) throw error
      unpacked.fault =
        code === 'Z_BUF_ERROR' ? new RowFault('cut_off', CUT_OFF) : new RowFault('bad_compression', DAMAGED)
    }
  }
  return unpacked
}

/**
 * The beginning of a compressed file from its first bytes.
 * @throws FormatError `compressed` when it is damaged or expands beyond reason
 */
function unpackHead(head: Uint8Array, kind: Compression): Uint8Array {
  try {
    return kind === 'gzip'
      ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: FREE_BYTES })
      : zstdDecompressSync(head, { finishFlush: constants.ZSTD_e_flush, maxOutputLength: FREE_BYTES })
  } catch (error) {
    const dense = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new FormatError('compressed', dense ? TOO_DENSE : DAMAGED)
  }
}

const CUT_OFF = 'The compressed file ends early. Send the whole file again; what was read is not read twice.'
const DAMAGED = 'The compressed data is damaged and cannot be unpacked any further. Compress the file anew.'
const TOO_DENSE = `The file expands to more than ${MAX_RATIO} times its size, so it is not unpacked here. Unpack it first.`

/**
 * The first bytes of a file as they are when it is unpacked.
 * @throws FormatError `compressed` when they are damaged, or too few for one block
 */
export function plainHead(firstBytes: Uint8Array): Uint8Array {
  const kind = compressionOf(firstBytes)
  if (!kind) return firstBytes
  const head = unpackHead(firstBytes, kind)
  if (head.length === 0) throw new FormatError('compressed', DAMAGED)
  return head
}
