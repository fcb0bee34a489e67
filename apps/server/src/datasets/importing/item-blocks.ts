import type { ImportItem, NewItem, ReadEnd } from './import-item.ts'

/** What a reader says. */
export type Said = ImportItem | { kind: 'end'; end: ReadEnd }

/** An item in the list that heads a block: of a task all but its content, of which there is the number of bytes. */
type Head = Exclude<Said, NewItem> | (Omit<NewItem, 'payload'> & { bytes: number })

const LENGTHS = 8

/**
 * Items as one block of bytes: the lengths of the two parts that follow (32 bits each), a list of the items as JSON, and the contents of the tasks one after
 * the other. So the process that takes them neither parses nor decodes the contents, which are nearly all of it.
 */
export function encodeBlock(items: readonly Said[]): Buffer {
  let content = 0
  const heads = items.map((item): Head => {
    if (item.kind !== 'task') return item
    const { payload, ...rest } = item
    const bytes = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
    content += bytes
    return { ...rest, bytes }
  })
  const list = JSON.stringify(heads)
  const listBytes = Buffer.byteLength(list)
  const block = Buffer.allocUnsafe(LENGTHS + listBytes + content)
  block.writeUInt32BE(listBytes, 0)
  block.writeUInt32BE(content, 4)
  let at = LENGTHS + block.write(list, LENGTHS)
  for (const item of items) {
    if (item.kind !== 'task') continue
    if (typeof item.payload === 'string') at += block.write(item.payload, at)
    else {
      block.set(item.payload, at)
      at += item.payload.length
    }
  }
  return block
}

/** The items of every block of a stream. A block that is cut off at the end is left out. The contents of the tasks are bytes. */
export async function* decodeBlocks(stream: AsyncIterable<Buffer>): AsyncGenerator<Said[]> {
  const pieces = new Pieces()
  let wanted = LENGTHS
  let lengths: { list: number; content: number } | null = null
  for await (const chunk of stream) {
    pieces.push(chunk)
    while (pieces.size >= wanted) {
      if (!lengths) {
        const head = pieces.take(LENGTHS)
        lengths = { list: head.readUInt32BE(0), content: head.readUInt32BE(4) }
        wanted = lengths.list + lengths.content
      } else {
        yield decodeBlock(pieces, lengths.list)
        lengths = null
        wanted = LENGTHS
      }
    }
  }
}

function decodeBlock(pieces: Pieces, list: number): Said[] {
  const heads = JSON.parse(pieces.take(list).toString()) as Head[]
  return heads.map((head) => {
    if (head.kind !== 'task') return head
    const { bytes, ...rest } = head
    return { ...rest, payload: pieces.take(bytes) }
  })
}

/** Bytes as they came, of which only what lies across two pieces is put together anew. */
class Pieces {
  #pieces: Buffer[] = []
  /** The first that is not used up, and how much of it is. */
  #index = 0
  #used = 0
  size = 0

  push(piece: Buffer): void {
    if (piece.length === 0) return
    if (this.#index > 0) this.#pieces.splice(0, this.#index)
    this.#index = 0
    this.#pieces.push(piece)
    this.size += piece.length
  }

  /** The next bytes, of which there have to be so many. */
  take(bytes: number): Buffer {
    const parts: Buffer[] = []
    for (let missing = bytes; missing > 0; ) {
      const piece = this.#pieces[this.#index]
      if (!piece) throw new RangeError('There are not that many bytes.')
      const part = piece.subarray(this.#used, this.#used + missing)
      parts.push(part)
      missing -= part.length
      this.#used += part.length
      if (this.#used === piece.length) {
        this.#index++
        this.#used = 0
      }
    }
    this.size -= bytes
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  }
}
