import { RowFault } from '../faults.ts'

/** How deep a record may be nested. Nothing real comes near, and beyond it functions that call themselves run out of stack. */
const MAX_NESTING = 500

/**
 * The value of one JSON text.
 * @param unfinished the file ended inside this record, so that text which stops early is `cut_off`
 * @throws RowFault `bad_json`, `nul_character`, `cut_off` or `too_deep`
 */
export function parseJson(source: string, unfinished: boolean): unknown {
  try {
    const value: unknown = JSON.parse(source)
    if (isDeeper(value, MAX_NESTING)) throw new RowFault('too_deep', TOO_DEEP)
    return value
  } catch (error) {
    if (error instanceof RowFault) throw error
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

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  // Not by its keys, which would be made into texts first.
  if (Array.isArray(value)) return value.some((each) => isDeeper(each, levels - 1))
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true
  return false
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
