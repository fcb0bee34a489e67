import type { OrganizationRole } from '@groundwork/contract'
import { hashSecret, newId, newSecret, sql, type Tx } from '../platform/index.ts'

export type InvitationRow = {
  id: string
  email: string
  role: OrganizationRole
  invited_by: string
  created_at: Date
  expires_at: Date
}

const open = sql<boolean>`i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`

/** Stores an invitation for 14 days. Its token is returned this once; what is stored is a hash. */
export async function insertInvitation(
  tx: Tx,
  invitation: { organizationId: string; email: string; role: OrganizationRole; invitedBy: string },
): Promise<{ token: string; id: string }> {
  const token = newSecret()
  const id = newId()
  await tx
    .insertInto('invitations')
    .values({
      id,
      organization_id: invitation.organizationId,
      email: invitation.email,
      role: invitation.role,
      token_hash: hashSecret(token),
      invited_by: invitation.invitedBy,
      expires_at: sql<Date>`now() + interval '14 days'`,
    })
    .execute()
  return { token, id }
}

/** Open invitations of an organization, newest first. */
export async function invitationsOf(tx: Tx, organizationId: string): Promise<InvitationRow[]> {
  const rows = await tx
    .selectFrom('invitations as i')
    .innerJoin('users as u', 'u.id', 'i.invited_by')
    .select(['i.id', 'i.email', 'i.role', 'u.name as invited_by', 'i.created_at', 'i.expires_at'])
    .where('i.organization_id', '=', organizationId)
    .where(open)
    .orderBy('i.id', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, role: row.role as OrganizationRole }))
}

/** The open invitation behind a link, or undefined. Needs the system scope: whoever follows a link is no member yet. */
export async function openInvitation(tx: Tx, token: string) {
  const row = await tx
    .selectFrom('invitations as i')
    .innerJoin('organizations as o', 'o.id', 'i.organization_id')
    .select(['i.id', 'i.organization_id', 'i.email', 'i.role', 'i.invited_by', 'o.name as organization'])
    .where('i.token_hash', '=', hashSecret(token))
    .where(open)
    .forUpdate('i')
    .executeTakeFirst()
  return row && { ...row, role: row.role as OrganizationRole }
}

export async function markInvitationAccepted(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('invitations').set({ accepted_at: sql`now()` }).where('id', '=', id).execute()
}

/** The open invitation with this id, whatever its organization. Needs the system scope. */
export async function openInvitationById(tx: Tx, id: string) {
  const row = await tx
    .selectFrom('invitations as i')
    .select(['i.id', 'i.organization_id', 'i.email', 'i.role'])
    .where('i.id', '=', id)
    .where(open)
    .executeTakeFirst()
  return row && { ...row, role: row.role as OrganizationRole }
}

/** Takes an open invitation back; false when it is not open any more. */
export async function markInvitationRevoked(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .updateTable('invitations as i')
    .set({ revoked_at: sql`now()` })
    .where('i.id', '=', id)
    .where(open)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Takes back the open invitations of one address, which a newer one replaces. */
export async function replaceInvitations(tx: Tx, organizationId: string, email: string): Promise<void> {
  await tx
    .updateTable('invitations as i')
    .set({ revoked_at: sql`now()` })
    .where('i.organization_id', '=', organizationId)
    .where('i.email', '=', email)
    .where(open)
    .execute()
}
