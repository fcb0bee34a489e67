import { api, type Project } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { namesOf } from '../identity/index.ts'
import { type Deps, route } from '../platform/index.ts'
import { createProject } from './create-project.ts'
import { fundProject } from './fund-project.ts'
import { presentLedger } from './present-ledger.ts'
import { requireProject } from './project-access.ts'
import { updateGuideline } from './update-guideline.ts'
import { type MisfitsOf, updateProject } from './update-project.ts'
import { type GuidelineRow, guidelinesOf } from './version-queries.ts'

/** @param present a project with its progress, which higher domains compute, as they know what tasks are (`misfitsOf`) */
export function projectRoutes(
  app: FastifyInstance,
  deps: Deps,
  { present, misfitsOf }: { present: (projectId: string) => Promise<Project>; misfitsOf: MisfitsOf },
): void {
  const { database } = deps

  route(app, api.createProject, 'signed_in', async ({ caller, body, idempotencyKey }) => {
    const { projectId } = await createProject(deps, caller, body, idempotencyKey)
    return present(projectId)
  })

  route(app, api.updateProject, 'signed_in', async ({ caller, params, body }) => {
    await updateProject(deps, caller, params.id, body, misfitsOf)
    return present(params.id)
  })

  route(app, api.fundProject, 'signed_in', async ({ caller, params, body, idempotencyKey }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    return database.transaction({ organization: project.organization_id }, (tx) =>
      fundProject(tx, project.id, { amount: body.amount, key: idempotencyKey, actorId: caller.userId }),
    )
  })

  route(app, api.getLedger, 'signed_in', async ({ caller, params }) =>
    presentLedger(deps, await requireProject(deps, caller, params.id, 'viewer')),
  )

  route(app, api.listGuidelines, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return database.transaction({ organization: project.organization_id }, async (tx) => {
      const rows = await guidelinesOf(tx, project.id)
      const names = await namesOf(
        tx,
        rows.flatMap((row) => row.createdBy ?? []),
      )
      return { items: rows.map((row) => presentGuideline(row, names)) }
    })
  })

  route(app, api.updateGuideline, 'signed_in', async ({ caller, params, body }) => {
    const row = await updateGuideline(deps, caller, params.id, body.markdown)
    return presentGuideline(row, new Map([[caller.userId, caller.name]]))
  })
}

const presentGuideline = (row: GuidelineRow, names: Map<string, string>) => ({
  version: row.version,
  markdown: row.markdown,
  createdAt: row.createdAt.toISOString(),
  createdBy: (row.createdBy && names.get(row.createdBy)) ?? null,
})
