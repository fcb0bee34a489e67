import type { Message, Part } from '@groundwork/contract'

const INLINE =
  /!\[[^\]\n]{0,300}\]\(\s*<?([^\s<>()]{1,1000})>?(?:\s+(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?\s*\)/g

/**
 * A message with the images of its Markdown as parts, where they stand in the text; those that are only named elsewhere in it (`[1]: chart.png`) come before
 * the text.
 */
export function withWrittenImages(message: Message): Message {
  const { media, ...rest } = message
  if (!media || Object.keys(media).length === 0) return message
  const placed = new Set<string>()
  const parts = message.parts.flatMap((part) =>
    part.type === 'text' ? split(part.text, media, placed) : [part],
  )
  const others = Object.entries(media).filter(([path]) => !placed.has(path))
  return {
    ...rest,
    parts: [...others.map(([, { assetId }]): Part => ({ type: 'image', assetId })), ...parts],
  }
}

function split(text: string, media: NonNullable<Message['media']>, placed: Set<string>): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const found of text.matchAll(INLINE)) {
    const path = found[1] ?? ''
    const asset = Object.hasOwn(media, path) ? media[path] : undefined
    if (!asset) continue
    placed.add(path)
    if (found.index > from) parts.push({ type: 'text', text: text.slice(from, found.index) })
    parts.push({ type: 'image', assetId: asset.assetId })
    from = found.index + found[0].length
  }
  if (from < text.length || parts.length === 0) parts.push({ type: 'text', text: text.slice(from) })
  return parts
}
