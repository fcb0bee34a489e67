import { to as copyTo } from 'pg-copy-streams'
import type { Database } from '../../platform/index.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * A file that is stored for an import, piece by piece. By COPY, which gives bytes as bytes: in the result of a query the driver takes them as text of
 * hexadecimal digits, which cost more than everything else that this process does for an import. No connection is held between two pieces.
 */
export async function* storedFile(
  database: Database,
  organizationId: string,
  importId: string,
): AsyncGenerator<Buffer> {
  // COPY takes no parameters.
  if (!UUID.test(organizationId) || !UUID.test(importId))
    throw new TypeError('An import is found by two ids.')
  for (let n = 0; ; n++) {
    const piece = await pieceOf(database, organizationId, importId, n)
    if (!piece) return
    yield piece
  }
}

async function pieceOf(
  { pool }: Database,
  organizationId: string,
  importId: string,
  n: number,
): Promise<Buffer | null> {
  const client = await pool.connect()
  let failed = true
  try {
    await client.query(`begin; select set_config('groundwork.organization', '${organizationId}', true)`)
    const rows = client.query(
      copyTo(`copy (select bytes from import_chunks where import_id = '${importId}' and n = ${n})
        to stdout (format binary)`),
    )
    const copied = Buffer.concat(await Array.fromAsync(rows as AsyncIterable<Buffer>))
    await client.query('commit')
    failed = false
    return onlyField(copied)
  } finally {
    // A connection that is left in the middle of something is good for nobody.
    client.release(failed)
  }
}

/** Signature and flags, and then the length of what may follow them. */
const HEAD_BYTES = 15

/** The field of the one row in the binary form of COPY; null when there is none. */
function onlyField(copied: Buffer): Buffer | null {
  const row = HEAD_BYTES + 4 + copied.readUInt32BE(HEAD_BYTES)
  // The number of fields, which is -1 at the end; then a length before each field.
  if (copied.readInt16BE(row) !== 1) return null
  const start = row + 6
  return copied.subarray(start, start + copied.readInt32BE(row + 2))
}
