import type { Message, Part, TaskPayload } from '@groundwork/contract'
import type { Deps } from '../../platform/index.ts'
import { type AssetRow, assetOfOrganization } from './asset-queries.ts'
import { readImageName } from './image-names.ts'
import type { ImageProblem } from './image-rules.ts'
import { storeImage } from './store-image.ts'

/** The files that came with an import. */
export type MediaFiles = {
  /** The bytes of a file by its path; null when there is none. */
  read: (path: string) => Promise<{ bytes: Uint8Array } | { problem: ImageProblem } | null>
}

export type ResolvedTask = { task: TaskPayload; assetIds: string[] }
type Stored = { asset: Pick<AssetRow, 'id' | 'width' | 'height'> } | { problem: ImageProblem }

/** Names remembered in one import, so that an image that many rows show is read once. */
const REMEMBERED = 20_000

/** Whether a task shows images at all; most do not, and need not be looked at further. */
export const hasImages = (task: TaskPayload): boolean =>
  task.context.some(showsImage) || task.candidates.some((each) => each.messages.some(showsImage))

const showsImage = (message: Message) => message.parts.some((part) => part.type === 'image')

/**
 * Puts stored assets in place of the images that the tasks of one import name: assets of the organization by id, data URLs, and paths
 * of the files that came along. The names themselves are gone from the tasks afterwards.
 * @param files what came along; null when the import is a single file
 */
export function mediaResolver(
  deps: Deps,
  owner: { organizationId: string; userId: string | null },
  files: MediaFiles | null,
) {
  const known = new Map<string, Promise<Stored>>()

  const store = async (name: string): Promise<Stored> => {
    const read = readImageName(name)
    if (read.kind === 'problem') return { problem: read.problem }
    if (read.kind === 'data') return storeImage(deps, owner, read.bytes)
    if (read.kind === 'asset') {
      const asset = await deps.database.transaction({ organization: owner.organizationId }, (tx) =>
        assetOfOrganization(tx, owner.organizationId, read.id),
      )
      const message = `The organization has no image with the id ${read.id}. Upload it first.`
      return asset ? { asset } : { problem: { code: 'image_unknown', message } }
    }
    if (!files) {
      const message = `The row shows "${read.path}", but the file came alone. Send a zip or a folder with the file and its images.`
      return { problem: { code: 'image_missing', message } }
    }
    const found = await files.read(read.path)
    if (!found) {
      const message = `There is no "${read.path}" beside the file.`
      return { problem: { code: 'image_missing', message } }
    }
    return 'problem' in found ? found : storeImage(deps, owner, found.bytes)
  }

  const storedOnce = (name: string): Promise<Stored> => {
    // Data URLs are long, and storing them twice costs one query.
    if (name.length > 1_000) return store(name)
    const found = known.get(name) ?? store(name)
    if (known.size < REMEMBERED) known.set(name, found)
    return found
  }

  return async (task: TaskPayload): Promise<ResolvedTask | { problem: ImageProblem }> => {
    const names = new Set(imageNames(task))
    const stored = new Map<string, Stored>()
    await Promise.all([...names].map(async (name) => stored.set(name, await storedOnce(name))))
    for (const each of stored.values()) if ('problem' in each) return each
    const assets = new Map<string, Pick<AssetRow, 'id' | 'width' | 'height'>>()
    for (const [name, each] of stored) if ('asset' in each) assets.set(name, each.asset)
    const put = (message: Message): Message => ({
      ...message,
      parts: message.parts.map((part) => withAsset(part, assets)),
    })
    return {
      task: {
        ...task,
        context: task.context.map(put),
        candidates: task.candidates.map((each) => ({ ...each, messages: each.messages.map(put) })),
      },
      assetIds: [...new Set([...assets.values()].map((asset) => asset.id))],
    }
  }
}

function* imageNames(task: TaskPayload): Generator<string> {
  for (const messages of [task.context, ...task.candidates.map((each) => each.messages)])
    for (const message of messages)
      for (const part of message.parts) if (part.type === 'image') yield part.assetId
}

function withAsset(part: Part, assets: Map<string, Pick<AssetRow, 'id' | 'width' | 'height'>>): Part {
  const asset = part.type === 'image' ? assets.get(part.assetId) : undefined
  if (part.type !== 'image' || !asset) return part
  return { ...part, assetId: asset.id, width: asset.width, height: asset.height }
}
