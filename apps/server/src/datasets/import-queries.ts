import type { RejectedRow } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'
import type { RejectedItem } from './importing/import-item.ts'

export type ImportRow = NonNullable<Awaited<ReturnType<typeof importById>>>
export type ImportState = 'queued' | 'running' | 'done' | 'broken_off' | 'canceled'

/**
 * For the transactions of a batch: losing the last of them in a crash loses their note of progress, too, and the last transaction of an import waits for
 * all before it.
 */
export const QUICK_COMMIT = 'set local synchronous_commit = off'

/** Bad rows that stand with the import itself; the others are in a table of their own. */
export const TOLD = 1_000
/** Bad rows that are kept for the list. */
const KEPT = 100_000

export async function insertImport(
  tx: Tx,
  row: {
    id: string
    organizationId: string
    projectId: string
    format: string
    fileName: string | null
    map: string | null
    annotations: string
    startedBy: string | null
    background: boolean
    bytesAll: number | null
  },
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      id: row.id,
      organization_id: row.organizationId,
      project_id: row.projectId,
      format: row.format,
      file_name: row.fileName,
      field_map: row.map,
      annotations: row.annotations,
      started_by: row.startedBy,
      background: row.background,
      state: row.background ? 'queued' : 'running',
      bytes_all: row.bytesAll === null ? null : BigInt(row.bytesAll),
    })
    .execute()
}

export async function importById(tx: Tx, id: string) {
  return tx.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function importsOfProject(tx: Tx, projectId: string) {
  return tx
    .selectFrom('imports')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('started_at', 'desc')
    .limit(100)
    .execute()
}

/** Starts a stored file, or goes on with it after a crash. Undefined when there is nothing left to do. */
export async function beginImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  return tx
    .updateTable('imports')
    .set((row) => ({
      state: 'running',
      attempts: row('attempts', '+', 1),
      alive_at: sql<Date>`now()`,
      error: null,
    }))
    .where('id', '=', id)
    .where('background', '=', true)
    .where('state', 'in', ['queued', 'running'])
    .where('cancel_wanted', '=', false)
    .returningAll()
    .executeTakeFirst()
}

export type Advance = {
  items: number
  created: number
  /** Of the created, those with a known answer. */
  known: number
  /** Rows that were judged and from which no known answer follows. */
  unusable: number
  duplicates: number
  rejected: RejectedItem[]
  bytesRead: number
}

/**
 * Notes what a batch brought, in the transaction that stores it.
 * @returns whether somebody wants the import to stop
 */
export async function advanceImport(
  tx: Tx,
  scope: { id: string; organizationId: string },
  batch: Advance,
  itemsBefore: number,
): Promise<boolean> {
  const rejected: RejectedRow[] = batch.rejected.map(({ line, code, message }) => ({ line, code, message }))
  const { rows } = await sql<{ cancel: boolean; told: number }>`
    update imports set items_done = items_done + ${batch.items}::int, created = created + ${batch.created}::int,
      known_answers = known_answers + ${batch.known}::int, without_known_answer = without_known_answer + ${batch.unusable}::int,
      duplicates = duplicates + ${batch.duplicates}::int, rejected_count = rejected_count + ${rejected.length}::int,
      rejected = case when jsonb_array_length(rejected) >= ${TOLD}::int then rejected else
        (select coalesce(jsonb_agg(each), '[]') from (
          select each from jsonb_array_elements(rejected || ${JSON.stringify(rejected)}::jsonb) each limit ${TOLD}::int) first) end,
      bytes_read = greatest(bytes_read, ${batch.bytesRead}::bigint), alive_at = clock_timestamp()
    where id = ${scope.id}
    returning cancel_wanted as cancel, rejected_count as told`.execute(tx)
  const [row] = rows
  if (rejected.length > 0 && (row?.told ?? 0) <= KEPT) {
    await sql`insert into import_rejects (import_id, item, organization_id, line, code, message)
      select ${scope.id}::uuid, ${itemsBefore}::int + n, ${scope.organizationId}::uuid, line, code, message
      from unnest(${rejected.map(({ line }) => line)}::int[], ${rejected.map(({ code }) => code)}::text[],
        ${rejected.map(({ message }) => message)}::text[]) with ordinality as given (line, code, message, n)
      on conflict do nothing`.execute(tx)
  }
  return row?.cancel ?? true
}

