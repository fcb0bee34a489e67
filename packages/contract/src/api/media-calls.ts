import { asset } from '../media.ts'
import { byId, call } from './call.ts'

/** Images of tasks. */
export const mediaCalls = {
  uploadMedia: call({
    method: 'POST',
    path: '/projects/:id/media',
    summary: 'Upload an image (PNG, JPEG, WebP, GIF or AVIF); tasks name it by its id',
    params: byId,
    bodyType: 'stream',
    response: asset,
  }),
  getMedia: call({
    method: 'GET',
    path: '/media/:id',
    summary: 'An image, or a range of its bytes',
    params: byId,
    responseType: 'file',
  }),
}
