import type { ExportContainer, ExportFormat, ExportOptions } from '@groundwork/contract'
import { carriesImages, hasImagesColumn, type SavedImages } from '@groundwork/formats'

/**
 * How the images of tasks get into an export.
 * - none: not at all; where a row would need one there is no row
 * - references: rows name assets of this instance
 * - files: rows name files beside them, `images/<hash>.<ending>`
 * - parquet: the bytes stand in a column
 * - data_urls: the bytes stand in the messages
 */
export type ImageStyle = 'none' | 'references' | 'files' | 'parquet' | 'data_urls'

/** @param shown whether tasks of the project show images at all */
export function imageStyle(
  format: ExportFormat,
  as: ExportContainer,
  { media }: Pick<ExportOptions, 'media'>,
  shown: boolean,
): ImageStyle {
  if (!shown) return 'none'
  const named = hasImagesColumn(format) || format === 'raw' || format === 'coco'
  if (media === 'references') return named ? 'references' : 'none'
  if (format === 'openai-sft' || format === 'openai-rft') return 'data_urls'
  if (as === 'parquet' && hasImagesColumn(format)) return 'parquet'
  return named || carriesImages(format) ? 'files' : 'none'
}

/** The same as writers of files know it. */
export const savedImages = (style: ImageStyle): SavedImages =>
  style === 'none' ? 'none' : style === 'parquet' ? 'bytes' : 'names'

/** Whether the data files hold bytes of images, and are therefore kept where images are. */
export const holdsImages = (style: ImageStyle): boolean => style === 'parquet' || style === 'data_urls'
