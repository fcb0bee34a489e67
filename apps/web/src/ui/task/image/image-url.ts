import { callUrl } from '@groundwork/client'

/** An image that travels in the task itself, as the samples of templates do. */
const INLINE = /^data:image\/(png|jpeg|webp|gif|avif);base64,[\w+/=]+$/

/** Of a stored asset; a file that is only looked at before its import names images by their paths. */
const STORED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An image that this page holds: one that is looked at before it is sent. Only the page itself can give such an address. */
const HELD = /^blob:[^\s]+\/[0-9a-f-]{36}$/i

/** Where an image of a task is loaded from; undefined for one that is not stored, which is never fetched from where it names. */
export function imageUrl(assetId: string): string | undefined {
  if (STORED.test(assetId)) return callUrl('getMedia', { params: { id: assetId } })
  return INLINE.test(assetId) || HELD.test(assetId) ? assetId : undefined
}
