import type { Message, TaskPayload } from '@groundwork/contract'
import type { Deps } from '../../platform/index.ts'
import { blobKey } from '../media/index.ts'
import { assetFacts } from './image-queries.ts'
import type { ImageStyle } from './image-style.ts'
import { withWrittenImages } from './written-images.ts'

/** An image that a task shows, with the path by which an export names it. */
export type ImageFile = {
  assetId: string
  path: string
  sha256: string
  mime: string
  width: number
  height: number
  bytes: number
}

/** Most bytes of images in one row that holds them; a row is kept in memory, and readers keep it, too. */
export const MOST_ROW_BYTES = 48 * 1024 * 1024
const endings: Record<string, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' }

/** The images of one export: which tasks show which, and which of them rows name. */
export class ExportImages {
  readonly style: ImageStyle
  readonly #deps: Deps
  readonly #organizationId: string
  #known = new Map<string, ImageFile>()
  readonly #used = new Map<string, ImageFile>()

  constructor(deps: Deps, organizationId: string, style: ImageStyle) {
    this.#deps = deps
    this.#organizationId = organizationId
    this.style = style
  }

  /** Finds out about the images of some tasks; only the last ones that were looked up are known. */
  async lookUp(tasks: readonly { payload: unknown }[]): Promise<void> {
    if (this.style === 'none') return
    const ids = new Set(tasks.flatMap(({ payload }) => assetIdsOf(payload as TaskPayload)))
    const scope = { organization: this.#organizationId }
    const found = await this.#deps.database.transaction(scope, (tx) =>
      assetFacts(tx, this.#organizationId, [...ids]),
    )
    this.#known = new Map(
      found.map(({ id, bytes, ...facts }) => [
        id,
        {
          ...facts,
          assetId: id,
          bytes: Number(bytes),
          path: `images/${facts.sha256}.${endings[facts.mime] ?? 'bin'}`,
        },
      ]),
    )
  }

  /** The images that a task shows anywhere, each once, in order. */
  of(task: TaskPayload): ImageFile[] {
    return [...new Set(assetIdsOf(task))].flatMap((id) => this.#known.get(id) ?? [])
  }

  /**
   * A task as rows show it: the images by the names that this export has for them, those in the Markdown of people among them.
   * @returns also the images of its context, which are those that rows name; null when the bytes of one are nowhere
   */
  shown(task: TaskPayload): { task: TaskPayload; images: ImageFile[] } | null {
    const images = new Map<string, ImageFile>()
    let missing = false
    const named = (message: Message): Message => ({
      ...message,
      parts: message.parts.map((part) => {
        if (part.type !== 'image') return part
        const file = this.#known.get(part.assetId)
        if (!file) missing = true
        else images.set(file.assetId, file)
        return file ? { ...part, assetId: this.#nameOf(file) } : part
      }),
    })
    const context = task.context.map((each) => named(each.role === 'user' ? withWrittenImages(each) : each))
    const used = [...images.values()]
    const candidates = task.candidates.map((each) => ({ ...each, messages: each.messages.map(named) }))
    return missing ? null : { task: { ...task, context, candidates }, images: used }
  }

  #nameOf(file: ImageFile): string {
    return this.style === 'references' ? file.assetId : file.path
  }

  /** Notes that a row names images. */
  use(images: readonly ImageFile[]): void {
    for (const image of images) this.#used.set(image.path, image)
  }

  /** Every image that rows name, once, by path. */
  used(): ImageFile[] {
    return [...this.#used.values()].sort((one, other) => (one.path < other.path ? -1 : 1))
  }

  async bytesOf(image: ImageFile): Promise<Buffer> {
    const bytes = await this.#deps.storage.get(blobKey(image.sha256))
    if (!bytes) throw new Error(`The bytes of image ${image.assetId} are gone from the store.`)
    return Buffer.concat(await Array.fromAsync(bytes))
  }
}

/** Whether a text still shows images of its own: Markdown of models, whose words stay as they are, and of everybody where rows carry no images. */
export const hasWrittenImages = ({ context, candidates }: TaskPayload): boolean =>
  [context, ...candidates.map(({ messages }) => messages)].flat().some(({ media }) => media !== undefined)

function assetIdsOf({ context, candidates }: TaskPayload): string[] {
  return [context, ...candidates.map(({ messages }) => messages)]
    .flat()
    .flatMap(({ parts, media }) => [
      ...parts.flatMap((part) => (part.type === 'image' ? [part.assetId] : [])),
      ...Object.values(media ?? {}).map(({ assetId }) => assetId),
    ])
}
