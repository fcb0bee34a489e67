import { sql, type Tx } from '../../platform/index.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether any task of a project shows an image. */
export async function showsImages(tx: Tx, projectId: string): Promise<boolean> {
  const { rows } = await sql<{ shown: boolean }>`
    select exists (
      select from tasks t join task_assets shown on shown.task_id = t.id
      where t.project_id = ${projectId} and t.state <> 'removed') as shown`.execute(tx)
  return rows[0]?.shown ?? false
}

export type AssetFacts = {
  id: string
  sha256: string
  mime: string
  width: number
  height: number
  bytes: bigint
}

/** The assets of an organization among some ids; ids that are none are passed over. */
export async function assetFacts(
  tx: Tx,
  organizationId: string,
  ids: readonly string[],
): Promise<AssetFacts[]> {
  const known = ids.filter((id) => UUID.test(id))
  if (known.length === 0) return []
  const { rows } = await sql<AssetFacts>`
    select id, sha256, mime, width, height, bytes from assets
    where organization_id = ${organizationId} and id = any(${known}::uuid[])`.execute(tx)
  return rows
}

/** How many images the tasks of a project show, and how large they are together. */
export async function imageTotals(tx: Tx, projectId: string): Promise<{ images: number; bytes: number }> {
  const { rows } = await sql<{ images: number; bytes: number }>`
    select count(*)::int as images, coalesce(sum(bytes), 0)::float8 as bytes from assets where id in (
      select shown.asset_id from tasks t join task_assets shown on shown.task_id = t.id
      where t.project_id = ${projectId} and t.state <> 'removed')`.execute(tx)
  return rows[0] ?? { images: 0, bytes: 0 }
}
