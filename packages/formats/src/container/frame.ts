import type { RowFault } from '../faults.ts'

/**
 * One record as bytes, or the reason why there is none.
 * `line` is the line of the file on which the record starts; in a JSON array it is the number of the element. Both count from 1.
 * `unfinished`: the file ended before the record's terminator.
 */
export type Frame =
  | { line: number; bytes: Uint8Array; unfinished: boolean }
  | { line: number; fault: RowFault }

/** Cuts a byte stream into records, holding at most one record and never more than the limit of one. */
export type Framer = {
  push(chunk: Uint8Array): Iterable<Frame>
  end(): Iterable<Frame>
}

/** The bytes of the record that is being read. Over the limit they are let go, and only the fact is kept. */
export class PendingBytes {
  readonly #limit: number
  #parts: Uint8Array[] = []
  #size = 0
  overflowed = false

  constructor(limit: number) {
    this.#limit = limit
  }

  get isEmpty(): boolean {
    return this.#size === 0 && !this.overflowed
  }

  append(bytes: Uint8Array): void {
    if (this.overflowed || bytes.length === 0) return
    this.#size += bytes.length
    if (this.#size > this.#limit) {
      this.#parts = []
      this.overflowed = true
    } else this.#parts.push(bytes)
  }

  /** Gives the bytes and starts anew. */
  take(): Uint8Array {
    const [first] = this.#parts
    const bytes = this.#parts.length === 1 && first ? first : joinBytes(this.#parts)
    this.#parts = []
    this.#size = 0
    this.overflowed = false
    return bytes
  }
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Whether the bytes are nothing but spaces, tabs and line ends. */
export function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== 0x0a) return false
  return true
}
