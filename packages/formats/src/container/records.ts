import { FormatError, RowFault } from '../faults.ts'
import { csvRecords, splitCsvRecord } from './csv.ts'
import type { Frame, Framer } from './frame.ts'
import { jsonArray } from './json-array.ts'
import { jsonLines } from './json-lines.ts'
import { jsonObject } from './json-object.ts'
import { parseJson } from './parse-json.ts'
import type { Container } from './sniff.ts'

/** A row of a source: an object with the row's own fields. */
export type Row = Record<string, unknown>
/** One record of a file, or why it cannot be read. `line` as in {@link Frame}. */
export type SourceRecord = { line: number; row: Row } | { line: number; fault: RowFault }

const framers = {
  jsonl: jsonLines,
  parquet: jsonLines,
  'json-array': jsonArray,
  'json-object': jsonObject,
}

/** Turns chunks of a file (without byte order mark) into records. Holds one record at a time. */
export class RecordReader {
  readonly #framer: Framer
  readonly #parse: (source: string, unfinished: boolean) => Row | null
  #headerWanted: boolean
  // The mark was taken off the file's start; anywhere else U+FEFF is content.
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  /** @param limit the most bytes that one record may have */
  constructor(container: Container, limit: number) {
    this.#headerWanted = container.kind === 'csv'
    if (container.kind === 'csv') {
      this.#framer = csvRecords(limit, container.delimiter)
      this.#parse = csvRows(container.delimiter)
    } else {
      this.#framer = framers[container.kind](limit)
      this.#parse = jsonRow
    }
  }

  /** @throws FormatError when the header of a CSV cannot be used */
  *push(chunk: Uint8Array): Generator<SourceRecord> {
    for (const frame of this.#framer.push(chunk)) yield* this.#read(frame)
  }

  *end(): Generator<SourceRecord> {
    for (const frame of this.#framer.end()) yield* this.#read(frame)
  }

  *#read(frame: Frame): Generator<SourceRecord> {
    const record = this.#record(frame)
    if (this.#headerWanted && record && 'fault' in record) {
      throw new FormatError('bad_header', `The header of the CSV cannot be read. ${record.fault.message}`)
    }
    this.#headerWanted = false
    if (record) yield record
  }

  /** Null for the header of a CSV. */
  #record(frame: Frame): SourceRecord | null {
    if ('fault' in frame) return frame
    try {
      const row = this.#parse(this.#decode(frame.bytes, frame.unfinished), frame.unfinished)
      return row && { line: frame.line, row }
    } catch (error) {
      if (!(error instanceof RowFault)) throw error
      return { line: frame.line, fault: error }
    }
  }

  #decode(bytes: Uint8Array, unfinished: boolean): string {
    try {
      return this.#decoder.decode(bytes)
    } catch {
      if (unfinished && isCleanUpToTheLastCharacter(bytes)) throw new RowFault('cut_off', CUT_OFF)
      throw new RowFault('invalid_utf8', NOT_UTF8)
    }
  }
}

const NOT_UTF8 = 'The record is not valid UTF-8. Save the file as UTF-8, or repair the broken characters.'
const CUT_OFF =
  'The file ends in the middle of a character. Send the whole file again; what was read is not read twice.'

/** Whether only the bytes of one unfinished character at the end keep the text from being UTF-8. */
function isCleanUpToTheLastCharacter(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

function jsonRow(source: string, unfinished: boolean): Row {
  const value = parseJson(source, unfinished)
  if (isRow(value)) return value
  throw new RowFault('not_an_object', 'A record has to be a JSON object with named fields.')
}

/** Whether a value is an object with named fields. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first record names the columns; every later one becomes a row of texts. */
function csvRows(delimiter: ',' | ';' | '\t'): (source: string, unfinished: boolean) => Row | null {
  let columns: string[] | null = null
  return (source, unfinished) => {
    const fields = splitCsvRecord(source, delimiter)
    if (!columns) {
      columns = readHeader(fields)
      return null
    }
    if (fields.length !== columns.length) {
      if (unfinished && fields.length < columns.length) throw new RowFault('cut_off', CSV_CUT_OFF)
      throw new RowFault(
        'wrong_columns',
        `The header has ${columns.length} columns, this record has ${fields.length}. Put quotes around fields that hold the delimiter or a line end.`,
      )
    }
    return Object.fromEntries(columns.map((column, index) => [column, fields[index]]))
  }
}

const CSV_CUT_OFF =
  'The file ends in the middle of this record. Send the whole file again; what was read is not read twice.'

function readHeader(fields: string[]): string[] {
  const columns = fields.map((field) => field.trim())
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice !== undefined) {
    throw new FormatError(
      'duplicate_column',
      `The header names the column "${twice}" twice. Rename one of them.`,
    )
  }
  return columns
}
