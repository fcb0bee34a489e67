import { outcomes } from '../outcomes.ts'
import { byId, call } from './call.ts'

/** What the tasks of a project come to. */
export const outcomeCalls = {
  getOutcomes: call({
    method: 'GET',
    path: '/projects/:id/outcomes',
    summary: 'What all tasks come to on each question, and those on which people differ most',
    params: byId,
    response: outcomes,
  }),
}
