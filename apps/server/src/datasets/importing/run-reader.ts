import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { FormatError } from '@groundwork/formats'
import type { ImportItem, ReadEnd, ReadRequest } from './import-item.ts'
import { decodeBlocks } from './item-blocks.ts'
import { readItems } from './read-items.ts'

/** Files up to this size are read in this process, unless they are packed. */
const SMALL_BYTES = 1024 * 1024
/** Of JavaScript, in MiB; and of the whole process where the system can limit it. */
const HEAP = 512
const DATA = 2048

const program = fileURLToPath(new URL('./reader-process.ts', import.meta.url))
/** Where Node keeps the compiled code of readers, so that the next one starts in half the time; a folder that it cannot write does no harm. */
const compiled = fileURLToPath(new URL('../../../../../node_modules/.cache/groundwork', import.meta.url))

/** The process that read the file was ended from outside; the file may have nothing to do with it. */
export class ReaderKilled extends FormatError {
  constructor() {
    super('reader_killed', 'The process that read the file was ended from outside. Send the file again.')
  }
}

/**
 * The items of a file that nobody has looked at yet, in their order, some at a time. What is small and plain is read here; what is large, packed or Parquet in a process of its own
 * with a limit on its memory.
 * @throws FormatError when nothing of the file can be read; ReaderKilled, and what the source throws, after the good rows before it
 */
export async function* itemsOf(
  source: AsyncIterable<Uint8Array>,
  request: ReadRequest,
): AsyncGenerator<ImportItem[]> {
  const chunks = source[Symbol.asyncIterator]()
  const head = await readHead(chunks)
  const rest = after(head, chunks)
  const small = head.ended && !isPacked(head.bytes)
  if (small) for await (const item of readItems(rest, request)) yield [item]
  else yield* readApart(rest, request)
}

type Head = { bytes: Buffer; ended: boolean; error?: unknown }

async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Head> {
  const parts: Uint8Array[] = []
  let size = 0
  while (size < SMALL_BYTES) {
    try {
      const next = await chunks.next()
      if (next.done) return { bytes: Buffer.concat(parts), ended: true }
      parts.push(next.value)
      size += next.value.length
    } catch (error) {
      return { bytes: Buffer.concat(parts), ended: true, error }
    }
  }
  return { bytes: Buffer.concat(parts), ended: false }
}

async function* after(head: Head, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.bytes.length > 0) yield head.bytes
    if ('error' in head) throw head.error
    if (!head.ended)
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  } finally {
    await chunks.return?.()
  }
}

/** gzip, zstd and Parquet by their first bytes. */
function isPacked(head: Buffer): boolean {
  const mark = head.toString('latin1', 0, 4)
  return mark.startsWith('\x1f\x8b') || mark === '\x28\xb5\x2f\xfd' || mark === 'PAR1' || mark === 'PARE'
}

async function* readApart(
  source: AsyncIterable<Uint8Array>,
  request: ReadRequest,
): AsyncGenerator<ImportItem[]> {
  const child = start()
  const closed = once(child, 'close').catch(() => {})
  const sending = send(source, child, request)
  let end: ReadEnd | null = null
  try {
    for await (const block of decodeBlocks(child.stdout as Readable)) {
      const items: ImportItem[] = []
      for (const item of block) {
        if (item.kind === 'end') end = item.end
        else items.push(item)
      }
      if (items.length > 0) yield items
    }
    // Its last word may be that it needs no more of the file.
    child.stdin?.destroy()
    const broken = await sending
    await closed
    if (broken) throw broken.error
    if (end?.kind === 'refused') throw new FormatError(end.code, end.message)
    if (end?.kind === 'failed') throw new Error(end.message)
    // Running out of memory ends it by signals of its own (SIGABRT, SIGTRAP).
    if (!end && endedFromOutside(child)) throw new ReaderKilled()
    if (end?.kind !== 'done') throw new FormatError('reader_crashed', CRASHED)
  } finally {
    child.kill('SIGKILL')
    child.stdin?.destroy()
    child.stdout?.destroy()
    await sending
    await closed
  }
}

const CRASHED = `The file could not be read to its end: reading it takes more than ${HEAP} MiB of memory. Split it, or look for rows of an unusual size.`

const endedFromOutside = ({ signalCode }: ChildProcess): boolean =>
  signalCode === 'SIGKILL' || signalCode === 'SIGTERM' || signalCode === 'SIGINT' || signalCode === 'SIGHUP'

function start(): ChildProcess {
  const own = ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${HEAP}`, program]
  const limited = ['-c', `ulimit -d ${DATA * 1024}; exec "$0" "$@"`, process.execPath, ...own]
  const [command, parameters] = process.platform === 'linux' ? ['/bin/sh', limited] : [process.execPath, own]
  const child = spawn(command, parameters, {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    // It needs nothing of this process, least of all its secrets.
    env: { MALLOC_ARENA_MAX: '2', NODE_COMPILE_CACHE: compiled },
  })
  child.on('error', () => {})
  return child
}

/** Sends the file. Says what the source threw, if it did; a reader that wants no more of it is no error. */
async function send(
  source: AsyncIterable<Uint8Array>,
  child: ChildProcess,
  request: ReadRequest,
): Promise<{ error: unknown } | null> {
  const { stdin } = child
  const control = child.stdio[3] as Writable
  if (!stdin) return null
  const gone = new Promise<void>((resolve) => {
    stdin.on('error', () => resolve())
    stdin.on('close', () => resolve())
  })
  control.on('error', () => {})
  stdin.write(`${JSON.stringify(request)}\n`)
  try {
    for await (const chunk of source) {
      if (stdin.destroyed) return null
      if (!stdin.write(chunk)) await Promise.race([once(stdin, 'drain').catch(() => {}), gone])
    }
    control.end('whole')
    stdin.end()
    return null
  } catch (error) {
    control.end('broken')
    stdin.end()
    return { error }
  }
}
