import { ConsensusError } from '../errors.ts'

export const NEWLINE = 10
export const RETURN = 13
export const QUOTE = 34

/** What is wrong with one line of a file. Lines count from 1, the header included. */
export interface CsvProblem {
  readonly line: number
  readonly message: string
}

/** A file that could not be read; `problems` has the first twenty, `problemCount` says how many there were. */
export class CsvError extends ConsensusError {
  readonly problems: readonly CsvProblem[]
  readonly problemCount: number

  constructor(problems: readonly CsvProblem[], problemCount: number) {
    const more = problemCount > problems.length ? `\n… and ${problemCount - problems.length} more` : ''
    super('bad_row', problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n') + more)
    this.problems = problems
    this.problemCount = problemCount
  }
}

/** One line of a CSV file taken apart. */
export interface SplitLine {
  fields: Uint8Array[]
  /** Where the next line starts; beyond the end when no newline was seen. */
  next: number
  /** A quote was still open at the end of the bytes. */
  open: boolean
  /** Newlines inside quoted values. */
  newlines: number
}

/** Takes the line that starts at `start` apart, quotes and all. The fast path of the scanner does without. */
export function splitLine(bytes: Uint8Array, start: number, delimiter: number): SplitLine {
  const fields: Uint8Array[] = []
  let cursor = start
  let newlines = 0
  for (;;) {
    const value: number[] = []
    if (bytes[cursor] === QUOTE) {
      cursor++
      for (;;) {
        if (cursor >= bytes.length) return { fields, next: cursor, open: true, newlines }
        const byte = bytes[cursor++]!
        if (byte !== QUOTE) {
          if (byte === NEWLINE) newlines++
          value.push(byte)
        } else if (bytes[cursor] === QUOTE) {
          value.push(QUOTE)
          cursor++
        } else break
      }
    }
    while (cursor < bytes.length && bytes[cursor] !== delimiter && bytes[cursor] !== NEWLINE)
      value.push(bytes[cursor++]!)
    const atEnd = cursor >= bytes.length || bytes[cursor] === NEWLINE
    if (atEnd && value[value.length - 1] === RETURN) value.pop()
    fields.push(Uint8Array.from(value))
    cursor++
    if (atEnd) return { fields, next: cursor, open: false, newlines }
  }
}
