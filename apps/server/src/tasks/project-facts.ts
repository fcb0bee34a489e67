import type { Tx } from '../platform/index.ts'
import { formOf, guidelineOf, payTermsOf } from '../projects/index.ts'

/** Entries kept of each kind; the least recently used one goes first. */
const KEPT = 500

/**
 * Remembers what never changes (a version of a form, guideline or pay terms of a project that has been launched), so that a
 * claim or a submit does not read it again. Nothing that can change is remembered in a process.
 */
function remembered<T>(read: (tx: Tx, projectId: string, version: number) => Promise<T>) {
  const known = new Map<string, T>()
  return async (tx: Tx, projectId: string, version: number): Promise<T> => {
    const key = `${projectId}:${version}`
    const value = known.get(key) ?? (await read(tx, projectId, version))
    known.delete(key)
    known.set(key, value)
    const [oldest] = known.keys()
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
    return value
  }
}

export const formOfVersion = remembered(formOf)
export const guidelineOfVersion = remembered(guidelineOf)
export const payOfVersion = remembered(payTermsOf)
