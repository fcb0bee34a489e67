import type { Audience, Currency, OverlapPolicy, ProjectState } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** A project with the pay terms that slots opened now get. Money in micro-units. */
export type ProjectHeader = {
  id: string
  organization_id: string
  name: string
  description: string
  template: string
  state: ProjectState
  overlap: OverlapPolicy
  audience: Audience
  review_window_days: number
  lease_seconds: number
  form_version: number
  guideline_version: number
  pay_version: number
  created_at: Date
  launched_at: Date | null
  finished_at: Date | null
  currency: Currency
  hourly: bigint
  estimate_seconds: number
  per_judgment: bigint
}

const headers = sql`
  select p.id, p.organization_id, p.name, p.description, p.template, p.state, p.overlap, p.audience,
    p.review_window_days, p.lease_seconds, p.form_version, p.guideline_version, p.pay_version,
    p.created_at, p.launched_at, p.finished_at, t.currency, t.hourly, t.estimate_seconds, t.per_judgment
  from projects p join pay_terms t on t.project_id = p.id and t.version = p.pay_version`

/**
 * A project of the transaction's scope.
 * @param lock `update` before changing it, `share` before doing what needs its state and pay terms to stay
 */
export async function projectHeader(
  tx: Tx,
  id: string,
  lock?: 'update' | 'share',
): Promise<ProjectHeader | undefined> {
  // On its own: a join that waits for a lock would look for the new version of the pay terms among the old rows.
  if (lock) {
    const mode = lock === 'update' ? sql`for update` : sql`for share`
    await sql`select from projects where id = ${id} ${mode}`.execute(tx)
  }
  const { rows } = await sql<ProjectHeader>`
    ${headers} where p.id = ${id}`.execute(tx)
  return rows[0]
}

/** The organization of a project, whatever the scope: read in the system scope. */
export async function organizationIdOf(tx: Tx, projectId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('projects')
    .select('organization_id')
    .where('id', '=', projectId)
    .executeTakeFirst()
  return row?.organization_id
}

export type NewProject = {
  id: string
  organizationId: string
  name: string
  description: string
  template: string
  overlap: OverlapPolicy
  audience: Audience
  reviewWindowDays: number
  leaseSeconds: number
  createdBy: string
  creationKey: string | null
  creationHash: string | null
}

/** Adds a draft; false when the organization has used its creation key before. */
export async function insertProject(tx: Tx, project: NewProject): Promise<boolean> {
  const inserted = await tx
    .insertInto('projects')
    .values({
      id: project.id,
      organization_id: project.organizationId,
      name: project.name,
      description: project.description,
      template: project.template,
      overlap: JSON.stringify(project.overlap),
      audience: JSON.stringify(project.audience),
      review_window_days: project.reviewWindowDays,
      lease_seconds: project.leaseSeconds,
      created_by: project.createdBy,
      creation_key: project.creationKey,
      creation_hash: project.creationHash,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'creation_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The project that a creation key of an organization made. */
export async function projectByCreationKey(tx: Tx, organizationId: string, key: string) {
  return tx
    .selectFrom('projects')
    .select(['id', 'creation_hash'])
    .where('organization_id', '=', organizationId)
    .where('creation_key', '=', key)
    .executeTakeFirstOrThrow()
}

export type ProjectChanges = {
  name?: string
  description?: string
  overlap?: OverlapPolicy
  audience?: Audience
  reviewWindowDays?: number
  leaseSeconds?: number
}

export async function changeProject(tx: Tx, id: string, changes: ProjectChanges): Promise<void> {
  const columns = {
    ...(changes.name === undefined ? {} : { name: changes.name }),
    ...(changes.description === undefined ? {} : { description: changes.description }),
    ...(changes.overlap === undefined ? {} : { overlap: JSON.stringify(changes.overlap) }),
    ...(changes.audience === undefined ? {} : { audience: JSON.stringify(changes.audience) }),
    ...(changes.reviewWindowDays === undefined ? {} : { review_window_days: changes.reviewWindowDays }),
    ...(changes.leaseSeconds === undefined ? {} : { lease_seconds: changes.leaseSeconds }),
  }
  if (Object.keys(columns).length === 0) return
  await tx.updateTable('projects').set(columns).where('id', '=', id).execute()
}

/** Brings a project into a state when it is in one of `from`; the check is the write. Says which state it was in. */
export async function changeState(
  tx: Tx,
  id: string,
  from: ProjectState[],
  to: ProjectState,
): Promise<ProjectState | undefined> {
  const { rows } = await sql<{ before: ProjectState }>`
    update projects p set state = ${to},
      launched_at = case when ${to} = 'live' then coalesce(p.launched_at, now()) else p.launched_at end,
      finished_at = case when ${to} = 'finished' then now() else p.finished_at end
    from (select id, state from projects where id = ${id} for update) old
    where p.id = old.id and old.state = any(${from}::text[])
    returning old.state as before`.execute(tx)
  return rows[0]?.before
}

/** Name and currency of projects by id, for statements; ids outside of the scope are left out. */
export async function projectLabels(
  tx: Tx,
  ids: string[],
): Promise<Map<string, { name: string; currency: Currency }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; currency: Currency }>`
    select p.id, p.name, t.currency from projects p join pay_terms t on t.project_id = p.id and t.version = p.pay_version
    where p.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, ...label }) => [id, label]))
}

export async function organizationName(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('organizations').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? ''
}

/** Headers of all projects of an organization, newest first. */
export async function projectHeaders(tx: Tx, organizationId: string): Promise<ProjectHeader[]> {
  const { rows } = await sql<ProjectHeader>`
    ${headers} where p.organization_id = ${organizationId} order by p.created_at desc, p.id desc`.execute(tx)
  return rows
}
