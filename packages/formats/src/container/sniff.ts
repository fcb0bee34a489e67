import { FormatError } from '../faults.ts'
import type { Delimiter } from './csv.ts'

export type Container =
  | { kind: 'jsonl' }
  | { kind: 'json-array' }
  | { kind: 'json-object' }
  | { kind: 'csv'; delimiter: Delimiter }
  /** Comes as JSON Lines from the process that reads it. */
  | { kind: 'parquet' }

/** How many bytes a UTF-8 byte order mark takes at the start: 3 or 0. */
export function byteOrderMark(head: Uint8Array): number {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
}

const UNPACK = 'Unpack it, or compress it with gzip or zstd.'
const SAVE_AS = 'Save it as JSON Lines, CSV or Parquet.'

const signatures: { bytes: number[]; code: string; message: string }[] = [
  { bytes: [0x1f, 0x8b], code: 'compressed', message: 'The file is compressed twice. Unpack it once.' },
  {
    bytes: [0x28, 0xb5, 0x2f, 0xfd],
    code: 'compressed',
    message: 'The file is compressed twice. Unpack it once.',
  },
  {
    bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    code: 'compressed',
    message: `The file is compressed with xz. ${UNPACK}`,
  },
  { bytes: [0x42, 0x5a, 0x68], code: 'compressed', message: `The file is compressed with bzip2. ${UNPACK}` },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], code: 'compressed', message: `The file is a 7z archive. ${UNPACK}` },
  {
    bytes: [...Buffer.from('ARROW1')],
    code: 'binary_file',
    message: `The file is Arrow (Feather). ${SAVE_AS}`,
  },
  {
    bytes: [...Buffer.from('SQLite format 3')],
    code: 'binary_file',
    message: `The file is a SQLite database. ${SAVE_AS}`,
  },
  { bytes: [...Buffer.from('%PDF-')], code: 'binary_file', message: `The file is a PDF. ${SAVE_AS}` },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    code: 'binary_file',
    message: `The file is an old spreadsheet or document. ${SAVE_AS}`,
  },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    code: 'compressed',
    message: 'The file is a ZIP archive or a spreadsheet. Unpack it, or save the sheet as CSV in UTF-8.',
  },
  {
    bytes: [0x50, 0x41, 0x52, 0x31],
    code: 'binary_file',
    message: 'The file is Parquet inside of another compression. Unpack it; Parquet is compressed as it is.',
  },
  { bytes: [0xff, 0xfe, 0, 0], code: 'not_utf8', message: 'The file is UTF-32. Save it as UTF-8.' },
  { bytes: [0xff, 0xfe], code: 'not_utf8', message: 'The file is UTF-16. Save it as UTF-8.' },
  { bytes: [0xfe, 0xff], code: 'not_utf8', message: 'The file is UTF-16. Save it as UTF-8.' },
]

/**
 * What kind of file the first bytes belong to: `[` opens a JSON array, `{` JSON Lines (or, alone on its line, one object), anything else is the header of a CSV.
 * @throws FormatError for files that hold no text: compressed once more than is read, binary, UTF-16, or nothing at all.
 */
export function sniffContainer(head: Uint8Array): Container {
  for (const { bytes, code, message } of signatures) {
    if (bytes.every((byte, index) => head[index] === byte)) throw new FormatError(code, message)
  }
  let at = byteOrderMark(head)
  while (isSpace(head[at])) at++
  const first = head[at]
  if (first === undefined) throw new FormatError('empty_file', 'The file is empty.')
  // A line of JSON Lines is never a bare "{"; an object written over many lines starts with one.
  if (first === 0x7b) return isBareLine(head, at) ? { kind: 'json-object' } : { kind: 'jsonl' }
  if (first === 0x5b) return { kind: 'json-array' }
  const header = new TextDecoder().decode(head.subarray(at)).split(/\r?\n/, 1)[0] ?? ''
  return { kind: 'csv', delimiter: likelyDelimiter(header) }
}

function isBareLine(head: Uint8Array, at: number): boolean {
  const end = head.indexOf(0x0a, at)
  return end !== -1 && head.subarray(at + 1, end).every(isSpace)
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** The delimiter that occurs most often in the header outside quotes; the comma when none does. */
function likelyDelimiter(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '')
  const counted = ([',', ';', '\t'] as const).map((delimiter) => ({
    delimiter,
    count: bare.split(delimiter).length,
  }))
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).delimiter
}
