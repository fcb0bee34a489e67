import type { Message, Part, TaskPayload } from '@groundwork/contract'
import { writtenImages, writtenPath } from '@groundwork/contract/bundle'
import type { Deps } from '../../platform/index.ts'
import { type AssetRow, assetOfHash, assetOfOrganization } from './asset-queries.ts'
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

/** How exports name images. */
const EXPORTED = /(?:^|\/)images\/([0-9a-f]{64})\.(?:png|jpg|webp)$/
/** Names remembered in one import, so that an image that many rows show is read once. */
const REMEMBERED = 20_000
/** Images in the Markdown of one task; more are named and not shown. */
const MOST_WRITTEN = 200

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
    const found = await files?.read(read.path)
    if (found) return 'problem' in found ? found : storeImage(deps, owner, found.bytes)
    const kept = await exportedBefore(read.path)
    if (kept) return { asset: kept }
    if (!files) {
      const message = `The row shows "${read.path}", but the file came alone. Send a zip or a folder with the file and its images.`
      return { problem: { code: 'image_missing', message } }
    }
    const message = `There is no "${read.path}" beside the file.`
    return { problem: { code: 'image_missing', message } }
  }
  /** Exports name images by the hash of their bytes; one that the organization still has need not come along. */
  const exportedBefore = async (path: string) => {
    const sha256 = EXPORTED.exec(path)?.[1]
    if (!sha256) return undefined
    const scope = { organization: owner.organizationId }
    return deps.database.transaction(scope, (tx) => assetOfHash(tx, owner.organizationId, sha256))
  }

  const storedOnce = (name: string): Promise<Stored> => {
    // Data URLs are long, and storing them twice costs one query.
    if (name.length > 1_000) return store(name)
    const found = known.get(name) ?? store(name)
    if (known.size < REMEMBERED) known.set(name, found)
    return found
  }

  return async (task: TaskPayload): Promise<ResolvedTask | { problem: ImageProblem }> => {
    const messages = messagesOf(task)
    const named = new Set(messages.flatMap((message) => [...namesIn(message)]))
    // In Markdown a path may be no more than an example; it is an image when there is such a file.
    const written = new Set(files ? messages.flatMap(writtenIn).slice(0, MOST_WRITTEN) : [])
    const assets: Assets = new Map()
    const problems: ImageProblem[] = []
    await Promise.all(
      [...new Set([...named, ...written])].map(async (name) => {
        const stored = await storedOnce(named.has(name) ? name : writtenPath(name))
        if ('asset' in stored) assets.set(name, stored.asset)
        else if (named.has(name) || !isNoFile(stored.problem)) problems.push(stored.problem)
      }),
    )
    const [problem] = problems
    if (problem) return { problem }
    if (assets.size === 0) return { task, assetIds: [] }
    const put = (message: Message): Message => withAssets(message, assets)
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

type Assets = Map<string, Pick<AssetRow, 'id' | 'width' | 'height'>>

const messagesOf = (task: TaskPayload): Message[] => [
  ...task.context,
  ...task.candidates.flatMap((each) => each.messages),
]

/** The images that a message names outside of its text. */
function* namesIn({ parts, media }: Message): Generator<string> {
  for (const part of parts) if (part.type === 'image') yield part.assetId
  for (const { assetId } of Object.values(media ?? {})) yield assetId
}

/** Paths of images in the Markdown of a message, as they stand there: `![A chart](images/chart.png)`, `[1]: images/chart.png`. */
function writtenIn({ parts, media }: Message): string[] {
  const paths = parts.flatMap((part) => ('text' in part ? writtenImages(part.text) : []))
  return paths.filter(
    (path) => !(media && Object.hasOwn(media, path)) && readImageName(writtenPath(path)).kind === 'path',
  )
}

const isNoFile = ({ code }: ImageProblem) => code === 'image_missing' || code === 'image_type'

/** The message with its images as assets; those of its Markdown beside the text, which stays as it is. */
function withAssets(message: Message, assets: Assets): Message {
  const parts = message.parts.map((part) => withAsset(part, assets))
  const media = Object.fromEntries([
    ...Object.entries(message.media ?? {}).flatMap(([path, { assetId }]) =>
      entryOf(path, assets.get(assetId)),
    ),
    ...writtenIn(message).flatMap((path) => entryOf(path, assets.get(path))),
  ])
  return { ...message, parts, ...(Object.keys(media).length > 0 && { media }) }
}

function entryOf(path: string, asset: Pick<AssetRow, 'id' | 'width' | 'height'> | undefined) {
  return asset ? [[path, { assetId: asset.id, width: asset.width, height: asset.height }] as const] : []
}

function withAsset(part: Part, assets: Assets): Part {
  const asset = part.type === 'image' ? assets.get(part.assetId) : undefined
  if (part.type !== 'image' || !asset) return part
  return { ...part, assetId: asset.id, width: asset.width, height: asset.height }
}
