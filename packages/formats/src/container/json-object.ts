import { type Framer, isBlank, PendingBytes } from './frame.ts'
import { tooLong } from './json-lines.ts'

/** A file that is one JSON object over many lines: one record, within the limit of one. */
export function jsonObject(limit: number): Framer {
  const pending = new PendingBytes(limit)
  return {
    push(chunk) {
      pending.append(chunk)
      return []
    },
    *end() {
      if (pending.overflowed) yield { line: 1, fault: tooLong(limit) }
      else {
        const bytes = pending.take()
        if (!isBlank(bytes)) yield { line: 1, bytes, unfinished: true }
      }
    },
  }
}
