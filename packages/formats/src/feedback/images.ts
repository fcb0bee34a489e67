import type { Message } from '@groundwork/contract'
import type { WriteFormat } from '../write-formats.ts'
import type { WriteOptions } from './out.ts'

/** Whether a message shows an image, which a file of text cannot. */
export function hasImage(message: Message): boolean {
  return message.parts.some((part) => part.type === 'image')
}

/** Formats whose rows have a column `images` for the images of their messages. */
const withColumn: ReadonlySet<string> = new Set<WriteFormat>([
  'trl-preference',
  'trl-sft',
  'trl-prompt-completion',
  'trl-unpaired',
  'trl-prompt-only',
  'sharegpt',
  'alpaca',
  'llama-factory',
])
export const hasImagesColumn = (format: string): boolean => withColumn.has(format)

/** Formats that can carry images beside the text of a conversation; in the others a task with images gives no row. */
export const carriesImages = (format: string): boolean =>
  withColumn.has(format) || format === 'openai-sft' || format === 'openai-rft' || format === 'label-studio'

/** Why a conversation cannot be written with its images; null when it can, or has none. */
export type ImageDrop = 'has_images' | 'images_in_answers' | 'images_not_of_user'

/**
 * Trainers of vision models take images where people speak. What a model answers, or is told before anybody speaks, is text to them.
 * @param images whether the format, as it is written, carries images at all
 */
export function unfitImages(
  context: readonly Message[],
  answers: readonly Message[],
  images: boolean,
): ImageDrop | null {
  if (answers.some(hasImage)) return images ? 'images_in_answers' : 'has_images'
  if (!context.some(hasImage)) return null
  if (!images) return 'has_images'
  return context.some((each) => each.role !== 'user' && hasImage(each)) ? 'images_not_of_user' : null
}

/** The `images` column of a row: the names of its images in the order of their places. On every row of a set with images, and on none of another. */
export function imagesOf(
  messages: readonly Message[],
  { options }: { options: Pick<WriteOptions, 'images'> },
) {
  return options.images ? { images: imageNames(messages) } : {}
}

const imageNames = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'image' ? [part.assetId] : [])))
