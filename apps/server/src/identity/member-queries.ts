import type { OrganizationRole } from '@groundwork/contract'
import { recordAudit, sql, type Tx } from '../platform/index.ts'

export type MemberRow = {
  user_id: string
  name: string
  email: string
  role: OrganizationRole
  joined_at: Date
}

const members = (tx: Tx, organizationId: string) =>
  tx
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['m.user_id', 'u.name', 'u.email', 'm.role', 'm.joined_at'])
    .where('m.organization_id', '=', organizationId)

const asMember = (row: Omit<MemberRow, 'role'> & { role: string }): MemberRow => ({
  ...row,
  role: row.role as OrganizationRole,
})

/** Members in the order in which they joined. */
export async function membersOf(tx: Tx, organizationId: string): Promise<MemberRow[]> {
  const rows = await members(tx, organizationId).orderBy('m.joined_at').orderBy('m.user_id').execute()
  return rows.map(asMember)
}

export async function memberOf(
  tx: Tx,
  organizationId: string,
  userId: string,
): Promise<MemberRow | undefined> {
  const row = await members(tx, organizationId).where('m.user_id', '=', userId).executeTakeFirst()
  return row && asMember(row)
}

/** Whether somebody with this mail address is a member. */
export async function isMemberByEmail(tx: Tx, organizationId: string, email: string): Promise<boolean> {
  const row = await members(tx, organizationId).where('u.email', '=', email).executeTakeFirst()
  return row !== undefined
}

/** Lets one change of the organization's roles happen at a time, so that two owners cannot step down at once. */
export async function lockMembers(tx: Tx, organizationId: string): Promise<void> {
  await tx
    .selectFrom('organizations')
    .select('id')
    .where('id', '=', organizationId)
    .forUpdate()
    .executeTakeFirst()
}

export async function countOwners(tx: Tx, organizationId: string): Promise<number> {
  const row = await tx
    .selectFrom('memberships')
    .select(sql<number>`count(*)::int`.as('owners'))
    .where('organization_id', '=', organizationId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow()
  return row.owners
}

export async function setRole(
  tx: Tx,
  change: {
    organizationId: string
    userId: string
    from: OrganizationRole
    to: OrganizationRole
    actorId: string
  },
): Promise<void> {
  await tx
    .updateTable('memberships')
    .set({ role: change.to })
    .where('organization_id', '=', change.organizationId)
    .where('user_id', '=', change.userId)
    .execute()
  await recordAudit(tx, {
    organizationId: change.organizationId,
    actorId: change.actorId,
    action: 'member.role_changed',
    subject: { kind: 'user', id: change.userId },
    details: { from: change.from, to: change.to },
  })
}

/** Ends a membership, and with it the person's API keys for this organization. */
export async function deleteMember(
  tx: Tx,
  member: { organizationId: string; userId: string; role: OrganizationRole; actorId: string },
): Promise<void> {
  await tx
    .deleteFrom('memberships')
    .where('organization_id', '=', member.organizationId)
    .where('user_id', '=', member.userId)
    .execute()
  await tx
    .updateTable('api_keys')
    .set({ revoked_at: sql`now()` })
    .where('organization_id', '=', member.organizationId)
    .where('user_id', '=', member.userId)
    .where('revoked_at', 'is', null)
    .execute()
  await recordAudit(tx, {
    organizationId: member.organizationId,
    actorId: member.actorId,
    action: member.actorId === member.userId ? 'member.left' : 'member.removed',
    subject: { kind: 'user', id: member.userId },
    details: { role: member.role },
  })
}
