import { z } from 'zod'
import * as imports from '../imports.ts'
import { id } from '../text.ts'
import { byId, call, list } from './call.ts'

/** Files of tasks into a project. */
export const importCalls = {
  importTasks: call({
    method: 'POST',
    path: '/projects/:id/import',
    summary: 'Import a file, streamed',
    params: byId,
    query: imports.importStart,
    bodyType: 'stream',
    response: imports.imported,
  }),
  previewImport: call({
    method: 'POST',
    path: '/imports/preview',
    summary: 'Recognise a file by its beginning; stores nothing',
    query: imports.previewQuery,
    bodyType: 'stream',
    response: imports.importPreview,
    storesNothing: true,
  }),
  listImports: call({
    method: 'GET',
    path: '/projects/:id/imports',
    summary: 'Imports of a project',
    params: byId,
    response: list(imports.importRecord),
  }),
  getImport: call({
    method: 'GET',
    path: '/imports/:id',
    summary: 'How far an import is',
    params: byId,
    response: imports.importRecord,
  }),
  cancelImport: call({
    method: 'POST',
    path: '/imports/:id/cancel',
    summary: 'Stop an import; what went in stays',
    params: byId,
    response: imports.importRecord,
  }),
  getRejectedRows: call({
    method: 'GET',
    path: '/imports/:id/rejected',
    summary: 'All bad rows of an import as CSV',
    params: byId,
    responseType: 'csv',
  }),
  listReferences: call({
    method: 'GET',
    path: '/projects/:id/tasks/:taskId/references',
    summary: 'Judgments that came with an imported task',
    params: z.object({ id, taskId: id }),
    response: list(imports.referenceJudgment),
  }),
}
