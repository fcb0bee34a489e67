import type { ProjectState } from '@groundwork/contract'
import { type Caller, notFound, recordAudit, type Tx } from '../platform/index.ts'
import { changeState, type ProjectHeader, projectHeader } from './project-queries.ts'
import { closed, nameOfChange } from './projects-rules.ts'

/**
 * Brings a project from one of the states `from` into another, with its audit event. A state that it has already is no change.
 * @returns the project as it is then
 * @throws AppError `project_closed` when it is in no state of `from`
 */
export async function setProjectState(
  tx: Tx,
  projectId: string,
  from: ProjectState[],
  to: Exclude<ProjectState, 'draft'>,
  caller: Pick<Caller, 'userId'>,
): Promise<ProjectHeader> {
  const before = await changeState(tx, projectId, from, to)
  const project = await projectHeader(tx, projectId)
  if (!project) throw notFound('project')
  if (!before) throw closed(project.state)
  if (before === to) return project
  await recordAudit(tx, {
    organizationId: project.organization_id,
    actorId: caller.userId,
    action: nameOfChange(before, to),
    subject: { kind: 'project', id: projectId },
    details: { from: before, to },
  })
  return project
}
