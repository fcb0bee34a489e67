// Reads a file for an import in a process of its own: whatever is in the file, only this process runs out of memory over it. On its standard input:
// one line of JSON (the request), then the file. On file descriptor 3: `whole` when all of the file has been sent, anything else when it broke off. On
// its standard output: items in blocks (item-blocks.ts), of which the last says how it ended.
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { text } from 'node:stream/consumers'
import { FormatError } from '@groundwork/formats'
import type { ReadEnd, ReadRequest } from './import-item.ts'
import { encodeBlock, type Said } from './item-blocks.ts'
import { readItems } from './read-items.ts'

/** Characters of content that are sent at a time. */
const BLOCK = 256 * 1024
/** Bad rows have no content. */
const MOST_ITEMS = 1_000

class BrokenOff extends Error {}

let waiting: Said[] = []
let size = 0
async function say(item: Said): Promise<void> {
  waiting.push(item)
  if (item.kind === 'task') size += item.payload.length
  // How the file is understood is told at once; the first tasks may be long in coming.
  if (size >= BLOCK || waiting.length >= MOST_ITEMS || item.kind === 'source') await flush()
}
async function flush(): Promise<void> {
  if (waiting.length === 0) return
  const block = encodeBlock(waiting)
  waiting = []
  size = 0
  if (!process.stdout.write(block)) await once(process.stdout, 'drain')
}

async function openInput(): Promise<{ request: ReadRequest; source: AsyncIterable<Uint8Array> }> {
  const chunks: AsyncIterator<Buffer> = process.stdin[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (!head.includes(0x0a)) {
    const next = await chunks.next()
    if (next.done) throw new Error('The request is missing.')
    head = Buffer.concat([head, next.value])
  }
  const end = head.indexOf(0x0a)
  async function* source() {
    if (head.length > end + 1) yield head.subarray(end + 1)
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
    // A file that broke off must not look like one that ends there.
    if ((await text(createReadStream('', { fd: 3 }))) !== 'whole') throw new BrokenOff()
  }
  return { request: JSON.parse(head.toString('utf8', 0, end)), source: source() }
}

async function run(): Promise<ReadEnd> {
  try {
    const { request, source } = await openInput()
    for await (const item of readItems(source, request)) await say(item)
    return { kind: 'done' }
  } catch (error) {
    if (error instanceof BrokenOff) return { kind: 'broken' }
    if (error instanceof FormatError) return { kind: 'refused', code: error.code, message: error.message }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

const end = await run()
await say({ kind: 'end', end })
await flush()
// What is left of the input is nobody's business any more.
process.stdout.end(() => process.exit(0))
