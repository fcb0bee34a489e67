import type { createProject as createProjectInput } from '@groundwork/contract'
import type { z } from 'zod'
import { resolveOrganization } from '../identity/index.ts'
import { AppError, type Caller, type Deps, hashJson, newId, recordAudit } from '../platform/index.ts'
import { insertProject, projectByCreationKey } from './project-queries.ts'
import { overlapPolicyOf, payAmounts } from './projects-rules.ts'
import { templateOf } from './template-of.ts'
import { addGuideline, putForm, putPayTerms } from './version-queries.ts'

/**
 * Creates a project as a draft. The same key with the same input gives the project that it made before.
 * @throws AppError `invalid_input`, `wrong_role`, `idempotency_mismatch`
 */
export async function createProject(
  deps: Deps,
  caller: Caller,
  input: z.output<typeof createProjectInput>,
  key?: string,
): Promise<{ projectId: string; replayed: boolean }> {
  const organizationId = await resolveOrganization(deps, caller, input.organizationId, 'manager')
  const template = await templateOf(deps, organizationId, input.template)
  const pay = payAmounts(
    input.pay ?? { currency: 'USD', hourly: '30.00', estimateSeconds: template.estimateSeconds },
  )
  const creationHash = key === undefined ? null : hashJson({ ...input, organizationId })
  return deps.database.transaction({ organization: organizationId }, async (tx) => {
    const project = { id: newId(), organization_id: organizationId }
    const created = await insertProject(tx, {
      id: project.id,
      organizationId,
      name: input.name,
      description: input.description,
      template: template.id,
      overlap: overlapPolicyOf(input.overlap),
      audience: input.audience,
      reviewWindowDays: input.reviewWindowDays,
      leaseSeconds: input.leaseMinutes * 60,
      createdBy: caller.userId,
      creationKey: key ?? null,
      creationHash,
    })
    if (!created) return replay(await projectByCreationKey(tx, organizationId, key ?? ''), creationHash)
    await putForm(tx, project, 1, input.form ?? template.form)
    await putPayTerms(tx, project, 1, pay)
    await addGuideline(tx, project, {
      version: 1,
      markdown: input.guideline ?? template.guideline,
      createdBy: caller.userId,
    })
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'project.created',
      subject: { kind: 'project', id: project.id },
      details: { name: input.name, template: template.id },
    })
    return { projectId: project.id, replayed: false }
  })
}

function replay(known: { id: string; creation_hash: string | null }, creationHash: string | null) {
  if (known.creation_hash !== creationHash) {
    throw new AppError(
      'idempotency_mismatch',
      'This idempotency key created another project; use a new key for other settings.',
    )
  }
  return { projectId: known.id, replayed: true }
}
