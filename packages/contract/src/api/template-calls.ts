import { z } from 'zod'
import * as templates from '../templates.ts'
import { id, text } from '../text.ts'
import { byId, call, empty, list } from './call.ts'

const byTemplate = z.object({ id: text(80, 1) })

/** What projects start from. */
export const templateCalls = {
  listTemplates: call({
    method: 'GET',
    path: '/templates',
    summary: 'Templates to start a project from: those of Groundwork, then those of the teams of the caller',
    query: z.strictObject({ organizationId: id.optional() }),
    response: list(templates.template),
  }),
  listSampleTasks: call({
    method: 'GET',
    path: '/templates/:id/tasks',
    summary: 'Tasks to try a template with',
    params: byTemplate,
    response: list(templates.sampleTask),
  }),
  createTemplate: call({
    method: 'POST',
    path: '/templates',
    summary: 'Save a form as a template of the team',
    body: templates.createTemplate,
    response: templates.template,
  }),
  updateTemplate: call({
    method: 'PUT',
    path: '/templates/:id',
    summary: 'Change a template of the team; projects that were started from it stay as they are',
    params: byId,
    body: templates.updateTemplate,
    response: templates.template,
  }),
  deleteTemplate: call({
    method: 'DELETE',
    path: '/templates/:id',
    summary: 'Delete a template of the team; projects that were started from it stay',
    params: byId,
    response: empty,
  }),
  getFormSchema: call({
    method: 'GET',
    path: '/form-schema.json',
    summary: 'The JSON Schema of a form',
    response: z.record(z.string(), z.unknown()),
  }),
}
