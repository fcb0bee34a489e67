import { MAX_IMAGE_NAME, MAX_PART } from '@groundwork/contract'
import { RowFault } from '../faults.ts'

/** How deep objects and lists of extra fields may be nested. */
export const MAX_DEPTH = 64

/**
 * Text that every later step can carry unchanged.
 * @param path where the text stands in its row, for the message
 * @throws RowFault `nul_character`, `lone_surrogate` or `too_long`
 */
export function checkText(value: string, path: string, max = MAX_PART): string {
  if (value.length > max) {
    throw new RowFault('too_long', `"${path}" has ${value.length} characters; at most ${max} are possible.`)
  }
  if (value.includes('\u0000')) {
    throw new RowFault('nul_character', `"${path}" has a NUL character (\\u0000); remove it.`)
  }
  if (!value.isWellFormed()) {
    throw new RowFault(
      'lone_surrogate',
      `"${path}" has half of a surrogate pair (\\ud800 to \\udfff alone); write the whole character.`,
    )
  }
  return value
}

/** The same for every text inside a value of any shape, keys too. An image that stands in it as a data URL is no text and may be longer. */
export function checkDeep(value: unknown, path: string, depth = 0): void {
  if (typeof value === 'string') {
    checkText(value, path, value.startsWith('data:image/') ? MAX_IMAGE_NAME : MAX_PART)
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (depth >= MAX_DEPTH) {
    throw new RowFault('too_deep', `"${path}" is nested more than ${MAX_DEPTH} levels deep; flatten it.`)
  }
  if (Array.isArray(value)) {
    for (const each of value) checkDeep(each, path, depth + 1)
    return
  }
  for (const [key, each] of Object.entries(value)) {
    checkText(key, path)
    checkDeep(each, path, depth + 1)
  }
}

/** What kind of thing a JSON value is, in words for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return 'text'
  return `a ${typeof value}`
}

/** A value for a message: short ones as they stand, others by what they are. Safe for values nested without end. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'object' && value !== null) return kindOf(value)
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text
}
