import type { Answer, PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import { readCells } from './container/cells.ts'
import { joinBytes } from './container/frame.ts'
import { type Opened, openSource } from './container/open-source.ts'
import { RecordReader, type Row, type SourceRecord } from './container/records.ts'
import { byteOrderMark, type Container, sniffContainer } from './container/sniff.ts'
import { checkDeep } from './content/check.ts'
import type { ReadContext } from './content/fields.ts'
import { nameImages } from './content/images.ts'
import { type Note, Notes } from './content/notes.ts'
import { dedupeKey } from './content/pair.ts'
import type { ReadChoices } from './content/read-choices.ts'
import { type Detected, detectRows } from './detect-format.ts'
import { type FaultCode, FormatError, RowFault } from './faults.ts'
import { type Annotation, conclusionOf, type Feedback, type Provenance } from './feedback/feedback.ts'
import type { FieldMap } from './pairs/field-map.ts'
import { readPair } from './pairs/read.ts'
import type { LocalFile } from './parquet/read.ts'
import { type Gather, type SelfDescribing, selfDescribing, type TaskFormat } from './read-formats.ts'

/** The most bytes that one record may have: a row may hold images as data URLs. */
export const DEFAULT_RECORD_BYTES = 32 * 1024 * 1024
/** By so many first bytes a file is recognised. */
export const HEAD_BYTES = 256 * 1024

export type ReadOptions = {
  format: TaskFormat | 'auto'
  /** What the fields mean, for `pairs`. With `auto` it makes the file pairs. */
  map?: FieldMap | undefined
  /** `pairs`, the default: `auto` only takes formats of which every task has two candidates. `all`: any format. */
  kinds?: 'pairs' | 'all' | undefined
  /** Where the files of a format leave a choice. */
  choices?: ReadChoices | undefined
  /** The same bytes as a file, if there is one; Parquet is then not copied before it is read. */
  file?: LocalFile | undefined
  limits?: { /** Default 32 MiB. */ recordBytes?: number } | undefined
}

/** Always the first item: as what the file is read, and why. */
export type SourceItem = {
  kind: 'source'
  format: TaskFormat
  container: Container['kind']
  evidence: string
  map: FieldMap | null
}
export type TaskItem = {
  kind: 'task'
  line: number
  task: TaskPayload
  /** What the source itself concludes about the first two candidates; votes of single people are among the annotations. */
  gold?: PreferenceOutcome
  dedupeKey: string
  /** Everything that the source says about the task, of which `gold` is a part. */
  annotations: Annotation[]
  /** The record itself, where the choice `keepSource` asks for it. */
  provenance?: Provenance
  /** Tasks of one group belong together: the same prompt, tree or problem. */
  groupId?: string
  /** The right answer by question, as a `raw` file gives it; what questions there are only the reader's form knows. */
  known?: Answer
}
export type RejectedItem = { kind: 'rejected'; line: number; code: FaultCode; message: string }
/** What a whole file lost or how it was understood; each is said once, and what is counted at the end. */
export type NoteItem = { kind: 'note'; line: number } & Note
export type ReadItem = SourceItem | TaskItem | RejectedItem | NoteItem

/**
 * Reads a file of tasks as a stream, one record in memory at a time. A bad record is one `rejected` item, and reading goes on.
 * Lines count from 1; in a JSON array, elements do. Files compressed with gzip or zstd are unpacked on the way.
 * @param source the file's bytes in chunks of any size
 * @throws FormatError when nothing of the file can be read as asked
 */
export async function* readTasks(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ReadItem> {
  const limit = options.limits?.recordBytes ?? DEFAULT_RECORD_BYTES
  const notes = new Notes()
  const { unpacked, isParquet } = await openTasks(source, options, notes)
  const chunks = unpacked.chunks[Symbol.asyncIterator]()
  try {
    const { head, plan } = await readHead(chunks, options, limit, isParquet).catch((error: unknown) => {
      // What cannot be unpacked at all looks empty; the reason is in the compression.
      throw unpacked.fault ? wholeFault(unpacked.fault, isParquet) : error
    })
    yield {
      kind: 'source',
      format: plan.format,
      container: plan.container.kind,
      evidence: plan.evidence,
      map: plan.map ?? null,
    }
    const reader = new RecordReader(plan.container, limit)
    const tasks = new TaskReader(plan, notes, options.choices)
    for (const record of reader.push(head.subarray(byteOrderMark(head)))) yield* tasks.read(record)
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      for (const record of reader.push(next.value)) yield* tasks.read(record)
    }
    for (const record of reader.end()) yield* tasks.read(record)
    yield* tasks.end()
    if (unpacked.fault) yield rejected(tasks.lastLine + 1, unpacked.fault)
    for (const note of notes.totals()) yield { kind: 'note', line: tasks.lastLine, ...note }
  } finally {
    await chunks.return?.()
  }
}

/** Nothing of the file could be read. */
export function wholeFault({ message }: RowFault, isParquet: boolean): FormatError {
  return new FormatError(isParquet ? 'bad_parquet' : 'compressed', message)
}

/** A source as its reader needs it. What is left out of it is noted. */
export function openTasks(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  notes: Notes,
): Promise<Opened> {
  return openSource(source, {
    recordBytes: options.limits?.recordBytes ?? DEFAULT_RECORD_BYTES,
    file: options.file,
    onNote: ({ code, message }) => notes.once(code, message),
  })
}

type Plan = { format: TaskFormat; container: Container; evidence: string; map?: FieldMap | undefined }

/** Reads as many first bytes as it takes to see a whole record, and decides how to read the rest. */
async function readHead(
  chunks: AsyncIterator<Uint8Array>,
  options: ReadOptions,
  limit: number,
  isParquet: boolean,
) {
  let head: Uint8Array = new Uint8Array(0)
  for (let wanted = HEAD_BYTES; ; wanted *= 2) {
    const parts = [head]
    let size = head.length
    let ended = false
    while (size < wanted && !ended) {
      const next = await chunks.next()
      if (next.done) ended = true
      else {
        parts.push(next.value)
        size += next.value.length
      }
    }
    head = joinBytes(parts)
    const known = options.format !== 'auto' && (options.format !== 'pairs' || options.map !== undefined)
    if (isParquet && ended && head.length === 0) throw new FormatError('empty_file', NO_ROWS)
    const container = isParquet ? PARQUET : sniffContainer(head)
    if (known) {
      const plan: Plan = {
        format: options.format as TaskFormat,
        container,
        evidence: AS_ASKED,
        map: options.map,
      }
      return { head, plan }
    }
    const detected = detectRows(head, container, options.kinds, limit)
    if (detected.sampleRows.length > 0 || ended || size > limit)
      return { head, plan: planOf(detected, options) }
  }
}

export const PARQUET: Container = { kind: 'parquet' }
const NO_ROWS = 'The Parquet file has no rows.'
const AS_ASKED = 'The format was given.'

/** @throws FormatError when the file cannot be read as asked */
export function planOf(detected: Detected, options: ReadOptions): Plan {
  const { container, evidence } = detected
  if (options.map && (options.format === 'auto' || options.format === 'pairs')) {
    return { format: 'pairs', container, evidence: AS_ASKED, map: options.map }
  }
  if (options.format === 'pairs') {
    const map = detected.suggestedMap
    if (!map) throw new FormatError('incomplete_map', `The format "pairs" needs a field map. ${evidence}`)
    return { format: 'pairs', container, evidence, map }
  }
  if (options.format !== 'auto') return { format: options.format, container, evidence: AS_ASKED }
  if (!detected.format) throw new FormatError('unknown_format', evidence)
  return { format: detected.format, container, evidence, map: detected.suggestedMap ?? undefined }
}

/** Turns the records of one file into tasks. */
export class TaskReader {
  readonly #read: (row: Row, context: ReadContext) => Feedback | Feedback[]
  readonly #context: ReadContext
  readonly #format: TaskFormat
  readonly #gather: Gather | undefined
  /** Of the last record that was read, good or bad. */
  lastLine = 0

  constructor(plan: Plan, notes: Notes, choices: ReadChoices = {}) {
    this.#context = { notes, isCsv: plan.container.kind === 'csv', choices }
    this.#format = plan.format
    const { map } = plan
    const known: SelfDescribing | undefined = selfDescribing.find((each) => each.name === plan.format)
    this.#gather = known?.gather?.(this.#context)
    if (known) this.#read = known.read
    else if (map) this.#read = (row, context) => readPair(row, map, context)
    else throw new FormatError('incomplete_map', 'The format "pairs" needs a field map.')
  }

  /** The tasks that a record gives, or completes. */
  *read(record: SourceRecord): Generator<TaskItem | RejectedItem | NoteItem> {
    this.lastLine = record.line
    const inFormat = this.#context.isCsv ? withCells(record, this.#format) : record
    for (const each of this.#gather ? this.#gather.push(inFormat) : [inFormat]) yield* this.#tasks(each)
    yield* this.#notes()
  }

  /** What the last records have begun. */
  *end(): Generator<TaskItem | RejectedItem | NoteItem> {
    for (const each of this.#gather?.end() ?? []) yield* this.#tasks(each)
    yield* this.#notes()
  }

  *#tasks(record: SourceRecord): Generator<TaskItem | RejectedItem> {
    const { line } = record
    if ('fault' in record) return yield rejected(line, record.fault)
    try {
      const read = this.#read(record.row, this.#context)
      for (const each of Array.isArray(read) ? read : [read]) {
        const feedback = nameImages(record.row, each)
        const keeps = this.#context.choices.keepSource === true
        yield taskItem(line, keeps ? withSource(feedback, this.#format, record.row) : feedback)
      }
    } catch (error) {
      if (!(error instanceof RowFault)) throw error
      yield rejected(line, error)
    }
  }

  *#notes(): Generator<NoteItem> {
    for (const note of this.#context.notes.take()) yield { kind: 'note', line: this.lastLine, ...note }
  }
}

/** What a source says about itself is kept before what is known of it here. */
function withSource(feedback: Feedback, source: string, row: Row): Feedback {
  checkDeep(row, 'row')
  const { externalId: sourceId } = feedback.task
  const license = typeof row.license === 'string' ? row.license : undefined
  const provenance = {
    source,
    ...(sourceId !== undefined && { sourceId }),
    ...(license && { license }),
    raw: row,
  }
  return { provenance, ...feedback }
}

function withCells(record: SourceRecord, format: TaskFormat): SourceRecord {
  if ('fault' in record) return record
  const { line, row } = record
  try {
    return { line, row: readCells(row, format) }
  } catch (error) {
    if (!(error instanceof RowFault)) throw error
    return { line, fault: error }
  }
}

function taskItem(line: number, feedback: Feedback): TaskItem {
  const gold = conclusionOf(feedback)
  return { kind: 'task', line, ...feedback, ...(gold && { gold }), dedupeKey: dedupeKey(feedback.task) }
}

function rejected(line: number, fault: RowFault): RejectedItem {
  return { kind: 'rejected', line, code: fault.code, message: fault.message }
}
