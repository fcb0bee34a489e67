import { z } from 'zod'

/** Code points that no database text column and no training file can carry: NUL, and halves of a surrogate pair. */
export function isCleanText(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed()
}

/**
 * Text that survives a round trip through JSON, Postgres and UTF-8 files.
 * @param max longest length in UTF-16 units; longer text is refused, never cut.
 */
export const text = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine(isCleanText, { message: 'Contains a NUL character or half of a surrogate pair; remove it.' })

/** A short single-line name: trimmed, never empty, without control characters. */
export const nameText = (max = 120) =>
  text(max, 1)
    .trim()
    .min(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused here.
    .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { message: 'Must be one line of text.' })

export const id = z.uuid()
export const timestamp = z.iso.datetime({ offset: true })
