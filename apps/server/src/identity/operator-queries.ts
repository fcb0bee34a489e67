import { recordAudit, sql, type Tx } from '../platform/index.ts'

export type OverviewRow = {
  users: number
  trainers: number
  organizations: number
  projects: number
  judgments: number
  jobs_waiting: number
  jobs_failed: number
}

/** What the instance holds, and how its queue stands. Needs the system scope. */
export async function overviewRow(tx: Tx): Promise<OverviewRow> {
  const { rows } = await sql<OverviewRow>`
    select (select count(*)::int from users) as users,
      (select count(*)::int from trainer_profiles) as trainers,
      (select count(*)::int from organizations) as organizations,
      (select count(*)::int from projects) as projects,
      (select count(*)::int from judgments where supersedes is null) as judgments,
      q.waiting as jobs_waiting, q.failed as jobs_failed
    from gw_job_counts() q`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('no overview')
  return row
}

export type OperatorUserRow = {
  id: string
  name: string
  email: string
  operator: boolean
  trainer: boolean
  organizations: string[]
  created_at: Date
}

const people = sql`
  select u.id, u.name, u.email, u.operator, u.created_at,
    exists (select 1 from trainer_profiles t where t.user_id = u.id) as trainer,
    array(select o.name from memberships m join organizations o on o.id = m.organization_id
      where m.user_id = u.id order by o.name) as organizations
  from users u`

/** People by id from the newest down, below `before`. Ids are ordered by time. Needs the system scope. */
export async function listUsers(
  tx: Tx,
  filter: { search: string | undefined; before: string | undefined; limit: number },
): Promise<OperatorUserRow[]> {
  const pattern = filter.search ? `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<OperatorUserRow>`${people}
    where (${pattern}::text is null or u.name ilike ${pattern} or u.email ilike ${pattern})
      and (${filter.before ?? null}::uuid is null or u.id < ${filter.before ?? null}::uuid)
    order by u.id desc limit ${filter.limit}`.execute(tx)
  return rows
}

export async function userRow(tx: Tx, userId: string): Promise<OperatorUserRow | undefined> {
  const { rows } = await sql<OperatorUserRow>`${people} where u.id = ${userId}`.execute(tx)
  return rows[0]
}

export async function countOperators(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom('users')
    .select(sql<number>`count(*)::int`.as('operators'))
    .where('operator', '=', true)
    .executeTakeFirstOrThrow()
  return row.operators
}

export async function updateOperator(
  tx: Tx,
  change: { userId: string; operator: boolean; actorId: string },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({ operator: change.operator, updated_at: sql`now()` })
    .where('id', '=', change.userId)
    .execute()
  await recordAudit(tx, {
    organizationId: null,
    actorId: change.actorId,
    action: change.operator ? 'operator.granted' : 'operator.revoked',
    subject: { kind: 'user', id: change.userId },
  })
}
