import { z } from 'zod'
import './plain-words.ts'

const UNCLEAN = 'Contains a NUL character or half of a surrogate pair; remove it.'

/** Code points that no database text column and no training file can carry: NUL, and halves of a surrogate pair. */
export function isCleanText(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed()
}

/**
 * Text that survives a round trip through JSON, Postgres and UTF-8 files.
 * @param max longest length in UTF-16 units; longer text is refused, never cut.
 */
export const text = (max: number, min = 0) =>
  z.string().min(min).max(max).refine(isCleanText, { message: UNCLEAN })

/** A short single-line name: trimmed, never empty, without control characters. */
export const nameText = (max = 120) =>
  text(max, 1)
    .trim()
    .min(1)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused here.
    .refine((value) => !/[\u0000-\u001f\u007f]/.test(value), { message: 'Must be one line of text.' })

export const id = z.uuid()
export const timestamp = z.iso.datetime({ offset: true })

/** Levels of nesting in a value that is stored; nothing has more than a few. */
const DEEPEST = 20

/** Where in a JSON value there is text that cannot be stored, or too many levels. */
export function* uncleanPlaces(
  value: unknown,
  path: string[] = [],
): Generator<{ path: string[]; message: string }> {
  if (typeof value === 'string') {
    if (!isCleanText(value)) yield { path, message: UNCLEAN }
  } else if (value !== null && typeof value === 'object') {
    if (path.length > DEEPEST) {
      yield { path, message: `Nested more than ${DEEPEST} levels deep.` }
      return
    }
    for (const [key, each] of Object.entries(value)) {
      if (!isCleanText(key)) yield { path, message: UNCLEAN }
      yield* uncleanPlaces(each, [...path, key])
    }
  }
}
