import { CsvScanner, type CsvScannerOptions } from './csv-scanner.ts'
import { ByteInterner } from './ids.ts'
import { assembleLabels, type Labels, type LabelsOptions } from './labels.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

export interface LabelsCsvOptions extends LabelsOptions, CsvScannerOptions {
  /** Names of the columns; default worker, task, label. Other columns are passed over. */
  readonly columns?: { readonly worker?: string; readonly task?: string; readonly label?: string }
}

/**
 * Reads labels from CSV fed in chunks of bytes, wherever they come from:
 * `for await (const chunk of stream) parser.push(chunk); const labels = parser.finish()`.
 * Memory: 12 bytes a row plus the distinct ids. 'line n: …' problems are thrown by finish (see CsvError).
 */
export class LabelsCsvParser {
  readonly #options: LabelsOptions
  readonly #tasks = new ByteInterner()
  readonly #workers = new ByteInterner()
  readonly #classes = new ByteInterner()
  readonly #scanner: CsvScanner
  #task = new Int32Array(1 << 10)
  #worker = new Int32Array(1 << 10)
  #label = new Int32Array(1 << 10)
  #rows = 0

  constructor(options: LabelsCsvOptions = {}) {
    this.#options = options
    const { worker = 'worker', task = 'task', label = 'label' } = options.columns ?? {}
    this.#scanner = new CsvScanner(
      [worker, task, label],
      (bytes, from, to) => this.#add(bytes, from, to),
      options,
    )
  }

  /** Rows read so far, for progress. */
  get rows(): number {
    return this.#rows
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk)
  }

  /** Ends the file. Throws CsvError with line numbers, or ConsensusError `empty` or `missing_column`. */
  finish(): Labels {
    this.#scanner.finish()
    return assembleLabels(
      {
        task: this.#task.subarray(0, this.#rows),
        worker: this.#worker.subarray(0, this.#rows),
        label: this.#label.subarray(0, this.#rows),
        tasks: this.#tasks,
        workers: this.#workers,
        classNames: this.#classes.names(),
      },
      this.#options,
    )
  }

  #add(bytes: Uint8Array, from: Int32Array, to: Int32Array): void {
    const row = this.#rows++
    if (row === this.#task.length) {
      this.#task = grown(this.#task)
      this.#worker = grown(this.#worker)
      this.#label = grown(this.#label)
    }
    this.#worker[row] = this.#workers.intern(bytes, from[0]!, to[0]!)
    this.#task[row] = this.#tasks.intern(bytes, from[1]!, to[1]!)
    this.#label[row] = this.#classes.intern(bytes, from[2]!, to[2]!)
  }
}

/** Labels from a whole CSV text or its bytes; the same as feeding LabelsCsvParser once. */
export function parseLabelsCsv(csv: string | Uint8Array, options: LabelsCsvOptions = {}): Labels {
  const parser = new LabelsCsvParser(options)
  parser.push(typeof csv === 'string' ? encodeUtf8(csv) : csv)
  return parser.finish()
}

/** Known answers as read from a CSV with the columns task and label. A task named twice keeps its last answer. */
export class GoldCsvParser {
  readonly #answers = new Map<string, string>()
  readonly #scanner: CsvScanner

  constructor(
    options: CsvScannerOptions & {
      readonly columns?: { readonly task?: string; readonly label?: string }
    } = {},
  ) {
    const { task = 'task', label = 'label' } = options.columns ?? {}
    this.#scanner = new CsvScanner(
      [task, label],
      (bytes, from, to) =>
        this.#answers.set(
          decodeUtf8(bytes.subarray(from[0], to[0])),
          decodeUtf8(bytes.subarray(from[1], to[1])),
        ),
      options,
    )
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk)
  }

  finish(): Map<string, string> {
    this.#scanner.finish()
    return this.#answers
  }
}

/** Known answers (task → label) from a whole CSV text or its bytes. */
export function parseGoldCsv(csv: string | Uint8Array): Map<string, string> {
  const parser = new GoldCsvParser()
  parser.push(typeof csv === 'string' ? encodeUtf8(csv) : csv)
  return parser.finish()
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const out = new Int32Array(column.length * 2)
  out.set(column)
  return out
}
