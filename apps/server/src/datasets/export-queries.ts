import { sql, type Tx } from '../platform/index.ts'

export async function insertExport(
  tx: Tx,
  row: {
    id: string
    organizationId: string
    projectId: string
    format: string
    as: string
    options: object
    createdBy: string
    destination: { id: string; name: string } | null
  },
): Promise<void> {
  await tx
    .insertInto('exports')
    .values({
      id: row.id,
      organization_id: row.organizationId,
      project_id: row.projectId,
      format: row.format,
      container: row.as,
      options: JSON.stringify(row.options),
      created_by: row.createdBy,
      ...(row.destination && {
        destination_id: row.destination.id,
        destination_name: row.destination.name,
        delivery_state: 'waiting',
      }),
    })
    .execute()
}

/** A file of an export; `blob` is the key of its bytes in the blob store, null when they are in the database. */
export type StoredFile = { name: string; bytes: number; sha256: string; blob: string | null }

/** Exports with their files; the images that rows name, of which there can be many, are not among them. */
const withFiles = (tx: Tx) =>
  tx
    .selectFrom('exports')
    .selectAll('exports')
    .select(
      sql<StoredFile[]>`coalesce((
      select json_agg(json_build_object('name', f.name, 'bytes', f.bytes, 'sha256', f.sha256, 'blob', f.blob) order by f.name)
      from export_files f where f.export_id = exports.id and not f.is_image), '[]'::json)`.as('files'),
    )

export type ExportRow = Awaited<ReturnType<typeof exportsOfProject>>[number]

export async function exportsOfProject(tx: Tx, projectId: string) {
  return withFiles(tx).where('project_id', '=', projectId).orderBy('created_at', 'desc').limit(100).execute()
}

/** What the newest exports of a project say of its licence, and of help by AI. */
export async function rememberedOptions(
  tx: Tx,
  projectId: string,
): Promise<{ license: string | null; aiPolicy: string }> {
  const { rows } = await sql<{ license: string | null; aiPolicy: string | null }>`
    select (select options ->> 'license' from exports where project_id = ${projectId}
        and options ->> 'license' is not null order by created_at desc limit 1) as license,
      (select options ->> 'aiPolicy' from exports where project_id = ${projectId}
        and coalesce(options ->> 'aiPolicy', '') <> '' order by created_at desc limit 1) as "aiPolicy"`.execute(
    tx,
  )
  return { license: rows[0]?.license ?? null, aiPolicy: rows[0]?.aiPolicy ?? '' }
}

export async function exportById(tx: Tx, id: string): Promise<ExportRow | undefined> {
  return withFiles(tx).where('id', '=', id).executeTakeFirst()
}

/** Starts, or starts again after a crash: whatever an earlier try wrote is dropped. Undefined when it is done already. */
export async function beginExport(tx: Tx, id: string): Promise<ExportRow | undefined> {
  const started = await tx
    .updateTable('exports')
    .set((row) => ({
      status: 'running',
      progress: 0,
      started_at: sql<Date>`now()`,
      error: null,
      attempts: row('attempts', '+', 1),
    }))
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .returning('id')
    .executeTakeFirst()
  if (!started) return undefined
  await tx.deleteFrom('export_files').where('export_id', '=', id).execute()
  await tx.deleteFrom('export_chunks').where('export_id', '=', id).execute()
  return exportById(tx, id)
}

export async function saveProgress(tx: Tx, id: string, progress: number): Promise<void> {
  await tx.updateTable('exports').set({ progress }).where('id', '=', id).execute()
}

export async function saveChunk(
  tx: Tx,
  chunk: { exportId: string; organizationId: string; name: string; n: number; bytes: Buffer },
): Promise<void> {
  await tx
    .insertInto('export_chunks')
    .values({
      export_id: chunk.exportId,
      organization_id: chunk.organizationId,
      name: chunk.name,
      n: chunk.n,
      bytes: chunk.bytes,
    })
    .execute()
}

