import { Readable } from 'node:stream'
import { type Asset, api } from '@groundwork/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { requireMember } from '../../identity/index.ts'
import { AppError, type Caller, type Deps, notFound, route } from '../../platform/index.ts'
import { requireProject } from '../../projects/index.ts'
import { type AssetRow, assetFor } from './asset-queries.ts'
import { matchesTag, readRange } from './byte-range.ts'
import { MAX_IMAGE_BYTES, tooLarge } from './image-rules.ts'
import { blobKey } from './put-blob.ts'
import { storeImage } from './store-image.ts'

export function mediaRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.uploadMedia, 'signed_in', async ({ caller, params, body }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    const stored = await storeImage(
      deps,
      { organizationId: project.organization_id, userId: caller.userId },
      await bytesOf(body),
    )
    if ('asset' in stored) return present(stored.asset)
    const { code, message } = stored.problem
    throw new AppError(code === 'image_too_large' ? 'body_too_large' : 'image_rejected', message, {
      reason: code,
    })
  })

  route(app, api.getMedia, 'signed_in', async ({ caller, params, request, reply }) => {
    const asset = await requireAsset(deps, caller, params.id)
    const tag = `"${asset.sha256}"`
    const size = Number(asset.bytes)
    setHeaders(reply, tag)
    if (matchesTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
    // A part of another version would be of no use; there is one version only.
    const ifRange = request.headers['if-range']
    const range = readRange(
      ifRange === undefined || ifRange === tag ? request.headers.range : undefined,
      size,
    )
    if (range === 'unsatisfiable') {
      return reply.code(416).header('content-range', `bytes */${size}`).send()
    }
    const part = range === 'whole' ? undefined : range
    const bytes = await deps.storage.get(blobKey(asset.sha256), part)
    if (!bytes) throw new Error(`The bytes of asset ${asset.id} are gone from the store.`)
    if (part) reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${size}`)
    return reply
      .type(asset.mime)
      .header('content-length', String(part ? part.end - part.start + 1 : size))
      .send(Readable.from(bytes, { objectMode: false }))
  })
}

/** An image is no page: shown by itself it runs nothing and loads nothing. Its bytes never change. */
function setHeaders(reply: FastifyReply, tag: string): void {
  reply.headers({
    etag: tag,
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': 'inline',
    'cross-origin-resource-policy': 'same-origin',
    vary: 'cookie, authorization',
  })
}

/**
 * An asset, for members of its organization and for trainers who have, or had, a task that shows it.
 * @throws AppError `not_found` for everybody else
 */
async function requireAsset(deps: Deps, caller: Caller, id: string): Promise<AssetRow> {
  const asset = await deps.database.transaction('system', (tx) =>
    assetFor(tx, id, caller.userId, caller.projectId),
  )
  if (!asset) throw notFound('image')
  // A key of one organization is no trainer's key.
  if (asset.assigned && caller.trainer) return asset
  const project = asset.in_project ? caller.projectId : null
  await requireMember(deps, caller, asset.organization_id, 'viewer', project ?? undefined).catch(
    (error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found' ? notFound('image') : error
    },
  )
  return asset
}

/** The body, of which no more is read than an image may have. */
async function bytesOf(body: unknown): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    // The rest is read and thrown away: an answer to a half-read request would reach nobody.
    if (size <= MAX_IMAGE_BYTES) chunks.push(chunk)
    if (size > 4 * MAX_IMAGE_BYTES) break
  }
  if (size > MAX_IMAGE_BYTES) throw new AppError('body_too_large', tooLarge(size).message)
  return Buffer.concat(chunks)
}

const present = (row: AssetRow): Asset => ({
  id: row.id,
  mime: row.mime as Asset['mime'],
  width: row.width,
  height: row.height,
  bytes: Number(row.bytes),
})
