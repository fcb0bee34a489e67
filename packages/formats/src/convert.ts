import { writeCoco } from './coco/write.ts'
import type { Written } from './export/report.ts'
import type { WriteOptions } from './feedback/out.ts'
import { type ReadItem, type ReadOptions, readTasks, type TaskItem } from './read-tasks.ts'
import { writeFeedback } from './write-feedback.ts'
import type { WriteFormat } from './write-formats.ts'

export type ConvertOptions = Omit<ReadOptions, 'format' | 'kinds'> & {
  from: ReadOptions['format']
  /** `coco` is one document; all others are JSON Lines. */
  to: WriteFormat | 'coco'
  write?: Partial<WriteOptions>
  /** Told everything about the source that is no task: what it is, bad records, notes. */
  onItem?: (item: Exclude<ReadItem, TaskItem>) => void
}

/**
 * Any format to any other as a stream. What the target cannot hold is counted in the report: rows by reason under `dropped`, parts of kept rows under
 * `notes`.
 * @throws FormatError (from the iteration) when nothing of the source can be read
 */
export function convert(source: AsyncIterable<Uint8Array>, options: ConvertOptions): Written {
  const { from, to, write, onItem, ...rest } = options
  async function* tasks() {
    for await (const item of readTasks(source, { ...rest, format: from, kinds: 'all' })) {
      if (item.kind === 'task') yield item
      else onItem?.(item)
    }
  }
  return to === 'coco' ? writeCoco(tasks()) : writeFeedback(to, tasks(), { sourceMargin: true, ...write })
}
