import type { OrganizationRole } from '@groundwork/contract'
import { AppError, type Caller, type Deps, invalidInput, notFound } from '../platform/index.ts'
import { membershipsOf, roleOf } from './organization-queries.ts'

const order: OrganizationRole[] = ['viewer', 'reviewer', 'manager', 'owner']

/** Whether a role allows what `atLeast` allows: owner > manager > reviewer > viewer. */
export const hasRole = (role: OrganizationRole, atLeast: OrganizationRole): boolean =>
  order.indexOf(role) >= order.indexOf(atLeast)

/** What the caller lacks, in words. */
export const wrongRole = (atLeast: OrganizationRole) =>
  new AppError(
    'wrong_role',
    atLeast === 'owner'
      ? 'Only an owner of the organization may do that.'
      : `You need the role ${atLeast} or above in this organization. Ask one of its owners.`,
  )

/**
 * Lets members of the organization pass who have the role or a higher one. An API key that is limited to a project passes only where
 * the act is about that project.
 * @param projectId the project that the act is about; undefined: the organization as a whole
 * @throws AppError `not_found` for anybody else, as for an organization that does not exist; `wrong_role` for lower roles
 */
export async function requireMember(
  { database }: Deps,
  caller: Caller,
  organizationId: string,
  atLeast: OrganizationRole,
  projectId?: string,
): Promise<void> {
  if (caller.projectId && caller.projectId !== projectId) throw notFound('organization')
  if (caller.organizationId && caller.organizationId !== organizationId) throw notFound('organization')
  const role = await roleOf(database.db, organizationId, caller.userId)
  if (!role) throw notFound('organization')
  if (!hasRole(role, atLeast)) throw wrongRole(atLeast)
}

/**
 * The organization that a call is about when it need not be named: the wanted one, the one of the API key, or the only one in
 * which the caller has the role.
 * @throws AppError `invalid_input` naming `organizationId` when there are several, `wrong_role` when there is none
 */
export async function resolveOrganization(
  deps: Deps,
  caller: Caller,
  wanted: string | undefined,
  atLeast: OrganizationRole,
): Promise<string> {
  const named = wanted ?? caller.organizationId
  if (named) {
    await requireMember(deps, caller, named, atLeast)
    return named
  }
  const memberships = await deps.database.transaction({ person: caller.userId }, (tx) =>
    membershipsOf(tx, caller.userId),
  )
  const possible = memberships.filter((each) => hasRole(each.role, atLeast))
  const [only, ...others] = possible
  if (!only) {
    throw new AppError(
      'wrong_role',
      memberships.length === 0
        ? 'You are in no organization. Found one, or ask for an invitation.'
        : `In none of your organizations are you ${atLeast} or above. Ask one of their owners, or found your own.`,
    )
  }
  if (others.length > 0) {
    const list = possible.map((each) => `${each.name} (${each.id})`).join(', ')
    throw invalidInput([
      {
        path: 'organizationId',
        code: 'required',
        message: `You are in several organizations; name one: ${list}`,
      },
    ])
  }
  return only.id
}

/**
 * The organizations whose things a list shows: the wanted one, the one of the API key, or all in which the caller is a member. None for
 * an API key that is limited to a project: what belongs to the organization is not its to see.
 * @throws AppError `not_found` for an organization of which the caller is no member
 */
export async function organizationsOf(
  deps: Deps,
  caller: Caller,
  wanted: string | undefined,
): Promise<string[]> {
  if (caller.projectId && !wanted) return []
  const named = wanted ?? caller.organizationId
  if (named) {
    await requireMember(deps, caller, named, 'viewer')
    return [named]
  }
  const memberships = await deps.database.transaction({ person: caller.userId }, (tx) =>
    membershipsOf(tx, caller.userId),
  )
  return memberships.map((each) => each.id)
}
