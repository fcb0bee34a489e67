import { createHash } from 'node:crypto'
import { type Deps, newId } from '../../platform/index.ts'
import { type AssetRow, assetOfSource, saveAsset } from './asset-queries.ts'
import type { ImageProblem } from './image-rules.ts'
import { cleanImage } from './image-workshop.ts'
import { blobKey, putBlob } from './put-blob.ts'

/**
 * Makes an image an asset of the organization: decoded, written anew without metadata, stored under the hash of its bytes. The same
 * image again is the same asset, and the same file again is not decoded again.
 */
export async function storeImage(
  deps: Deps,
  owner: { organizationId: string; userId: string | null },
  bytes: Uint8Array,
): Promise<{ asset: AssetRow } | { problem: ImageProblem }> {
  const { organizationId } = owner
  const scope = { organization: organizationId }
  const sourceHash = sha256Of(bytes)
  const known = await deps.database.transaction(scope, (tx) => assetOfSource(tx, organizationId, sourceHash))
  if (known) return { asset: known }
  const cleaned = await cleanImage(bytes)
  if ('problem' in cleaned) return cleaned
  const { image } = cleaned
  const sha256 = sha256Of(image.bytes)
  await putBlob(deps, { key: blobKey(sha256), sha256, type: image.mime }, () => image.bytes)
  const asset = await deps.database.transaction(scope, (tx) =>
    saveAsset(tx, {
      id: newId(),
      organization_id: organizationId,
      sha256,
      mime: image.mime,
      width: image.width,
      height: image.height,
      bytes: BigInt(image.bytes.length),
      sourceHash,
      createdBy: owner.userId,
    }),
  )
  return { asset }
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
