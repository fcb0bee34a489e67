import type { OrganizationRole } from '@groundwork/contract'
import { type Db, enterScope, newId, recordAudit, sql, type Tx } from '../platform/index.ts'

/** The role of a person in an organization, or null; needs no scope. */
export async function roleOf(
  db: Db | Tx,
  organizationId: string,
  userId: string,
): Promise<OrganizationRole | null> {
  const { rows } = await sql<{ role: OrganizationRole | null }>`
    select gw_member_role(${organizationId}, ${userId}) as role`.execute(db)
  return rows[0]?.role ?? null
}

/** Organizations of a person with the role in each, the oldest membership first. Needs the person's scope. */
export async function membershipsOf(
  tx: Tx,
  userId: string,
): Promise<{ id: string; name: string; role: OrganizationRole }[]> {
  const rows = await tx
    .selectFrom('memberships as m')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['o.id', 'o.name', 'm.role'])
    .where('m.user_id', '=', userId)
    .orderBy('m.joined_at')
    .orderBy('o.id')
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as OrganizationRole }))
}

/** Founds an organization; the person becomes its owner. The transaction enters the scope of the new organization. */
export async function createOrganizationFor(
  tx: Tx,
  userId: string,
  name: string,
): Promise<{ organizationId: string }> {
  const organizationId = newId()
  await enterScope(tx, { organization: organizationId })
  await tx.insertInto('organizations').values({ id: organizationId, name }).execute()
  await recordAudit(tx, {
    organizationId,
    actorId: userId,
    action: 'organization.created',
    subject: { kind: 'organization', id: organizationId },
    details: { name },
  })
  await addMember(tx, organizationId, userId, 'owner')
  return { organizationId }
}

/** Adds a member. Needs the scope of the organization; a member already there throws a unique violation (23505). */
export async function addMember(
  tx: Tx,
  organizationId: string,
  userId: string,
  role: OrganizationRole,
  actorId: string = userId,
): Promise<void> {
  await tx
    .insertInto('memberships')
    .values({ organization_id: organizationId, user_id: userId, role })
    .execute()
  await recordAudit(tx, {
    organizationId,
    actorId,
    action: 'member.joined',
    subject: { kind: 'user', id: userId },
    details: { role },
  })
}

export async function organizationName(tx: Tx, organizationId: string): Promise<string> {
  const row = await tx
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow()
  return row.name
}
