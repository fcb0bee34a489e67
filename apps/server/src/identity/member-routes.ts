import { api, type Member } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { changeRole, removeMember } from './change-members.ts'
import { type MemberRow, membersOf } from './member-queries.ts'
import { requireMember } from './organization-access.ts'
import { createOrganizationFor } from './organization-queries.ts'
import { requireWholeAccount } from './require-whole-account.ts'

export function memberRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.createOrganization, 'signed_in', async ({ caller, body }) => {
    requireWholeAccount(caller)
    const { organizationId } = await database.transaction({ person: caller.userId }, (tx) =>
      createOrganizationFor(tx, caller.userId, body.name),
    )
    return { organization: { id: organizationId, name: body.name }, role: 'owner' as const }
  })

  route(app, api.listMembers, 'signed_in', async ({ caller, params }) => {
    await requireMember(deps, caller, params.id, 'viewer')
    const rows = await database.transaction({ organization: params.id }, (tx) => membersOf(tx, params.id))
    return { items: rows.map(presentMember) }
  })

  route(app, api.updateMember, 'signed_in', async ({ caller, params, body }) =>
    presentMember(
      await changeRole(deps, caller, { organizationId: params.id, userId: params.userId, role: body.role }),
    ),
  )

  route(app, api.removeMember, 'signed_in', async ({ caller, params }) => {
    await removeMember(deps, caller, { organizationId: params.id, userId: params.userId })
    return { ok: true as const }
  })
}

const presentMember = (row: MemberRow): Member => ({
  userId: row.user_id,
  name: row.name,
  email: row.email,
  role: row.role,
  joinedAt: row.joined_at.toISOString(),
})
