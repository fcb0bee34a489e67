import { ConsensusError } from '../errors.ts'
import { CsvError, type CsvProblem, NEWLINE, QUOTE, RETURN, splitLine } from './csv-line.ts'
import { decodeUtf8 } from './utf8.ts'

const NO_BYTES = new Uint8Array(0)

export interface CsvScannerOptions {
  /** One character; default: comma, or tab or semicolon where the header has no comma. */
  readonly delimiter?: string
}

/**
 * Reads chosen columns of a CSV file fed in chunks of bytes (UTF-8; RFC 4180 quoting; LF, CRLF or CR LF endings; a byte order
 * mark and blank lines are passed over). Calls `onRow` with the buffer and, per column, where its value starts and ends.
 */
export class CsvScanner {
  readonly #columns: readonly string[]
  readonly #onRow: (bytes: Uint8Array, from: Int32Array, to: Int32Array) => void
  readonly #delimiterOption: string | undefined
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #problems: CsvProblem[] = []
  #problemCount = 0
  #carry: Uint8Array = NO_BYTES
  #delimiter = 44
  /** Per column of the file: which wanted column it is, or −1. Empty until the header is read. */
  #wanted: Int32Array = new Int32Array(0)
  #lines = 0

  constructor(
    columns: readonly string[],
    onRow: (bytes: Uint8Array, from: Int32Array, to: Int32Array) => void,
    options: CsvScannerOptions = {},
  ) {
    this.#columns = columns
    this.#onRow = onRow
    this.#delimiterOption = options.delimiter
    if (
      options.delimiter !== undefined &&
      (options.delimiter.length !== 1 || options.delimiter.charCodeAt(0) > 127)
    )
      throw new ConsensusError(
        'bad_option',
        `The delimiter must be one ASCII character, not '${options.delimiter}'`,
      )
    this.#from = new Int32Array(columns.length)
    this.#to = new Int32Array(columns.length)
  }

