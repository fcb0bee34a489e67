import { RowFault } from '../faults.ts'
import { type Frame, type Framer, isBlank, PendingBytes } from './frame.ts'

const LINE_FEED = 0x0a

/** JSONL: one record a line, ended by LF or CRLF. Blank lines count as lines and give no record. U+2028 ends nothing. */
export function jsonLines(limit: number): Framer {
  const pending = new PendingBytes(limit)
  let line = 1

  function* close(unfinished: boolean): Generator<Frame> {
    if (pending.overflowed) {
      pending.take()
      yield { line, fault: tooLong(limit) }
      return
    }
    const bytes = pending.take()
    if (!isBlank(bytes)) yield { line, bytes, unfinished }
  }

  return {
    *push(chunk) {
      let start = 0
      for (;;) {
        const end = chunk.indexOf(LINE_FEED, start)
        pending.append(chunk.subarray(start, end === -1 ? chunk.length : end))
        if (end === -1) return
        yield* close(false)
        line++
        start = end + 1
      }
    },
    *end() {
      if (!pending.isEmpty) yield* close(true)
    },
  }
}

export function tooLong(limit: number): RowFault {
  return new RowFault(
    'too_long',
    `The record is longer than ${limit} bytes and was skipped. Split it, or move large attachments out of it.`,
  )
}
