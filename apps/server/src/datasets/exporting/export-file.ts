import type { Deps } from '../../platform/index.ts'
import { CHUNK_BYTES } from '../export-file-writer.ts'
import { chunkOf } from '../export-queries.ts'

/** Where the bytes of a file are: under a key of the blob store, or, without one, in pieces in the database. */
export type ExportFile = { name: string; bytes: number; sha256: string; blob: string | null }

/**
 * The bytes of a file of an export, a piece at a time.
 * @param start first byte
 * @param end the byte after the last
 * @throws Error when some are missing
 */
export async function* readExportFile(
  { database, storage }: Deps,
  job: { id: string; organization_id: string },
  file: ExportFile,
  start = 0,
  end = file.bytes,
): AsyncGenerator<Uint8Array> {
  if (end <= start) return
  if (file.blob !== null) {
    const bytes = await storage.get(file.blob, { start, end: end - 1 })
    if (!bytes) throw new Error(`${file.name} is gone from the store; make the export again.`)
    yield* bytes
    return
  }
  for (let n = Math.floor(start / CHUNK_BYTES); n * CHUNK_BYTES < end; n++) {
    const chunk = await database.transaction({ organization: job.organization_id }, (tx) =>
      chunkOf(tx, job.id, file.name, n),
    )
    if (!chunk) throw new Error(`A part of ${file.name} is missing; make the export again.`)
    const from = n * CHUNK_BYTES
    yield chunk.subarray(Math.max(0, start - from), Math.min(chunk.length, end - from))
  }
}
