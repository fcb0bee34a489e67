import { sql, type Tx } from '../../platform/index.ts'

export type AssetRow = {
  id: string
  organization_id: string
  sha256: string
  mime: string
  width: number
  height: number
  bytes: bigint
}

const columns = ['id', 'organization_id', 'sha256', 'mime', 'width', 'height', 'bytes'] as const

/** The asset that a file with this hash became before, in the organization of the scope. */
export async function assetOfSource(
  tx: Tx,
  organizationId: string,
  sourceHash: string,
): Promise<AssetRow | undefined> {
  return tx
    .selectFrom('assets')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .where('id', '=', (query) =>
      query
        .selectFrom('asset_sources')
        .select('asset_id')
        .where('organization_id', '=', organizationId)
        .where('sha256', '=', sourceHash),
    )
    .executeTakeFirst()
}

/** Makes the asset, or finds the one with the same bytes, and notes which file became it. */
export async function saveAsset(
  tx: Tx,
  asset: AssetRow & { sourceHash: string; createdBy: string | null },
): Promise<AssetRow> {
  const { sourceHash, createdBy, ...row } = asset
  await tx
    .insertInto('assets')
    .values({ ...row, created_by: createdBy })
    .onConflict((conflict) => conflict.columns(['organization_id', 'sha256']).doNothing())
    .execute()
  const saved = await tx
    .selectFrom('assets')
    .select(columns)
    .where('organization_id', '=', row.organization_id)
    .where('sha256', '=', row.sha256)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('asset_sources')
    .values({ organization_id: row.organization_id, sha256: sourceHash, asset_id: saved.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return saved
}

export async function assetOfOrganization(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<AssetRow | undefined> {
  return tx
    .selectFrom('assets')
    .select(columns)
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
}

/** The asset of an organization with these bytes. */
export async function assetOfHash(
  tx: Tx,
  organizationId: string,
  sha256: string,
): Promise<AssetRow | undefined> {
  return tx
    .selectFrom('assets')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}

/**
 * An asset with what its permission goes by: the organization that it belongs to, and whether the person has or had one of the tasks
 * that show it, and whether the project has such a task. Needs the system scope.
 */
export async function assetFor(tx: Tx, id: string, personId: string, projectId: string | null) {
  return tx
    .selectFrom('assets')
    .select(columns)
    .select(
      sql<boolean>`exists (
        select from task_assets shown join assignments a on a.task_id = shown.task_id
        where shown.asset_id = assets.id and a.trainer_id = ${personId})`.as('assigned'),
    )
    .select(
      sql<boolean>`exists (
        select from task_assets shown join tasks t on t.id = shown.task_id
        where shown.asset_id = assets.id and t.project_id = ${projectId}::uuid)`.as('in_project'),
    )
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Notes which tasks show which assets. Tasks are named by their dedupe keys; those that were there before are noted, too. */
export async function linkAssets(
  tx: Tx,
  project: { id: string; organization_id: string },
  shown: { dedupeKey: string; assetIds: readonly string[] }[],
): Promise<void> {
  const pairs = shown.flatMap(({ dedupeKey, assetIds }) =>
    assetIds.map((assetId) => ({ dedupeKey, assetId })),
  )
  if (pairs.length === 0) return
  const keys = pairs.map((pair) => pair.dedupeKey)
  const assets = pairs.map((pair) => pair.assetId)
  await sql`
    insert into task_assets (task_id, asset_id, organization_id)
    select distinct t.id, given.asset_id, ${project.organization_id}::uuid
    from unnest(${keys}::text[], ${assets}::uuid[]) as given (dedupe_key, asset_id)
    join tasks t on t.project_id = ${project.id} and t.dedupe_key = given.dedupe_key
    on conflict do nothing`.execute(tx)
}
