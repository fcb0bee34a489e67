import type { Deps, PeriodicWork } from '../../platform/index.ts'
import { forgetBlob, takeAbandonedBlob } from './blob-queries.ts'

const EVERY_MS = 600_000

/**
 * Removes one blob that nothing names any more. Its row stays locked until it is gone from the store, and whoever wants to put it again waits for that.
 * @returns whether there was one
 */
export function sweepBlob({ database, storage }: Deps): Promise<boolean> {
  return database.transaction('system', async (tx) => {
    const key = await takeAbandonedBlob(tx)
    if (key === undefined) return false
    await storage.remove(key)
    await forgetBlob(tx, key)
    return true
  })
}

/** Frees what uploads and exports left behind that never came to their end, and what was named by something that is gone. */
export const abandonedBlobs = (deps: Deps): PeriodicWork => ({
  name: 'abandoned blobs',
  everyMs: EVERY_MS,
  work: () => sweepBlob(deps),
})