export async function completeExport(
  tx: Tx,
  done: {
    id: string
    organizationId: string
    rows: number
    dropped: Record<string, number>
    files: StoredFile[]
    images: StoredFile[]
  },
): Promise<void> {
  await insertFiles(tx, done, done.files, false)
  await insertFiles(tx, done, done.images, true)
  await tx
    .updateTable('exports')
    .set({
      status: 'done',
      progress: 1,
      rows: BigInt(done.rows),
      dropped: JSON.stringify(done.dropped),
      images: done.images.length,
      image_bytes: BigInt(done.images.reduce((sum, { bytes }) => sum + bytes, 0)),
      finished_at: sql<Date>`now()`,
    })
    .where('id', '=', done.id)
    .execute()
}

async function insertFiles(
  tx: Tx,
  of: { id: string; organizationId: string },
  files: StoredFile[],
  areImages: boolean,
): Promise<void> {
  await sql`
    insert into export_files (export_id, organization_id, name, bytes, sha256, blob, is_image)
    select ${of.id}::uuid, ${of.organizationId}::uuid, name, bytes, sha256, blob, ${areImages}
    from unnest(${files.map(({ name }) => name)}::text[], ${files.map(({ bytes }) => bytes)}::bigint[],
      ${files.map(({ sha256 }) => sha256)}::text[], ${files.map(({ blob }) => blob)}::text[])
      as given (name, bytes, sha256, blob)`.execute(tx)
}

/** Puts an export back: what stopped it need not stop it again. */
export async function requeueExport(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('exports')
    .set({ status: 'queued', progress: 0 })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .execute()
}

/** @param dropped why no task gave a row, where that is why it failed */
export async function failExport(
  tx: Tx,
  id: string,
  error: string,
  dropped: Record<string, number> | null,
): Promise<void> {
  await tx
    .updateTable('exports')
    .set({
      status: 'failed',
      error,
      finished_at: sql<Date>`now()`,
      delivery_state: sql<'failed' | null>`case when delivery_state is null then null else 'failed' end`,
      delivery_error: sql<
        string | null
      >`case when delivery_state is null then null else 'There are no files to send.' end`,
      ...(dropped && { rows: 0n, dropped: JSON.stringify(dropped) }),
    })
    .where('id', '=', id)
    .execute()
}

export async function fileOf(tx: Tx, exportId: string, name: string): Promise<StoredFile | undefined> {
  const found = await tx
    .selectFrom('export_files')
    .select(['name', 'bytes', 'sha256', 'blob'])
    .where('export_id', '=', exportId)
    .where('name', '=', name)
    .executeTakeFirst()
  return found && { ...found, bytes: Number(found.bytes) }
}

/** The images that rows of an export name, by path. */
export async function imagesOfExport(tx: Tx, exportId: string): Promise<StoredFile[]> {
  const rows = await tx
    .selectFrom('export_files')
    .select(['name', 'bytes', 'sha256', 'blob'])
    .where('export_id', '=', exportId)
    .where('is_image', '=', true)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/**
 * What other exports have put at the place of a destination and this one does not have, by their names. Nothing that somebody else put there is among it.
 */
export async function filesOfOthers(tx: Tx, exportId: string, place: object): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct f.name
    from export_destinations d
    join exports e on e.destination_id = d.id and e.delivery_state in ('done', 'failed') and e.id <> ${exportId}::uuid
    join export_files f on f.export_id = e.id
    where d.place = ${JSON.stringify(place)}::jsonb
      and not exists (select from export_files own where own.export_id = ${exportId}::uuid and own.name = f.name)
    order by f.name`.execute(tx)
  return rows.map(({ name }) => name)
}

export async function chunkOf(
  tx: Tx,
  exportId: string,
  name: string,
  n: number,
): Promise<Buffer | undefined> {
  const row = await tx
    .selectFrom('export_chunks')
    .select('bytes')
    .where('export_id', '=', exportId)
    .where('name', '=', name)
    .where('n', '=', n)
    .executeTakeFirst()
  return row?.bytes
}

/** What became of sending an export's files to its destination. */
export async function saveDelivery(
  tx: Tx,
  id: string,
  delivery: { state: 'waiting' | 'done' | 'failed'; url: string | null; error: string | null },
): Promise<void> {
  await tx
    .updateTable('exports')
    .set({ delivery_state: delivery.state, delivery_url: delivery.url, delivery_error: delivery.error })
    .where('id', '=', id)
    .execute()
}
