import type { ProjectState } from '@groundwork/contract'
import { projectMoney } from '../ledger/index.ts'
import { AppError, type Caller, type Deps, notFound, recordAudit } from '../platform/index.ts'
import { requireProject } from '../projects/index.ts'
import { refund } from './change-project-life.ts'
import { lockedState, markDeleted, removeTasks } from './draft-queries.ts'

/**
 * Deletes a project that was never launched: nobody sees it any more, its money is back at its source, and the audit log keeps what it was. Its tasks go
 * in the background. For managers and above.
 * @throws AppError `project_closed` when it was launched
 */
export async function deleteProject({ database, ...deps }: Deps, caller: Caller, id: string): Promise<void> {
  const project = await requireProject({ database, ...deps }, caller, id, 'manager')
  const organizationId = project.organization_id
  await database.transaction('system', async (tx) => {
    requireDraft(
      await lockedState(tx, id),
      'a project that was launched is finished, not deleted, for its trainers and its books',
    )
    const money = await projectMoney(tx, id)
    if (money && money.free > 0n) {
      const { currency } = project
      const amount = money.free
      const done = await refund(tx, { projectId: id, organizationId, currency, amount }, caller.userId)
      if (!done) throw new AppError('conflict', 'The money of the project is moving right now; try again.')
    }
    await markDeleted(tx, id)
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'project.deleted',
      subject: { kind: 'project', id },
      details: { name: project.name, template: project.template },
    })
  })
}

/**
 * Deletes tasks of a project that was never launched; ids of others are passed over. For managers and above.
 * @returns how many went
 * @throws AppError `project_closed` when it was launched
 */
export async function deleteTasks(
  deps: Deps,
  caller: Caller,
  id: string,
  taskIds: readonly string[],
): Promise<number> {
  const project = await requireProject(deps, caller, id, 'manager')
  const organizationId = project.organization_id
  return deps.database.transaction({ organization: organizationId }, async (tx) => {
    requireDraft(
      await lockedState(tx, id),
      'tasks of a project that was launched stay; flag one to take it out',
    )
    const deleted = await removeTasks(tx, id, taskIds)
    if (deleted > 0) {
      await recordAudit(tx, {
        organizationId,
        actorId: caller.userId,
        action: 'tasks.deleted',
        subject: { kind: 'project', id },
        details: { deleted },
      })
    }
    return deleted
  })
}

function requireDraft(state: ProjectState | undefined, because: string): void {
  if (state === undefined) throw notFound('project')
  if (state !== 'draft')
    throw new AppError('project_closed', `The project is ${state}: ${because}.`, { state })
}