/** Says that somebody is still at it, and how far. @returns whether it is to stop */
export async function keepImportAlive(tx: Tx, id: string, bytesRead: number): Promise<boolean> {
  const { rows } = await sql<{ cancel: boolean }>`
    update imports set alive_at = clock_timestamp(), bytes_read = greatest(bytes_read, ${bytesRead}::bigint)
    where id = ${id} returning cancel_wanted as cancel`.execute(tx)
  return rows[0]?.cancel ?? true
}

export async function recognised(tx: Tx, id: string, format: string, evidence: string): Promise<void> {
  await tx.updateTable('imports').set({ format, evidence }).where('id', '=', id).execute()
}

/** Ends an import and drops its file. */
export async function endImport(
  tx: Tx,
  id: string,
  state: Extract<ImportState, 'done' | 'broken_off' | 'canceled'>,
  error: string | null,
): Promise<ImportRow | undefined> {
  await tx.deleteFrom('import_chunks').where('import_id', '=', id).execute()
  return tx
    .updateTable('imports')
    .set({ state, error, finished_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst()
}

/** Wants an import to stop; one that nobody has begun has stopped by that. */
export async function wantCancel(tx: Tx, id: string): Promise<void> {
  await sql`update imports set cancel_wanted = true where id = ${id} and state in ('queued', 'running')`.execute(
    tx,
  )
  const { rows } = await sql<{ id: string }>`update imports set state = 'canceled', finished_at = now()
    where id = ${id} and state = 'queued' returning id`.execute(tx)
  if (rows.length > 0) await tx.deleteFrom('import_chunks').where('import_id', '=', id).execute()
}

/** The file has come whole; from now on the job may read it. @returns false when it was stopped in the meantime */
export async function fileComplete(tx: Tx, id: string, bytes: number): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`update imports set bytes_all = ${bytes}::bigint, alive_at = now()
    where id = ${id} and state = 'queued' and not cancel_wanted returning id`.execute(tx)
  return rows.length > 0
}

export async function saveImportChunk(
  tx: Tx,
  chunk: { importId: string; organizationId: string; n: number; bytes: Buffer },
): Promise<void> {
  await tx
    .insertInto('import_chunks')
    .values({
      import_id: chunk.importId,
      n: chunk.n,
      organization_id: chunk.organizationId,
      bytes: chunk.bytes,
    })
    .execute()
  await sql`update imports set alive_at = clock_timestamp() where id = ${chunk.importId}`.execute(tx)
}

/** All bad rows that were kept, a page at a time. */
export async function rejectedRows(
  tx: Tx,
  importId: string,
  after: number,
  limit: number,
): Promise<(RejectedRow & { item: number })[]> {
  return tx
    .selectFrom('import_rejects')
    .select(['item', 'line', 'code', 'message'])
    .where('import_id', '=', importId)
    .where('item', '>', after)
    .orderBy('item')
    .limit(limit)
    .execute()
}

/**
 * Ends imports whose process died: those that came in as a stream are broken off; those whose file is stored are given back to be gone on with.
 */
export async function findAbandoned(
  tx: Tx,
): Promise<{ id: string; organizationId: string; resumable: boolean }[]> {
  const { rows } = await sql<{ id: string; organizationId: string; resumable: boolean }>`
    select id, organization_id as "organizationId", background and bytes_all is not null as resumable
    from imports where state in ('queued', 'running') and alive_at < now() - interval '2 minutes'
    order by alive_at limit 100 for update skip locked`.execute(tx)
  return rows
}
