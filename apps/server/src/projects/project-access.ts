import type { OrganizationRole } from '@groundwork/contract'
import { requireMember } from '../identity/index.ts'
import { AppError, type Caller, type Deps, notFound } from '../platform/index.ts'
import { organizationIdOf, type ProjectHeader, projectHeader } from './project-queries.ts'

/** A project never changes its organization, so what was found once holds. */
const organizations = new Map<string, string>()
const REMEMBERED = 10_000

/** The organization of a project; undefined when there is no such project. Says nothing about who may see it. */
export async function organizationOfProject(
  { database }: Deps,
  projectId: string,
): Promise<string | undefined> {
  const known = organizations.get(projectId)
  if (known) return known
  const found = await database.transaction('system', (tx) => organizationIdOf(tx, projectId))
  if (!found) return undefined
  if (organizations.size >= REMEMBERED) organizations.clear()
  organizations.set(projectId, found)
  return found
}

/**
 * The project, for members of its organization with the role or a higher one.
 * @throws AppError `not_found` for everybody else, `wrong_role` for lower roles
 */
export async function requireProject(
  deps: Deps,
  caller: Caller,
  projectId: string,
  atLeast: OrganizationRole,
): Promise<ProjectHeader> {
  const organization = await organizationOfProject(deps, projectId)
  if (!organization) throw notFound('project')
  await requireMember(deps, caller, organization, atLeast, projectId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('project') : error
  })
  const header = await deps.database.transaction({ organization }, (tx) => projectHeader(tx, projectId))
  if (!header) throw notFound('project')
  return header
}
