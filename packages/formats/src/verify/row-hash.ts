import { createHash } from 'node:crypto'
import { canonicalJson } from '../content/canonical-json.ts'

/** What stands in place of a hash before the first row of a chain. */
export const CHAIN_START = '0'.repeat(64)

/**
 * The link of a row in the chain of its split: the SHA-256 of its canonical JSON (RFC 8785) with `previous_hash` and without `row_hash`. A member that is null
 * counts as one that is not there, since a table has a cell for every column; so a row has the same hash in every container, whatever a reader makes of 1.0.
 * @param previous the hash of the row before, {@link CHAIN_START} for the first
 */
export function rowHash(row: Readonly<Record<string, unknown>>, previous: string): string {
  const { row_hash: _, ...rest } = row
  return createHash('sha256')
    .update(canonicalJson(withoutNulls({ ...rest, previous_hash: previous })))
    .digest('hex')
}

/** In lists a null keeps its place. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null && each !== undefined)
      .map(([name, each]) => [name, withoutNulls(each)]),
  )
}
