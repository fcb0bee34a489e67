import { api, type Invitation } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { type InvitationRow, invitationsOf } from './invitation-queries.ts'
import { acceptInvitation, invite, readInvitation, revokeInvitation } from './invite.ts'
import { requireMember } from './organization-access.ts'

export function invitationRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.listInvitations, 'signed_in', async ({ caller, params }) => {
    await requireMember(deps, caller, params.id, 'manager')
    const rows = await deps.database.transaction({ organization: params.id }, (tx) =>
      invitationsOf(tx, params.id),
    )
    return { items: rows.map(presentInvitation) }
  })

  route(app, api.createInvitation, 'signed_in', async ({ caller, params, body }) => {
    const made = await invite(deps, caller, { organizationId: params.id, ...body })
    return { ...made, invitation: presentInvitation(made.invitation) }
  })

  route(app, api.revokeInvitation, 'signed_in', async ({ caller, params }) => {
    await revokeInvitation(deps, caller, params.id)
    return { ok: true as const }
  })

  route(app, api.readInvitation, 'anyone', ({ params }) => readInvitation(deps, params.token))

  route(app, api.acceptInvitation, 'signed_in', ({ caller, params }) =>
    acceptInvitation(deps, caller, params.token),
  )
}

const presentInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy: row.invited_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})
