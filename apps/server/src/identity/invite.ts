import type { Membership, OrganizationRole } from '@groundwork/contract'
import { AppError, type Caller, type Deps, enterScope, notFound, recordAudit } from '../platform/index.ts'
import {
  type InvitationRow,
  insertInvitation,
  invitationsOf,
  markInvitationAccepted,
  markInvitationRevoked,
  openInvitation,
  openInvitationById,
  replaceInvitations,
} from './invitation-queries.ts'
import { isMemberByEmail } from './member-queries.ts'
import { requireMember } from './organization-access.ts'
import { addMember, organizationName, roleOf } from './organization-queries.ts'
import { requireWholeAccount } from './require-whole-account.ts'
import { sendLink } from './send-mail.ts'

const MOST_OPEN = 200

/** Who may invite, or take an invitation back: owners for any role, managers for reviewers and viewers. */
const inviterOf = (role: OrganizationRole): OrganizationRole =>
  role === 'owner' || role === 'manager' ? 'owner' : 'manager'

/**
 * Invites a mail address by a link that holds for 14 days; an earlier one to the same address stops working.
 * @throws AppError `conflict` when the address belongs to a member
 */
export async function invite(
  deps: Deps,
  caller: Caller,
  input: { organizationId: string; email: string; role: OrganizationRole },
): Promise<{ invitation: InvitationRow; link: string; mailed: boolean }> {
  const { organizationId, role } = input
  const email = input.email.toLowerCase()
  await requireMember(deps, caller, organizationId, inviterOf(role))
  return deps.database.transaction({ organization: organizationId }, async (tx) => {
    if (await isMemberByEmail(tx, organizationId, email))
      throw new AppError('conflict', 'There is a member with this mail address.')
    await replaceInvitations(tx, organizationId, email)
    const { id, token } = await insertInvitation(tx, {
      organizationId,
      email,
      role,
      invitedBy: caller.userId,
    })
    const open = await invitationsOf(tx, organizationId)
    if (open.length > MOST_OPEN)
      throw new AppError('conflict', `${MOST_OPEN} invitations are open. Take some back first.`)
    const invitation = open.find((each) => each.id === id)
    if (!invitation) throw new Error('an invitation was not stored')
    const name = await organizationName(tx, organizationId)
    const link = `${deps.publicUrl}/invite/${token}`
    await sendLink(deps, tx, {
      kind: 'invitation',
      to: email,
      subject: `Join ${name} on Groundwork`,
      text: `Hello,\n\n${caller.name} invites you to join ${name} on Groundwork as ${role}.\nThe link holds for 14 days.`,
      link,
    })
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'invitation.created',
      subject: { kind: 'invitation', id },
      details: { email, role },
    })
    return { invitation, link, mailed: deps.mailer.configured }
  })
}

/** Takes an open invitation back. */
export async function revokeInvitation(deps: Deps, caller: Caller, id: string): Promise<void> {
  const invitation = await deps.database.transaction('system', (tx) => openInvitationById(tx, id))
  if (!invitation) throw notFound('invitation')
  const { organization_id: organizationId, role } = invitation
  await requireMember(deps, caller, organizationId, inviterOf(role)).catch((error: unknown) => {
    // For strangers the invitation is what there is not; they need not learn of the organization.
    throw error instanceof AppError && error.code === 'not_found' ? notFound('invitation') : error
  })
  await deps.database.transaction({ organization: organizationId }, async (tx) => {
    if (!(await markInvitationRevoked(tx, id))) throw notFound('invitation')
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'invitation.revoked',
      subject: { kind: 'invitation', id },
    })
  })
}

const noInvitation = () =>
  new AppError(
    'not_found',
    'This invitation does not hold: it was used, taken back or is too old. Ask for a new one.',
  )

/** What the link with this token is for. @throws AppError `not_found` when it does not hold any more */
export async function readInvitation({ database }: Deps, token: string) {
  const invitation = await database.transaction('system', (tx) => openInvitation(tx, token))
  if (!invitation) throw noInvitation()
  return { organization: invitation.organization, role: invitation.role, email: invitation.email }
}

/**
 * Joins the organization. An invitation is for the person with the invited mail address, and for one time.
 * @throws AppError `wrong_role` for anybody else, `conflict` for members
 */
export async function acceptInvitation(deps: Deps, caller: Caller, token: string): Promise<Membership> {
  requireWholeAccount(caller)
  return deps.database.transaction('system', async (tx) => {
    const invitation = await openInvitation(tx, token)
    if (!invitation) throw noInvitation()
    if (invitation.email !== caller.email) {
      throw new AppError(
        'wrong_role',
        `This invitation is for ${invitation.email}, and you are signed in as ${caller.email}.`,
      )
    }
    const organizationId = invitation.organization_id
    await enterScope(tx, { organization: organizationId })
    if (await roleOf(tx, organizationId, caller.userId))
      throw new AppError('conflict', 'You are a member of this organization already.')
    await addMember(tx, organizationId, caller.userId, invitation.role)
    await markInvitationAccepted(tx, invitation.id)
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'invitation.accepted',
      subject: { kind: 'invitation', id: invitation.id },
      details: { invitedBy: invitation.invited_by },
    })
    return { organization: { id: organizationId, name: invitation.organization }, role: invitation.role }
  })
}
