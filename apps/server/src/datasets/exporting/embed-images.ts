import { type ExportImages, type ImageFile, MOST_ROW_BYTES } from './export-images.ts'

/** What OpenAI takes in one example (https://platform.openai.com/docs/guides/vision-fine-tuning). */
const OPENAI_MOST_IMAGES = 64
const OPENAI_MOST_BYTES = 10 * 1024 * 1024

type Row = Record<string, unknown>

/** Why a row cannot hold its images; null when it can. */
export function unfitToHold({ style }: ExportImages, images: readonly ImageFile[]): string | null {
  if (style !== 'parquet' && style !== 'data_urls') return null
  if (images.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_ROW_BYTES) return 'images_too_large'
  if (style === 'parquet') return null
  if (images.length > OPENAI_MOST_IMAGES) return 'too_many_images'
  return images.some(({ bytes }) => bytes > OPENAI_MOST_BYTES) ? 'images_too_large' : null
}

/** A row of `parquet` style: every path of its `images` with the bytes beside it, as base64. */
export async function withBytes(from: ExportImages, row: Row, images: readonly ImageFile[]): Promise<Row> {
  const byPath = new Map(images.map((image) => [image.path, image]))
  const held: { bytes: string; path: string }[] = []
  for (const path of row.images as string[]) {
    const image = byPath.get(path)
    if (image) held.push({ bytes: (await from.bytesOf(image)).toString('base64'), path })
  }
  return { ...row, images: held }
}

/**
 * A row of `data_urls` style: the bytes in place of the path of each image in its messages.
 * @param bytes false for a preview, which only shows where they would stand
 */
export async function withDataUrls(
  from: ExportImages,
  row: Row,
  images: readonly ImageFile[],
  bytes = true,
): Promise<Row> {
  const byPath = new Map(images.map((image) => [image.path, image]))
  const messages: unknown[] = []
  for (const message of row.messages as { content?: unknown }[]) {
    if (!Array.isArray(message.content)) messages.push(message)
    else {
      const content: unknown[] = []
      for (const part of message.content) {
        const image = part.type === 'image_url' ? byPath.get(part.image_url.url) : undefined
        const data = image && (bytes ? (await from.bytesOf(image)).toString('base64') : '…')
        content.push(image ? { ...part, image_url: { url: `data:${image.mime};base64,${data}` } } : part)
      }
      messages.push({ ...message, content })
    }
  }
  return { ...row, messages }
}
