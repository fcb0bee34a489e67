import type { Form, ImportFormat, ImportPreview } from '@groundwork/contract'
import { FormatError, previewSource, previewTasks, type TaskItem } from '@groundwork/formats'
import { readMap, rejectedFile } from './import-tasks.ts'
import { comparesTwo, fitItem } from './importing/read-items.ts'

/** A preview reads this much of a file and no more. */
const PREVIEW_BYTES = 256 * 1024
/** The same where rows hold images as data URLs, each of which may be longer than that. */
const WITH_IMAGES_BYTES = 4 * 1024 * 1024
/** What Parquet holds stands at its end, so that it is previewed whole or not at all. */
const WHOLE_BYTES = 64 * 1024 * 1024
const PREVIEW_TASKS = 3
const PREVIEW_ROWS = 5

/** So many rows are held to a form. */
const FITTED_ROWS = 100

type PreviewOptions = {
  format: ImportFormat
  map?: string | undefined
  kinds?: 'pairs' | 'all'
  annotations?: 'ignore' | 'reference' | 'gold'
  /** That the first rows are held to; it decides about `kinds`, too. */
  form?: Form | undefined
}

/** Recognises a file by its first bytes and shows the first tasks that it would give; stores nothing. */
export async function previewImport(
  source: AsyncIterable<Uint8Array>,
  options: PreviewOptions,
): Promise<ImportPreview> {
  const map = readMap(options.map)
  const { head, whole } = await firstBytes(source)
  const { form, format, annotations = 'gold' } = options
  const wanted = {
    ...{ format, map, limit: PREVIEW_TASKS },
    kinds: form ? (comparesTwo(form) ? ('pairs' as const) : ('all' as const)) : options.kinds,
    ...(form && {
      rows: FITTED_ROWS,
      take: (item: TaskItem) => {
        const fitted = fitItem(item, form, annotations)
        return fitted.kind === 'rejected' ? fitted : null
      },
    }),
  }
  try {
    // It is read by a process of its own, with limits of its own.
    const preview =
      whole && isParquet(head)
        ? await previewSource(ReadableStream.from([head]), wanted)
        : previewTasks(head.subarray(0, looksAt(head)), wanted)
    return {
      format: options.format === 'auto' ? preview.format : options.format,
      evidence: preview.evidence,
      fields: preview.fields,
      rows: preview.sampleRows.slice(0, PREVIEW_ROWS).map((row) => ({ ...row })),
      suggestedMap: preview.suggestedMap ? { ...preview.suggestedMap } : null,
      tasks: preview.tasks,
      rejected: preview.rejected,
      fit: form ? { rows: preview.looked, misfits: preview.misfits } : null,
    }
  } catch (error) {
    throw error instanceof FormatError ? rejectedFile(error) : error
  }
}

const looksAt = (head: Buffer): number =>
  head.subarray(0, PREVIEW_BYTES).includes('data:image/') ? WITH_IMAGES_BYTES : PREVIEW_BYTES

const isParquet = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1'

/** The rest is read and thrown away: an answer to a half-read request would reach nobody. */
async function firstBytes(source: AsyncIterable<Uint8Array>): Promise<{ head: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  let kept = 0
  for await (const chunk of source) {
    const first = chunks[0] ?? chunk
    if (kept < WITH_IMAGES_BYTES || isParquet(first)) {
      chunks.push(chunk)
      kept += chunk.length
    }
    size += chunk.length
    if (size > WHOLE_BYTES) return { head: Buffer.concat(chunks), whole: false }
  }
  return { head: Buffer.concat(chunks), whole: true }
}
