import type { ImportFormat, ImportPreview } from '@groundwork/contract'
import { FormatError, previewTasks } from '@groundwork/formats'
import { readMap, rejectedFile } from './import-tasks.ts'

/** A preview reads this much of a file and no more. */
const PREVIEW_BYTES = 256 * 1024
const PREVIEW_TASKS = 3
const PREVIEW_ROWS = 5

/** Recognises a file by its first bytes and shows the first tasks that it would give; stores nothing. */
export async function previewImport(
  source: AsyncIterable<Uint8Array>,
  options: { format: ImportFormat; map?: string | undefined },
): Promise<ImportPreview> {
  const map = readMap(options.map)
  const head = await firstBytes(source)
  try {
    const preview = previewTasks(head, { format: options.format, map, limit: PREVIEW_TASKS })
    return {
      format: options.format === 'auto' ? preview.format : options.format,
      evidence: preview.evidence,
      fields: preview.fields,
      rows: preview.sampleRows.slice(0, PREVIEW_ROWS).map((row) => ({ ...row })),
      suggestedMap: preview.suggestedMap ? { ...preview.suggestedMap } : null,
      tasks: preview.tasks,
      rejected: preview.rejected,
    }
  } catch (error) {
    throw error instanceof FormatError ? rejectedFile(error) : error
  }
}

/** The rest is read and thrown away: an answer to a half-read request would reach nobody. */
async function firstBytes(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source) {
    if (size < PREVIEW_BYTES) chunks.push(chunk)
    size += chunk.length
    if (size > 64 * PREVIEW_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, PREVIEW_BYTES)
}
