import { readCells } from './container/cells.ts'
import { plainHead } from './container/decompress.ts'
import { RecordReader, type Row, type SourceRecord } from './container/records.ts'
import { byteOrderMark, type Container, sniffContainer } from './container/sniff.ts'
import { RowFault } from './faults.ts'
import type { FieldMap } from './pairs/field-map.ts'
import { suggestMap } from './pairs/suggest-map.ts'
import { isParquet } from './parquet/read.ts'
import { selfDescribing, type TaskFormat } from './read-formats.ts'

const SAMPLE_ROWS = 20

export type Detected = {
  /** Null when the rows are of no known format and no two fields look like two answers. */
  format: TaskFormat | null
  container: Container
  /** One sentence for people: by what the format was recognised. */
  evidence: string
  /** The names of all fields of the sample, in order of appearance. */
  fields: string[]
  /** For `pairs`: what the fields seem to mean. A guess, to be confirmed by a person where there is one. */
  suggestedMap: FieldMap | null
  /** The first readable rows, at most 20. */
  sampleRows: Row[]
}

/**
 * Recognises a file by its first bytes; 256 KB are plenty. A record that the sample cuts in two is not looked at.
 * @param head compressed files may be given as they are
 * @param kinds `pairs`: only formats of which every task has two candidates
 * @throws FormatError when the file is empty, compressed, binary or not UTF-8
 */
export function detectFormat(head: Uint8Array, kinds: 'pairs' | 'all' = 'pairs'): Detected {
  if (isParquet(head)) {
    const container = { kind: 'parquet' } as const
    return { container, format: null, evidence: PARQUET, fields: [], suggestedMap: null, sampleRows: [] }
  }
  const firstBytes = plainHead(head)
  return detectRows(firstBytes, sniffContainer(firstBytes), kinds)
}

const PARQUET =
  'The file is Parquet. What it holds only stands at its end, so it is recognised when all of it is there.'

/**
 * The same for bytes of a known container.
 * @param limit the most bytes that one record may have
 */
export function detectRows(
  firstBytes: Uint8Array,
  container: Container,
  kinds: 'pairs' | 'all' = 'pairs',
  limit = Number.POSITIVE_INFINITY,
): Detected {
  const { rows, fault } = sample(firstBytes, container, limit)
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const known = { container, fields, sampleRows: rows }
  let other: string | null = null
  for (const { name, pairs, detect } of selfDescribing) {
    const evidence = rows
      .map((row) => {
        const read = container.kind === 'csv' ? cellsOrNull(row, name) : row
        return read && detect(read)
      })
      .filter((each) => each !== null)
    // A few broken rows must not hide what the file is.
    if (evidence.length * 2 <= rows.length) continue
    if (pairs || kinds === 'all') {
      return { ...known, format: name, evidence: `${evidence[0]}.`, suggestedMap: null }
    }
    other ??= `${evidence[0]}. Its records are not pairs of two answers.`
  }
  const suggestedMap = suggestMap(rows)
  if (other !== null && !suggestedMap) return { ...known, format: null, evidence: other, suggestedMap }
  return {
    ...known,
    format: suggestedMap ? 'pairs' : null,
    evidence: explain(rows, fields, suggestedMap, fault),
    suggestedMap,
  }
}

/** A record of a CSV as a format has it; null when its cells are not those of the format. */
function cellsOrNull(row: Row, format: TaskFormat): Row | null {
  try {
    return readCells(row, format)
  } catch (error) {
    if (error instanceof RowFault) return null
    throw error
  }
}

/** The first rows, and the first reason for which a record could not be read. */
function sample(firstBytes: Uint8Array, container: Container, limit: number) {
  const reader = new RecordReader(container, Math.min(firstBytes.length, limit))
  const rows: Row[] = []
  let fault: string | null = null
  const take = (records: Iterable<SourceRecord>) => {
    for (const record of records) {
      if ('row' in record) rows.push(record.row)
      else fault ??= `Record ${record.line}: ${record.fault.message}`
      if (rows.length === SAMPLE_ROWS) return
    }
  }
  take(reader.push(firstBytes.subarray(byteOrderMark(firstBytes))))
  // What is left may be whole (a file without a last line end) or cut in two; only the former parses.
  if (rows.length < SAMPLE_ROWS) take(reader.end())
  return { rows, fault }
}

function explain(rows: Row[], fields: string[], map: FieldMap | null, fault: string | null): string {
  if (rows.length === 0) return `No record of the file could be read. ${fault ?? ''}`.trimEnd()
  if (!map) {
    const names = fields.slice(0, 12).map((each) => `\`${each}\``)
    return `No known format has the fields ${names.join(', ')}; say which of them are the prompt and the two answers.`
  }
  const prompt = map.prompt === undefined ? '' : ` and \`${map.prompt}\` the prompt`
  return `\`${map.a}\` and \`${map.b}\` look like two answers${prompt}: pairs.`
}
