import type { Flag } from '@groundwork/contract'
import { AppError, type Caller, type Deps, notFound, recordAudit } from '../platform/index.ts'
import { requireProject } from '../projects/index.ts'
import {
  endFlag,
  type FlagRow,
  flagsOf,
  lockTask,
  placeOfFlag,
  readFlag,
  removeTask,
  resumeTask,
} from './flag-queries.ts'

/** What trainers flagged in a project; for its members. */
export async function listFlags(deps: Deps, caller: Caller, projectId: string): Promise<{ items: Flag[] }> {
  const project = await requireProject(deps, caller, projectId, 'viewer')
  const rows = await deps.database.transaction({ organization: project.organization_id }, (tx) =>
    flagsOf(tx, projectId),
  )
  return { items: rows.map(presentFlag) }
}

/**
 * Puts a flagged task back to work, or takes it out. For reviewers and above.
 * @throws AppError `not_found`, `wrong_role`; `conflict` when it was resolved already
 */
export async function resolveFlag(
  deps: Deps,
  caller: Caller,
  id: string,
  input: { action: 'resume' | 'remove'; note: string },
): Promise<Flag> {
  const place = await deps.database.transaction('system', (tx) => placeOfFlag(tx, id))
  if (!place) throw notFound('flag')
  await requireProject(deps, caller, place.projectId, 'reviewer')
  return deps.database.transaction({ organization: place.organizationId }, async (tx) => {
    await lockTask(tx, place.taskId)
    const state = input.action === 'resume' ? 'resumed' : 'removed'
    if (!(await endFlag(tx, { id, taskId: place.taskId, state, userId: caller.userId, note: input.note }))) {
      throw new AppError('conflict', 'This flag was resolved already.')
    }
    if (state === 'removed') await removeTask(tx, place.taskId)
    else await resumeTask(tx, place.taskId)
    await recordAudit(tx, {
      organizationId: place.organizationId,
      actorId: caller.userId,
      action: `flag.${state}`,
      subject: { kind: 'flag', id },
      details: { taskId: place.taskId, note: input.note },
    })
    const row = await readFlag(tx, id)
    if (!row) throw notFound('flag')
    return presentFlag(row)
  })
}

const presentFlag = (row: FlagRow): Flag => ({
  id: row.id,
  taskId: row.taskId,
  taskExternalId: row.taskExternalId,
  trainer: { id: row.trainerId, name: row.trainerName },
  reason: row.reason,
  comment: row.comment,
  state: row.state,
  liveAssignments: row.liveAssignments,
  createdAt: row.createdAt.toISOString(),
  resolvedBy: row.resolvedBy,
})
