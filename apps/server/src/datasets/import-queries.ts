import type { RejectedRow } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

export type ImportCounts = {
  created: number
  duplicates: number
  rejectedCount: number
  rejected: RejectedRow[]
}

export async function insertImport(
  tx: Tx,
  row: {
    id: string
    organizationId: string
    projectId: string
    format: string
    fileName: string | null
    map: string | null
    startedBy: string | null
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
      started_by: row.startedBy,
    })
    .execute()
}

export async function endImport(
  tx: Tx,
  id: string,
  state: 'done' | 'broken_off',
  format: string,
  counts: ImportCounts,
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({
      state,
      format,
      created: counts.created,
      duplicates: counts.duplicates,
      rejected_count: counts.rejectedCount,
      rejected: JSON.stringify(counts.rejected),
      finished_at: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .execute()
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
