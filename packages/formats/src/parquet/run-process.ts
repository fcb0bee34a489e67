import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import {
  type FaultReason,
  MAX_COLUMNS,
  MAX_EXPANSION,
  PROCESS_MEMORY,
  type Request,
  type Status,
} from './request.ts'

/** A process that says nothing for so long hangs. */
const SILENCE_MS = 120_000
const program = fileURLToPath(new URL('./process.ts', import.meta.url))

type Ending = Extract<Status, { kind: 'done' | 'fault' }> | { kind: 'crashed' }

export type Running = {
  /** What it reads, as JSON Lines. Ends early when something is wrong; the ending says what. */
  output: AsyncIterable<Uint8Array>
  ending(): Promise<Ending>
  /** Ends it, if it has not ended, and waits until it has. */
  stop(): Promise<void>
}

/** Starts the process for one request. Its memory is limited, it knows nothing of this process' environment, and it ends when this one does. */
export function runProcess(request: Request, onStatus: (status: Status) => void = () => {}): Running {
  const own = [
    '--disable-warning=ExperimentalWarning',
    '--max-old-space-size=128',
    '--max-semi-space-size=4',
    program,
  ]
  // The process watches its own memory. Linux also stops it when that grows faster than it looks; twice as much, because this counts what is only set aside.
  const limited = ['-c', `ulimit -d ${2 * PROCESS_MEMORY * 1024}; exec "$0" "$@"`, process.execPath, ...own]
  const [command, parameters] = process.platform === 'linux' ? ['/bin/sh', limited] : [process.execPath, own]
  const child = spawn(command, parameters, {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
    // One heap for each of a dozen threads would hold on to hundreds of megabytes.
    env: { MALLOC_ARENA_MAX: '2' },
  })
  let ending: Ending = { kind: 'crashed' }
  const closed = Promise.withResolvers<void>()
  child.on('error', () => closed.resolve())
  child.on('close', () => closed.resolve())
  child.stdin?.on('error', () => {})
  child.stdin?.write(`${JSON.stringify(request)}\n`)
  const heard = { refresh: () => {} }
  eachLine(child.stdio[3] as Readable, (line) => {
    heard.refresh()
    const status = JSON.parse(line) as Status
    if (status.kind === 'done' || status.kind === 'fault') ending = status
    onStatus(status)
  })
  return {
    output: listenedTo(child, heard),
    async ending() {
      await closed.promise
      return ending
    },
    stop() {
      child.kill('SIGKILL')
      // What nobody reads any more would keep it from being closed.
      child.stdout?.destroy()
      return closed.promise
    },
  }
}

/** The output as it comes. A process that is waited for and says nothing for too long is ended. */
async function* listenedTo(child: ChildProcess, heard: { refresh: () => void }) {
  const chunks: AsyncIterator<Uint8Array> | undefined = child.stdout?.[Symbol.asyncIterator]()
  for (;;) {
    const silence = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS)
    heard.refresh = () => silence.refresh()
    const next = await chunks?.next().finally(() => clearTimeout(silence))
    if (!next || next.done) return
    yield next.value
  }
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  })
  stream.on('error', () => {})
}

/** What went wrong when writing, for people. */
export function explainWriting(ending: Exclude<Ending, { kind: 'done' }>): string {
  if (ending.kind === 'crashed')
    return 'Parquet could not be written: the program that writes it came to an end. Write JSON Lines.'
  if (ending.reason === 'unavailable') return UNAVAILABLE
  if (ending.reason === 'memory')
    return `Writing Parquet takes more than ${PROCESS_MEMORY} MiB of memory. Write JSON Lines.`
  return `Parquet could not be written: ${reasonOf(ending.detail, '')}.`
}

/**
 * What went wrong when reading, for people.
 * @param hidden a path that is of no use to them
 */
export function explain(ending: Exclude<Ending, { kind: 'done' }>, hidden: string): string {
  if (ending.kind === 'crashed') return CRASHED
  const detail = reasonOf(ending.detail, hidden)
  const sentences: Record<FaultReason, string> = {
    damaged: `The Parquet file is damaged${detail && `: ${detail}`}. Write it anew, or send it whole.`,
    memory: `Reading the Parquet file takes more than ${PROCESS_MEMORY} MiB of memory. Write it with smaller row groups, or as JSON Lines.`,
    dense: DENSE,
    columns: `The Parquet file has ${detail} columns; at most ${MAX_COLUMNS} can be read. Write only those that are needed.`,
    unavailable: UNAVAILABLE,
  }
  return sentences[ending.reason]
}

const UNAVAILABLE = 'Parquet needs DuckDB, which does not run on this machine. Use JSON Lines.'
const CRASHED =
  'The Parquet file cannot be read: the program that reads it came to an end. It is damaged, or needs too much memory. Write it anew, or as JSON Lines.'
const DENSE = `The Parquet file expands to more than ${MAX_EXPANSION} times its size, so it is not read any further. Send it as JSON Lines.`

/** The first sentence of what DuckDB says, without its category and the path. */
function reasonOf(detail: string, hidden: string): string {
  const [first = ''] = (hidden === '' ? detail : detail.replaceAll(hidden, 'the file')).split('\n')
  // Names and bytes of a damaged file stand in some of its messages.
  const said = first
    .replace(/^[A-Z][A-Za-z ]* Error: /, '')
    .replace(/[\p{Cc}\ufffd]/gu, '')
    .replace(/[.!:\s]+$/, '')
  return said.length > 200 ? `${said.slice(0, 199)}…` : said
}
