import { z } from 'zod'
import { id } from '../text.ts'
import { byId, call, empty } from './call.ts'

/** What only a project that was never launched allows. */
export const draftCalls = {
  deleteProject: call({
    method: 'DELETE',
    path: '/projects/:id',
    summary: 'Delete a draft with its tasks; its money goes back to its source',
    params: byId,
    response: empty,
  }),
  deleteTasks: call({
    method: 'POST',
    path: '/projects/:id/tasks/delete',
    summary: 'Delete tasks of a draft',
    params: byId,
    body: z.strictObject({ taskIds: z.array(id).min(1).max(500) }),
    response: z.object({ deleted: z.number() }),
  }),
}
