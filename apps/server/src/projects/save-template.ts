import type { createTemplate as createInput, updateTemplate as updateInput } from '@groundwork/contract'
import type { z } from 'zod'
import { requireMember, resolveOrganization } from '../identity/index.ts'
import { AppError, type Caller, type Deps, newId, notFound, recordAudit } from '../platform/index.ts'
import {
  changeTemplate,
  insertTemplate,
  removeTemplate,
  type TeamTemplate,
  teamTemplate,
} from './template-queries.ts'

/**
 * Saves a form as a template of the team.
 * @throws AppError `wrong_role` below manager
 */
export async function createTemplate(
  deps: Deps,
  caller: Caller,
  input: z.output<typeof createInput>,
): Promise<TeamTemplate> {
  const organizationId = await resolveOrganization(deps, caller, input.organizationId, 'manager')
  const id = newId()
  return deps.database.transaction({ organization: organizationId }, async (tx) => {
    await insertTemplate(tx, { ...input, id, organizationId, createdBy: caller.userId })
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'template.created',
      subject: { kind: 'template', id },
      details: { name: input.name },
    })
    const saved = await teamTemplate(tx, id)
    if (!saved) throw notFound('template')
    return saved
  })
}

/** @throws AppError `not_found`, `wrong_role` below manager */
export async function updateTemplate(
  deps: Deps,
  caller: Caller,
  id: string,
  input: z.output<typeof updateInput>,
): Promise<TeamTemplate> {
  const { organization_id: organizationId } = await requireTemplate(deps, caller, id, 'manager')
  return deps.database.transaction({ organization: organizationId }, async (tx) => {
    await changeTemplate(tx, id, input)
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'template.updated',
      subject: { kind: 'template', id },
      details: { name: input.name },
    })
    const saved = await teamTemplate(tx, id)
    if (!saved) throw notFound('template')
    return saved
  })
}

/** @throws AppError `not_found`, `wrong_role` below manager */
export async function deleteTemplate(deps: Deps, caller: Caller, id: string): Promise<void> {
  const { organization_id: organizationId, name } = await requireTemplate(deps, caller, id, 'manager')
  await deps.database.transaction({ organization: organizationId }, async (tx) => {
    await removeTemplate(tx, id)
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'template.deleted',
      subject: { kind: 'template', id },
      details: { name },
    })
  })
}

/** The template, for members of its team; for everybody else it does not exist. */
export async function requireTemplate(
  deps: Deps,
  caller: Caller,
  id: string,
  atLeast: 'viewer' | 'manager',
): Promise<TeamTemplate> {
  const found = await deps.database.transaction('system', (tx) => teamTemplate(tx, id))
  if (!found) throw notFound('template')
  await requireMember(deps, caller, found.organization_id, atLeast).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('template') : error
  })
  return found
}
