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
  // A block may have a picture in it and come in hundreds of pieces, which are put together once.
  let pieces: Buffer[] = []
  let size = 0
  let wanted = LENGTHS
  for await (const chunk of stream) {
    pieces.push(chunk)
    size += chunk.length
    while (size >= wanted) {
      const bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
      wanted = LENGTHS + bytes.readUInt32BE(0) + bytes.readUInt32BE(4)
      pieces = [bytes]
      if (size < wanted) break
      yield decodeBlock(bytes)
      pieces = [bytes.subarray(wanted)]
      size -= wanted
      wanted = LENGTHS
    }
  }
}

function decodeBlock(block: Buffer): Said[] {
  let at = LENGTHS + block.readUInt32BE(0)
  const heads = JSON.parse(block.toString('utf8', LENGTHS, at)) as Head[]
  return heads.map((head) => {
    if (head.kind !== 'task') return head
    const { bytes, ...rest } = head
    const payload = block.subarray(at, at + bytes)
    at += bytes
    return { ...rest, payload }
  })
}
