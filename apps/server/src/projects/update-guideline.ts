import { type Caller, type Deps, notFound, recordAudit } from '../platform/index.ts'
import { requireProject } from './project-access.ts'
import { projectHeader } from './project-queries.ts'
import { closed } from './projects-rules.ts'
import { addGuideline, type GuidelineRow, guidelineOf } from './version-queries.ts'

/**
 * Makes a new version of the guideline; the same text again makes none.
 * @throws AppError `project_closed` when the project is finished
 */
export async function updateGuideline(
  deps: Deps,
  caller: Caller,
  projectId: string,
  markdown: string,
): Promise<GuidelineRow> {
  const { organization_id: organizationId } = await requireProject(deps, caller, projectId, 'manager')
  return deps.database.transaction({ organization: organizationId }, async (tx) => {
    const project = await projectHeader(tx, projectId, 'update')
    if (!project) throw notFound('project')
    if (project.state === 'finished') throw closed(project.state)
    const current = await guidelineOf(tx, projectId, project.guideline_version)
    if (current.markdown === markdown) return current
    const version = current.version + 1
    await addGuideline(tx, project, { version, markdown, createdBy: caller.userId })
    await recordAudit(tx, {
      organizationId,
      actorId: caller.userId,
      action: 'guideline.updated',
      subject: { kind: 'project', id: projectId },
      details: { version },
    })
    return guidelineOf(tx, projectId, version)
  })
}
