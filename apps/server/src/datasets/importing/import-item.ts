import type { Form } from '@groundwork/contract'
import type { TaskFormat } from '@groundwork/formats'

/** What a file is to be read as. */
export type ReadRequest = {
  format: TaskFormat | 'auto'
  /** Field map, as a person writes it; null: none. */
  map: string | null
  /** That tasks have to fit. */
  form: Form
  /** What becomes of what the source says: known answers, judgments to compare with, or nothing. */
  annotations: 'ignore' | 'reference' | 'gold'
  /** How many tasks and bad rows at the beginning have been dealt with; they are read and not given. */
  skip: number
}

/** A task as it will be stored. Its parts are JSON text already, so that nothing between the reader and the database looks into them. */
export type NewItem = {
  kind: 'task'
  line: number
  dedupeKey: string
  externalId: string | null
  /** What is known to be right, by question; null when nothing is. */
  goldJson: string | null
  /** Whether its row says what is right and nothing of it can be a known answer. */
  unusable: boolean
  /** Whether it shows images, whose names are not yet those of stored assets. */
  images: boolean
  /** The judgments of the source, as JSON; null when none are wanted or there. */
  references: string | null
  /** Text, or the same as bytes in UTF-8. */
  payload: string | Uint8Array
}

export type RejectedItem = { kind: 'rejected'; line: number; code: string; message: string }
export type ImportItem = { kind: 'source'; format: string; evidence: string } | RejectedItem | NewItem

/** How reading ended. `refused`: nothing of the file could be read. `broken`: the file came only in part. */
export type ReadEnd =
  | { kind: 'done' }
  | { kind: 'broken' }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'failed'; message: string }
