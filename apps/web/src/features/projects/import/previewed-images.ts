import type { Message, TaskPayload } from '@groundwork/contract'
import { normalPath, writtenImages, writtenPath } from '@groundwork/contract/bundle'
import type { Source } from './chosen-source.ts'

/** What is shown; the server takes a few kinds more, and says what each file really is. */
const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}
const MOST_IMAGES = 50

/** A task of which the images beside its file can be shown, until `release` is called. */
export type Previewed = { task: TaskPayload; release: () => void }

/**
 * Puts addresses of the images that the browser holds in place of their paths, in messages and in their Markdown. What is not there stays named.
 */
export async function withImagesBeside(task: TaskPayload, source: Pick<Source, 'image'>): Promise<Previewed> {
  const messages = [...task.context, ...task.candidates.flatMap((each) => each.messages)]
  const names = new Set(messages.flatMap(namesIn))
  const urls = new Map<string, string>()
  await Promise.all(
    [...names].slice(0, MOST_IMAGES).map(async (name) => {
      const path = normalPath(name)
      const type = path && TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
      if (!path || !type) return
      // A zip that is broken is the server's to say.
      const found = await source.image(path).catch(() => null)
      if (found) urls.set(name, URL.createObjectURL(found.slice(0, found.size, type)))
    }),
  )
  const put = (message: Message) => withUrls(message, urls)
  return {
    task: {
      ...task,
      context: task.context.map(put),
      candidates: task.candidates.map((each) => ({ ...each, messages: each.messages.map(put) })),
    },
    release: () => {
      for (const url of urls.values()) URL.revokeObjectURL(url)
    },
  }
}

const namesIn = ({ parts }: Message): string[] =>
  parts.flatMap((part) =>
    part.type === 'image' ? [part.assetId] : writtenImages(part.text).map(writtenPath),
  )

function withUrls(message: Message, urls: ReadonlyMap<string, string>): Message {
  const written = message.parts
    .flatMap((part) => ('text' in part ? writtenImages(part.text) : []))
    .flatMap((address) => {
      const assetId = urls.get(writtenPath(address))
      return assetId ? [[address, { assetId }] as const] : []
    })
  return {
    ...message,
    parts: message.parts.map((part) =>
      part.type === 'image' ? { ...part, assetId: urls.get(part.assetId) ?? part.assetId } : part,
    ),
    ...(written.length > 0 && { media: { ...message.media, ...Object.fromEntries(written) } }),
  }
}
