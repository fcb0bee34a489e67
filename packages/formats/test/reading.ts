import { Buffer } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type ConvertOptions,
  convert,
  type ReadItem,
  type ReadOptions,
  readTasks,
  type TaskItem,
} from '../src/index.ts'

/** The bytes of a text or of rows as JSON Lines, in chunks of a size that makes boundaries fall anywhere. */
export async function* bytes(content: string | Uint8Array | object[], size = 7): AsyncGenerator<Uint8Array> {
  const text = Array.isArray(content) ? content.map((row) => JSON.stringify(row)).join('\n') : content
  const whole = typeof text === 'string' ? Buffer.from(text) : text
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size)
}

/** Everything that a file gives, except for the first item. */
export async function readAll(
  content: string | Uint8Array | object[],
  options: Partial<ReadOptions> = {},
  size?: number,
): Promise<Exclude<ReadItem, { kind: 'source' }>[]> {
  const items = await Array.fromAsync(readTasks(bytes(content, size), { format: 'auto', ...options }))
  return items.filter((item) => item.kind !== 'source')
}

/** The tasks of a file in which nothing may be wrong. */
export async function readGood(
  content: string | Uint8Array | object[],
  options: Partial<ReadOptions> = {},
  size?: number,
): Promise<TaskItem[]> {
  const items = await readAll(content, options, size)
  const bad = items.filter((item) => item.kind === 'rejected')
  if (bad.length > 0) throw new Error(`Rejected: ${JSON.stringify(bad.slice(0, 3))}`)
  return items.filter((item) => item.kind === 'task')
}

/** `line code` of every rejected record. */
export async function faultsOf(
  content: string | Uint8Array | object[],
  options: Partial<ReadOptions> = {},
  size?: number,
): Promise<string[]> {
  const items = await readAll(content, options, size)
  return items.flatMap((item) => (item.kind === 'rejected' ? [`${item.line} ${item.code}`] : []))
}

/** A file of the shared data, or null when this machine does not have it. */
export function sharedData(name: string): Uint8Array | null {
  const path = fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url))
  return existsSync(path) ? readFileSync(path) : null
}

/** What a file becomes in another format: its rows, and what was left out. */
export async function converted(
  content: string | Uint8Array | object[],
  to: ConvertOptions['to'],
  options: Partial<Omit<ConvertOptions, 'to'>> = {},
) {
  const bad: ReadItem[] = []
  const onItem = (item: ReadItem) => {
    if (item.kind === 'rejected') bad.push(item)
  }
  const { blocks, report } = convert(bytes(content), { from: 'auto', ...options, to, onItem })
  const text = (await Array.fromAsync(blocks)).map((block) => block.text).join('')
  if (bad.length > 0) throw new Error(`Rejected: ${JSON.stringify(bad.slice(0, 3))}`)
  const rows: unknown[] =
    text === ''
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
  return { rows, text, dropped: report.dropped, notes: report.notes, report }
}
