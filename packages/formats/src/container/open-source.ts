import { isParquet, type ParquetOptions, parquetLines } from '../parquet/read.ts'
import { compressionOf, type Unpacked, unpack } from './decompress.ts'
import { joinBytes } from './frame.ts'

/** `unpacked` holds text: what the file holds, or its rows as JSON Lines when it is Parquet. */
export type Opened = { unpacked: Unpacked; isParquet: boolean }

/** A file's bytes, unpacked when they are compressed. `source` is let go of when the iteration ends, early or not. */
export async function openSource(
  source: AsyncIterable<Uint8Array>,
  parquet: ParquetOptions,
): Promise<Opened> {
  const iterator = source[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let size = 0
  while (size < 4) {
    const next = await iterator.next()
    if (next.done) break
    first.push(next.value)
    size += next.value.length
  }
  async function* whole() {
    try {
      yield* first
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  const head = joinBytes(first)
  if (isParquet(head)) {
    const letGo = async () => void (await iterator.return?.())
    return { unpacked: parquetLines(whole(), letGo, parquet), isParquet: true }
  }
  const kind = compressionOf(head)
  return { unpacked: kind ? unpack(whole(), kind) : { chunks: whole(), fault: null }, isParquet: false }
}
