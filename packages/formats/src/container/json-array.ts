import { RowFault } from '../faults.ts'
import { type Frame, type Framer, PendingBytes } from './frame.ts'
import { tooLong } from './json-lines.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/**
 * A JSON array, cut into its elements without parsing them: only strings and nesting are followed. `line` of a frame is the
 * element's number. What is inside an element is judged later, by a real JSON parser.
 */
export function jsonArray(limit: number): Framer {
  const pending = new PendingBytes(limit)
  let phase: 'before' | 'inside' | 'after' | 'refused' = 'before'
  let element = 1
  let depth = 0
  let inString = false
  let escaped = false
  let started = false

  function close(): Frame {
    started = false
    const line = element++
    if (!pending.overflowed) return { line, bytes: pending.take(), unfinished: false }
    pending.take()
    return { line, fault: tooLong(limit) }
  }

  return {
    *push(chunk) {
      let from = started ? 0 : -1
      for (let index = 0; index < chunk.length; index++) {
        const byte = chunk[index]
        if (inString) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) inString = false
          continue
        }
        if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
        if (phase === 'inside') {
          const ends = depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)
          if (ends) {
            if (started) {
              pending.append(chunk.subarray(from, index))
              from = -1
              yield close()
            } else if (byte === COMMA) {
              yield {
                line: element++,
                fault: new RowFault('bad_json', 'There is nothing before this comma.'),
              }
            }
            if (byte === CLOSE_BRACKET) phase = 'after'
            continue
          }
          if (!started) {
            started = true
            from = index
          }
          if (byte === QUOTE) inString = true
          else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
          else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && depth > 0) depth--
        } else if (phase === 'before' && byte === OPEN_BRACKET) {
          phase = 'inside'
        } else if (phase === 'after') {
          phase = 'refused'
          yield { line: element, fault: new RowFault('trailing_content', AFTER_ARRAY) }
        }
      }
      if (started) pending.append(chunk.subarray(Math.max(from, 0)))
    },
    *end() {
      if (phase !== 'inside') return
      if (started && depth === 0 && !inString) yield close()
      yield { line: element, fault: new RowFault('cut_off', ARRAY_CUT_OFF) }
    },
  }
}

const AFTER_ARRAY =
  'There is more text after the end of the array; it was not read. Send one array, or JSON Lines with a record a line.'
const ARRAY_CUT_OFF =
  'The file ends before the array is closed. Everything before this element was read; send the whole file again to add the rest.'
