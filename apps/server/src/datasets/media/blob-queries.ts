import { sql, type Tx } from '../../platform/index.ts'

/** Hours for which a blob that nothing names is kept after it was last put or relied on; far longer than any upload or export takes. */
export const GRACE_HOURS = 24

/**
 * Notes that blobs are put, or relied on, now. Waits for a removal of one of them that is under way. Needs the system scope.
 */
export async function touchBlobs(tx: Tx, blobs: readonly { key: string; sha256: string }[]): Promise<void> {
  if (blobs.length === 0) return
  const sorted = [...blobs].sort((one, other) => (one.key < other.key ? -1 : 1))
  await sql`
    insert into blobs (key, sha256)
    select key, sha256 from unnest(
      ${sorted.map(({ key }) => key)}::text[], ${sorted.map(({ sha256 }) => sha256)}::text[]) as given (key, sha256)
    on conflict (key) do update set touched_at = now()`.execute(tx)
}

/**
 * Locks one blob that was not touched for long and that nothing names: no asset of any organization, no file of an export. Needs the system scope.
 * @returns its key; undefined when there is none
 */
export async function takeAbandonedBlob(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ key: string }>`
    select b.key from blobs b
    where b.touched_at < now() - make_interval(hours => ${GRACE_HOURS})
      and not exists (select from assets a where a.sha256 = b.sha256)
      and not exists (select from export_files f where f.blob = b.key)
    order by b.touched_at limit 1 for update of b skip locked`.execute(tx)
  return rows[0]?.key
}

export async function forgetBlob(tx: Tx, key: string): Promise<void> {
  await tx.deleteFrom('blobs').where('key', '=', key).execute()
}
