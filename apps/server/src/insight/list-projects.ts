import { type ProjectSummary, presentMoney } from '@groundwork/contract'
import { organizationsOf } from '../identity/index.ts'
import { moneyOfProjects } from '../ledger/index.ts'
import type { Caller, Deps } from '../platform/index.ts'
import { projectHeaders, requireProject } from '../projects/index.ts'
import { summaryCounts } from './progress-queries.ts'

/**
 * Projects of the caller's organizations, or of the one that is named, newest first; for an API key that is limited to a project, that one.
 * @throws AppError `not_found` for an organization of which the caller is no member
 */
export async function listProjects(
  deps: Deps,
  caller: Caller,
  organizationId: string | undefined,
): Promise<ProjectSummary[]> {
  const { projectId } = caller
  if (projectId && caller.organizationId && !organizationId) {
    await requireProject(deps, caller, projectId, 'viewer')
    const all = await projectsOf(deps, caller.organizationId)
    return all.filter((project) => project.id === projectId)
  }
  const lists = await Promise.all(
    (await organizationsOf(deps, caller, organizationId)).map((each) => projectsOf(deps, each)),
  )
  return lists.flat().sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

function projectsOf({ database }: Deps, organization: string): Promise<ProjectSummary[]> {
  return database.transaction({ organization }, async (tx) => {
    const projects = await projectHeaders(tx, organization)
    const ids = projects.map((project) => project.id)
    const counts = await summaryCounts(tx, ids)
    const money = await moneyOfProjects(tx, ids)
    return projects.map((project) => ({
      id: project.id,
      organizationId: organization,
      name: project.name,
      template: project.template,
      state: project.state,
      createdAt: project.created_at.toISOString(),
      tasks: counts.get(project.id)?.tasks ?? 0,
      tasksDone: counts.get(project.id)?.tasksDone ?? 0,
      judgments: counts.get(project.id)?.judgments ?? 0,
      lastJudgmentAt: counts.get(project.id)?.lastJudgmentAt?.toISOString() ?? null,
      spent: presentMoney(money.get(project.id)?.spent ?? 0n, project.currency),
      funded: presentMoney(money.get(project.id)?.funded ?? 0n, project.currency),
    }))
  })
}
