import type { OrganizationRole } from '@groundwork/contract'
import { AppError, type Caller, type Deps, notFound, type Tx } from '../platform/index.ts'
import {
  countOwners,
  deleteMember,
  lockMembers,
  type MemberRow,
  memberOf,
  setRole,
} from './member-queries.ts'
import { requireMember, wrongRole } from './organization-access.ts'

type Target = { organizationId: string; userId: string }

/**
 * Gives a member another role; only owners may.
 * @throws AppError `conflict` when the last owner would step down
 */
export async function changeRole(
  deps: Deps,
  caller: Caller,
  target: Target & { role: OrganizationRole },
): Promise<MemberRow> {
  await requireMember(deps, caller, target.organizationId, 'owner')
  return deps.database.transaction({ organization: target.organizationId }, async (tx) => {
    const member = await lockedMember(tx, target)
    await requireOwner(tx, caller, target.organizationId)
    if (member.role === target.role) return member
    if (member.role === 'owner') await keepAnOwner(tx, target.organizationId)
    await setRole(tx, { ...target, from: member.role, to: target.role, actorId: caller.userId })
    return { ...member, role: target.role }
  })
}

/**
 * Ends a membership: owners end anybody's, everybody their own.
 * @throws AppError `conflict` when the last owner would go
 */
export async function removeMember(deps: Deps, caller: Caller, target: Target): Promise<void> {
  await requireMember(deps, caller, target.organizationId, 'viewer')
  await deps.database.transaction({ organization: target.organizationId }, async (tx) => {
    await lockMembers(tx, target.organizationId)
    if (target.userId !== caller.userId) await requireOwner(tx, caller, target.organizationId)
    const member = await memberOf(tx, target.organizationId, target.userId)
    if (!member) throw notFound('member')
    if (member.role === 'owner') await keepAnOwner(tx, target.organizationId)
    await deleteMember(tx, { ...target, role: member.role, actorId: caller.userId })
  })
}

async function lockedMember(tx: Tx, target: Target): Promise<MemberRow> {
  await lockMembers(tx, target.organizationId)
  const member = await memberOf(tx, target.organizationId, target.userId)
  if (!member) throw notFound('member')
  return member
}

/** Asked again under the lock: the caller may have stepped down since. */
async function requireOwner(tx: Tx, caller: Caller, organizationId: string): Promise<void> {
  const self = await memberOf(tx, organizationId, caller.userId)
  if (self?.role !== 'owner') throw wrongRole('owner')
}

async function keepAnOwner(tx: Tx, organizationId: string): Promise<void> {
  if ((await countOwners(tx, organizationId)) > 1) return
  throw new AppError(
    'conflict',
    'An organization keeps at least one owner. Make somebody else an owner first.',
  )
}
