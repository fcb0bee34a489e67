import { api, type Project } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { acceptJudgment } from './accept-judgment.ts'
import { finishProject, launchProject, pauseProject } from './change-project-life.ts'
import { flagJudgment, listJudgmentFlags, resolveJudgmentFlag } from './flag-judgment.ts'
import { listFlags, resolveFlag } from './resolve-flag.ts'

/** What a team does with its tasks. `present` reads a project in full, which needs higher domains. */
export function reviewRoutes(
  app: FastifyInstance,
  deps: Deps,
  { present }: { present: (projectId: string) => Promise<Project> },
): void {
  route(app, api.launchProject, 'signed_in', async ({ caller, params }) => {
    await launchProject(deps, caller, params.id)
    return present(params.id)
  })

  route(app, api.pauseProject, 'signed_in', async ({ caller, params }) => {
    await pauseProject(deps, caller, params.id)
    return present(params.id)
  })

  route(app, api.finishProject, 'signed_in', async ({ caller, params }) => {
    await finishProject(deps, caller, params.id)
    return present(params.id)
  })

  route(app, api.listFlags, 'signed_in', ({ caller, params }) => listFlags(deps, caller, params.id))

  route(app, api.resolveFlag, 'signed_in', ({ caller, params, body }) =>
    resolveFlag(deps, caller, params.id, body),
  )

  route(app, api.acceptJudgment, 'signed_in', async ({ caller, params }) => {
    await acceptJudgment(deps, caller, params.id)
    return { ok: true } as const
  })

  route(app, api.flagJudgment, 'signed_in', ({ caller, params, body }) =>
    flagJudgment(deps, caller, params.id, body),
  )

  route(app, api.listJudgmentFlags, 'signed_in', ({ caller, params, query }) =>
    listJudgmentFlags(deps, caller, params.id, query.state),
  )

  route(app, api.resolveJudgmentFlag, 'signed_in', ({ caller, params, body }) =>
    resolveJudgmentFlag(deps, caller, params.id, body),
  )
}
