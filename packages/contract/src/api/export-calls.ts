import { z } from 'zod'
import * as exports from '../exports.ts'
import { id, text } from '../text.ts'
import { byId, call, empty, list } from './call.ts'

/** Exports of a project, and where they can be sent. */
export const exportCalls = {
  createExport: call({
    method: 'POST',
    path: '/projects/:id/exports',
    summary: 'Export in the background',
    params: byId,
    body: exports.createExport,
    response: exports.exportJob,
  }),
  previewExport: call({
    method: 'POST',
    path: '/projects/:id/exports/preview',
    summary: 'What an export would hold, found out on the first tasks; stores nothing',
    params: byId,
    body: exports.previewExport,
    response: exports.exportPreview,
    storesNothing: true,
  }),
  listExportTargets: call({
    method: 'GET',
    path: '/projects/:id/exports/targets',
    summary: 'The formats, and which of them the form of the project can feed',
    params: byId,
    response: list(exports.exportTarget).extend({ remembered: exports.rememberedOptions }),
  }),
  listExports: call({
    method: 'GET',
    path: '/projects/:id/exports',
    summary: 'Exports of a project',
    params: byId,
    response: list(exports.exportJob),
  }),
  getExport: call({
    method: 'GET',
    path: '/exports/:id',
    summary: 'How far an export is',
    params: byId,
    response: exports.exportJob,
  }),
  getExportFile: call({
    method: 'GET',
    path: '/exports/:id/files/:name',
    summary: 'A file of an export',
    params: z.object({ id, name: text(200, 1) }),
    responseType: 'file',
  }),
  getExportArchive: call({
    method: 'GET',
    path: '/exports/:id/archive',
    summary: 'All files of an export with the images that its rows name, as a zip',
    params: byId,
    responseType: 'file',
  }),
  deliverExport: call({
    method: 'POST',
    path: '/exports/:id/deliver',
    summary: 'Send the files to their destination again',
    params: byId,
    response: exports.exportJob,
  }),
  listDestinations: call({
    method: 'GET',
    path: '/organizations/:id/destinations',
    summary: 'Where exports of the organization can be sent',
    params: byId,
    response: list(exports.destination),
  }),
  createDestination: call({
    method: 'POST',
    path: '/organizations/:id/destinations',
    summary: 'Add a folder, a bucket or a repository to which exports can be sent',
    params: byId,
    body: exports.createDestination,
    response: exports.destination,
  }),
  removeDestination: call({
    method: 'DELETE',
    path: '/destinations/:id',
    summary: 'Forget a destination and its secret; what was sent there stays',
    params: byId,
    response: empty,
  }),
  getExportKey: call({
    method: 'GET',
    path: '/export-key',
    summary: 'The public key that verifies signed exports of this instance',
    response: exports.exportKey,
  }),
}