  /** Takes the next bytes of the file. */
  push(chunk: Uint8Array): void {
    let bytes = chunk
    if (this.#carry.length > 0) {
      bytes = new Uint8Array(this.#carry.length + chunk.length)
      bytes.set(this.#carry)
      bytes.set(chunk, this.#carry.length)
    }
    const rest = this.#scan(bytes, false)
    this.#carry = rest < bytes.length ? bytes.slice(rest) : NO_BYTES
  }

  /** Reads the last line and throws CsvError if any line was bad, `empty` or `missing_column` if there was no usable header. */
  finish(): void {
    if (this.#carry.length > 0) this.#scan(this.#carry, true)
    this.#carry = NO_BYTES
    if (this.#wanted.length === 0)
      throw new ConsensusError(
        'empty',
        `The file is empty; its first line should name the columns ${this.#columns.join(', ')}`,
      )
    if (this.#problemCount > 0) throw new CsvError(this.#problems, this.#problemCount)
  }

  /** Reads whole lines; returns where the first unfinished one starts. */
  #scan(bytes: Uint8Array, last: boolean): number {
    let position = 0
    if (this.#wanted.length === 0) {
      position = this.#header(bytes, last)
      if (position < 0) return 0
    }
    const end = bytes.length
    const delimiter = this.#delimiter
    const from = this.#from
    const to = this.#to
    while (position < end) {
      const wanted = this.#wanted
      let cursor = position
      let fieldStart = position
      let column = 0
      let found = 0
      let byte = 0
      let quoted = false
      for (; cursor < end; cursor++) {
        byte = bytes[cursor]!
        if (byte === delimiter || byte === NEWLINE) {
          const target = wanted[column]
          if (target !== undefined && target >= 0) {
            from[target] = fieldStart
            to[target] = cursor
            found++
          }
          column++
          fieldStart = cursor + 1
          if (byte === NEWLINE) break
        } else if (byte === QUOTE && cursor === fieldStart) {
          quoted = true
          break
        }
      }
      if (quoted) {
        const next = this.#quotedLine(bytes, position, last)
        if (next < 0) return position
        position = next
        continue
      }
      if (cursor === end) {
        if (!last) return position
        const target = wanted[column]
        if (target !== undefined && target >= 0) {
          from[target] = fieldStart
          to[target] = cursor
          found++
        }
        column++
      }
      this.#lines++
      this.#row(bytes, position, cursor, column, found)
      position = cursor + 1
    }
    return end
  }

  #row(bytes: Uint8Array, lineStart: number, lineEnd: number, columns: number, found: number): void {
    const { length } = this.#columns
    // The last column of a CRLF line ends in CR.
    for (let i = 0; i < length; i++) {
      const end = this.#to[i]!
      if (end === lineEnd && end > this.#from[i]! && bytes[end - 1] === RETURN) this.#to[i] = end - 1
    }
    const blank = lineEnd === lineStart || (lineEnd === lineStart + 1 && bytes[lineStart] === RETURN)
    if (blank) return
    if (found < length || columns !== this.#wanted.length) {
      this.#problem(`${columns} columns instead of ${this.#wanted.length}`)
      return
    }
    for (let i = 0; i < length; i++)
      if (this.#to[i]! <= this.#from[i]!) {
        this.#problem(`the ${this.#columns[i]} is empty`)
        return
      }
    this.#onRow(bytes, this.#from, this.#to)
  }

  /** A line with quotes, field by field; returns where the next line starts, or −1 if this one is unfinished. */
  #quotedLine(bytes: Uint8Array, position: number, last: boolean): number {
    const parsed = splitLine(bytes, position, this.#delimiter)
    if (parsed.open && !last) return -1
    if (parsed.next > bytes.length && !last) return -1
    this.#lines++
    if (parsed.open) {
      this.#problem('a quoted value is never closed')
      return bytes.length
    }
    const { fields } = parsed
    const chosen = new Array<Uint8Array>(this.#columns.length).fill(NO_BYTES)
    let found = 0
    fields.forEach((field, index) => {
      const target = this.#wanted[index]
      if (target === undefined || target < 0) return
      chosen[target] = field
      found++
    })
    const joined = new Uint8Array(chosen.reduce((sum, field) => sum + field.length, 0))
    let offset = 0
    chosen.forEach((field, index) => {
      joined.set(field, offset)
      this.#from[index] = offset
      offset += field.length
      this.#to[index] = offset
    })
    this.#row(joined, -1, joined.length + 1, fields.length, found)
    this.#lines += parsed.newlines
    return parsed.next
  }

  #header(bytes: Uint8Array, last: boolean): number {
    let position = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    while (position < bytes.length && (bytes[position] === NEWLINE || bytes[position] === RETURN)) {
      if (bytes[position] === NEWLINE) this.#lines++
      position++
    }
    let end = bytes.indexOf(NEWLINE, position)
    if (end < 0) {
      if (!last || position >= bytes.length) return -1
      end = bytes.length
    }
    const text = decodeUtf8(bytes.subarray(position, end))
    const guess = text.includes(',') ? ',' : text.includes('\t') ? '\t' : text.includes(';') ? ';' : ','
    this.#delimiter = (this.#delimiterOption ?? guess).charCodeAt(0)
    const { fields, next } = splitLine(bytes, position, this.#delimiter)
    const names = fields.map((field) => decodeUtf8(field).trim())
    const missing = this.#columns.filter((column) => !names.includes(column))
    if (missing.length > 0)
      throw new ConsensusError(
        'missing_column',
        `line ${this.#lines + 1}: the header has no column ${missing.map((name) => `'${name}'`).join(' and no column ')}; ` +
          `it has ${names.map((name) => `'${name}'`).join(', ')}. The first line must name the columns ${this.#columns.join(', ')}`,
      )
    this.#wanted = Int32Array.from(names, (name, index) =>
      names.indexOf(name) === index ? this.#columns.indexOf(name) : -1,
    )
    this.#lines++
    return Math.min(next, bytes.length)
  }

  #problem(message: string): void {
    this.#problemCount++
    if (this.#problems.length < 20) this.#problems.push({ line: this.#lines, message })
  }
}
