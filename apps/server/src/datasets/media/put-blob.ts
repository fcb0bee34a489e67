import type { BlobSource, Deps } from '../../platform/index.ts'
import { touchBlobs } from './blob-queries.ts'

/** Where the bytes of an asset are in the blob store. */
export const blobKey = (sha256: string) => `media/${sha256.slice(0, 2)}/${sha256}`

/**
 * Puts bytes under their hash, unless they are there. Nothing removes them for a day, in which something has to name them: an asset, or a file of an
 * export.
 */
export async function putBlob(
  { database, storage }: Deps,
  blob: { key: string; sha256: string; type: string },
  bytes: () => BlobSource,
): Promise<void> {
  // First: this waits for a removal that is under way, so that what is found afterwards stays.
  await database.transaction('system', (tx) => touchBlobs(tx, [blob]))
  if (!(await storage.exists(blob.key))) await storage.put(blob.key, bytes(), blob.type)
}
