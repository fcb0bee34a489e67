import { RowFault } from '../faults.ts'

/**
 * The value of one JSON text.
 * @param unfinished the file ended inside this record, so that text which stops early is `cut_off`
 * @throws RowFault `bad_json`, `nul_character` or `cut_off`
 */
export function parseJson(source: string, unfinished: boolean): unknown {
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

const NUL_BYTE = 'The record has a NUL byte; remove it.'
const CUT_OFF =
  'The file ends in the middle of this record. Send the whole file again; what was read is not read twice.'
const NOT_A_NUMBER = ' JSON has no NaN or Infinity; write null, or a number.'

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
