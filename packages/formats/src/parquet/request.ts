/** What is asked of the process that reads and writes Parquet: one line of JSON on its standard input. */
export type Request =
  | {
      op: 'read'
      file: string
      /** Rows that are longer as JSON are cut off after this many characters, which whoever reads them notices. */
      recordBytes: number
      /** The most bytes of JSON that the file may give. */
      maxBytes: number
    }
  | {
      op: 'write'
      columns: Record<string, string>
      /** Columns of lists of images, whose bytes the rows give as base64. */
      images: string[]
      /** What the files say about themselves, by key. */
      metadata: Record<string, string>
      shards: Shard[]
    }

/** JSON Lines in a file that become one Parquet file. `longest` is the length of the longest line in bytes. */
export type Shard = { from: string; to: string; rowsPerGroup: number; longest: number }

/** What the process says on its file descriptor 3, one line of JSON each. The last is `done` or `fault`; without either it crashed. */
export type Status =
  | { kind: 'opened'; rows: number; leftOut: string[] }
  | { kind: 'progress'; rows: number }
  /** How many files that stand in the rows are no images, and are left out. */
  | { kind: 'lost'; images: number }
  | { kind: 'done' }
  | { kind: 'fault'; reason: FaultReason; detail: string }

export type FaultReason = 'damaged' | 'memory' | 'dense' | 'columns' | 'unavailable'

/** Memory that DuckDB may take for data, in MiB. */
export const DATABASE_MEMORY = 1024
/** Memory that the process may take in all, in MiB. Past this it ends. */
export const PROCESS_MEMORY = 1536
/** Tables that people judge have tens of columns. */
export const MAX_COLUMNS = 2_000
/** A column that says the same thing everywhere shrinks far more than text does. What expands further was made to keep a reader busy. */
export const MAX_EXPANSION = 1_000
