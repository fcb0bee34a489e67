import { RowFault } from '../faults.ts'
import { compactJson, scanJson } from './json-scan.ts'

/** How deep a record may be nested. Nothing real comes near, and beyond it functions that call themselves run out of stack. */
const MAX_NESTING = 500

/**
 * The value of one JSON text. What a parser loses in silence is kept or refused: whole numbers that a double cannot hold become text, arguments of tool
 * calls become the text in which they are written, and keys that stand twice and numbers beyond all bounds are refused.
 * @param unfinished the file ended inside this record, so that text which stops early is `cut_off`
 * @throws RowFault `bad_json`, `nul_character`, `cut_off`, `too_deep`, `duplicate_key` or `number_too_large`
 */
export function parseJson(source: string, unfinished: boolean): unknown {
  const value = parsed(source, unfinished)
  const found = lookInto(value)
  const kept = hasArguments(source) ? withArguments(source) : source
  if (mayHaveTwice(source, found.keys)) refuseTwice(source)
  const settled = kept === source ? found : lookInto(JSON.parse(kept))
  if (settled.infinite) throw new RowFault('number_too_large', TOO_LARGE)
  if (settled.unsafe) return JSON.parse(kept, exactly)
  return kept === source ? value : JSON.parse(kept)
}

function parsed(source: string, unfinished: boolean): unknown {
  try {
    return JSON.parse(source)
  } catch (error) {
    if (source.includes('\u0000')) throw new RowFault('nul_character', NUL_BYTE)
    if (unfinished && stopsEarly(source)) throw new RowFault('cut_off', CUT_OFF)
    const reason = error instanceof Error ? error.message : String(error)
    const hint =
      /\b(NaN|Infinity)\b/.test(reason) || /[:,[]\s*-?(NaN|Infinity)\b/.test(source) ? NOT_A_NUMBER : ''
    throw new RowFault('bad_json', `Not valid JSON: ${reason}.${hint}`)
  }
}

const TOO_DEEP = `The record is nested more than ${MAX_NESTING} levels deep; flatten it.`
const NUL_BYTE = 'The record has a NUL byte; remove it.'
const CUT_OFF =
  'The file ends in the middle of this record. Send the whole file again; what was read is not read twice.'
const NOT_A_NUMBER = ' JSON has no NaN or Infinity; write null, or a number.'
const TOO_LARGE = 'A number of the record is too large to be one (such as 1e400); write it as text, or null.'

type Found = { keys: number; infinite: boolean; unsafe: boolean }

/**
 * What has to be known of a value before it is used.
 * @throws RowFault `too_deep`
 */
function lookInto(value: unknown): Found {
  const found = { keys: 0, infinite: false, unsafe: false }
  visit(value, MAX_NESTING, found)
  return found
}

function visit(value: unknown, levels: number, found: Found): void {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return
    if (!Number.isFinite(value)) found.infinite = true
    else if (Number.isInteger(value)) found.unsafe = true
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (levels === 0) throw new RowFault('too_deep', TOO_DEEP)
  // Not by its keys, which would be made into texts first.
  if (Array.isArray(value)) for (const each of value) visit(each, levels - 1, found)
  else
    for (const key in value) {
      found.keys++
      visit((value as Record<string, unknown>)[key], levels - 1, found)
    }
}

/** A whole number beyond 2^53 as text: an id whose last digits are rounded is the id of something else. */
function exactly(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  const written = isRounded ? context?.source : undefined
  return written !== undefined && /^-?\d+$/.test(written) ? written : value
}

/**
 * Whether the text may have more keys than its value. A quote before a colon ends a key, or (seldom) begins a text; there are never more keys than
 * such quotes, so that equal numbers mean that no key is lost.
 */
function mayHaveTwice(source: string, keys: number): boolean {
  let quotes = 0
  for (let at = source.indexOf(':'); at !== -1; at = source.indexOf(':', at + 1)) {
    let before = at - 1
    while (
      source[before] === ' ' ||
      source[before] === '\n' ||
      source[before] === '\r' ||
      source[before] === '\t'
    )
      before--
    if (source[before] !== '"') continue
    let escapes = 0
    while (source[before - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) quotes++
  }
  return quotes !== keys
}

/** @throws RowFault `duplicate_key` */
function refuseTwice(source: string): void {
  scanJson(source, {
    onTwice(key) {
      throw new RowFault(
        'duplicate_key',
        `The record has the key ${JSON.stringify(key.slice(0, 100))} twice in one object, and only one of the values would be read. Remove or rename one.`,
      )
    },
  })
}

/** Whether a tool is called with arguments that are written as an object. */
const hasArguments = (source: string): boolean =>
  source.includes('"tool_calls"') && /"arguments"\s*:\s*\{/.test(source)

/** The record with the arguments of tool calls as text, as OpenAI writes them. */
function withArguments(source: string): string {
  let made = ''
  let from = 0
  scanJson(source, {
    onObject(path, start, end) {
      const at = path.lastIndexOf('tool_calls')
      const below = path.slice(at + 1).join(' ')
      if (at === -1 || (below !== '* arguments' && below !== '* function arguments')) return
      made += source.slice(from, start) + JSON.stringify(compactJson(source.slice(start, end)))
      from = end
    },
  })
  return made + source.slice(from)
}

/**
 * The arguments of a tool call that is itself written as JSON.
 * @param source valid JSON
 * @returns undefined where they are no object
 */
export function argumentsIn(source: string): string | undefined {
  let found: string | undefined
  scanJson(source, {
    onObject(path, start, end) {
      if (path.length === 1 && path[0] === 'arguments') found = compactJson(source.slice(start, end))
    },
  })
  return found
}

/** Whether a JSON text ends inside a string, object or array. */
function stopsEarly(source: string): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < source.length; index++) {
    const character = source[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
  }
  return inString || depth > 0
}
