import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { deleteProject, deleteTasks } from './delete-draft.ts'

/** What a team may still throw away. */
export function draftRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.deleteProject, 'signed_in', async ({ caller, params }) => {
    await deleteProject(deps, caller, params.id)
    return { ok: true } as const
  })

  route(app, api.deleteTasks, 'signed_in', async ({ caller, params, body }) => ({
    deleted: await deleteTasks(deps, caller, params.id, body.taskIds),
  }))
}
