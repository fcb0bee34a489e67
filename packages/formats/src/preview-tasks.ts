import type { TaskPayload } from '@groundwork/contract'
import { plainHead } from './container/decompress.ts'
import { joinBytes } from './container/frame.ts'
import { RecordReader } from './container/records.ts'
import { byteOrderMark, sniffContainer } from './container/sniff.ts'
import { Notes } from './content/notes.ts'
import { type Detected, detectFormat, detectRows } from './detect-format.ts'
import { isParquet } from './parquet/read.ts'
import {
  DEFAULT_RECORD_BYTES,
  HEAD_BYTES,
  openTasks,
  PARQUET,
  planOf,
  type ReadOptions,
  type RejectedItem,
  type TaskItem,
  TaskReader,
  wholeFault,
} from './read-tasks.ts'

/**
 * `limit`: the most tasks, and the most rejected rows, to give back. `take`: which tasks to give back; says why not one of them, and its row is then
 * among the misfits. `rows`: with it, so many tasks and rejected rows are looked at, whatever comes of them.
 */
type PreviewOptions = ReadOptions & {
  limit?: number
  take?: ((item: TaskItem) => Misfit | null) | undefined
  rows?: number | undefined
}
type Misfit = { code: string; message: string }
export type Preview = Detected & {
  tasks: TaskPayload[]
  rejected: Omit<RejectedItem, 'kind'>[]
  misfits: (Misfit & { line: number })[]
  /** How many tasks and rejected rows were looked at. */
  looked: number
}

/**
 * The first tasks that a file would give, from its first bytes. The record that the sample cuts in two is not counted as bad.
 * @throws FormatError as {@link readTasks}
 */
export function previewTasks(firstBytes: Uint8Array, options: PreviewOptions): Preview {
  if (isParquet(firstBytes)) return previewOf(firstBytes, detectFormat(firstBytes), options)
  const head = plainHead(firstBytes)
  return previewOf(head, detectRows(head, sniffContainer(head), options.kinds), options)
}

/**
 * The same from a whole source, of which it reads no more than it needs. Of Parquet that is all of it, because what it holds only stands at its end.
 * @throws FormatError as {@link readTasks}
 */
export async function previewSource(
  source: AsyncIterable<Uint8Array>,
  options: PreviewOptions,
): Promise<Preview> {
  const { unpacked, isParquet: isTable } = await openTasks(source, options, new Notes())
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of unpacked.chunks) {
    parts.push(chunk)
    size += chunk.length
    if (size >= HEAD_BYTES) break
  }
  const head = joinBytes(parts)
  if (size === 0 && unpacked.fault) throw wholeFault(unpacked.fault, isTable)
  const detected = detectRows(head, isTable ? PARQUET : sniffContainer(head), options.kinds)
  if (detected.sampleRows.length === 0 && unpacked.fault) throw wholeFault(unpacked.fault, isTable)
  return previewOf(head, detected, options)
}

function previewOf(head: Uint8Array, detected: Detected, options: PreviewOptions): Preview {
  const most = options.limit ?? 20
  const preview: Preview = { ...detected, tasks: [], rejected: [], misfits: [], looked: 0 }
  if (detected.sampleRows.length === 0 && detected.container.kind === 'parquet') return preview
  if (options.format === 'auto' && detected.format === null && !options.map) return preview
  if (options.format === 'pairs' && !options.map && !detected.suggestedMap) return preview
  const tasks = new TaskReader(planOf(detected, options), new Notes(), options.choices)
  const reader = new RecordReader(detected.container, options.limits?.recordBytes ?? DEFAULT_RECORD_BYTES)
  function* records() {
    yield* reader.push(head.subarray(byteOrderMark(head)))
    for (const record of reader.end()) if ('row' in record) yield record
  }
  function* items() {
    for (const record of records()) yield tasks.read(record)
    // What the sample cuts in two is not bad for that.
    yield [...tasks.end()].filter(({ kind }) => kind === 'task')
  }
  for (const some of items()) {
    for (const item of some) {
      if (item.kind !== 'note') {
        if (options.rows !== undefined && preview.looked >= options.rows) return preview
        preview.looked++
      }
      if (item.kind === 'task') {
        const { line } = item
        const misfit = options.take?.(item)
        if (misfit) preview.misfits.push({ line, code: misfit.code, message: misfit.message })
        else if (preview.tasks.length < most) preview.tasks.push(item.task)
      }
      if (item.kind === 'rejected' && preview.rejected.length < (options.rows ?? most)) {
        preview.rejected.push({ line: item.line, code: item.code, message: item.message })
      }
    }
    if (options.rows === undefined && preview.tasks.length >= most) break
  }
  return preview
}
