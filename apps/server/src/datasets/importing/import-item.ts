import type { Answer, Form } from '@groundwork/contract'
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
}

/** A task as it will be stored. The content is JSON text already, so that nothing between the reader and the database looks into it. */
export type NewItem = {
  kind: 'task'
  line: number
  dedupeKey: string
  externalId: string | null
  /** What is known to be right, by question. */
  gold: Answer | null
  /** Whether it shows images, whose names are not yet those of stored assets. */
  images: boolean
  /** The judgments of the source, as JSON; null when none are wanted or there. */
  references: string | null
  payload: string
}

export type RejectedItem = { kind: 'rejected'; line: number; code: string; message: string }
export type ImportItem = { kind: 'source'; format: string; evidence: string } | RejectedItem | NewItem

/** How reading ended. `refused`: nothing of the file could be read. `broken`: the file came only in part. */
export type ReadEnd =
  | { kind: 'done' }
  | { kind: 'broken' }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'failed'; message: string }

/** No JSON text holds it: control characters are escaped there. */
const BETWEEN = '\u0002'

/** One line for an item: small things as JSON, the content as it is. */
export function encodeItem(item: ImportItem | { kind: 'end'; end: ReadEnd }): string {
  if (item.kind !== 'task') return `J${JSON.stringify(item)}\n`
  const { payload, references, ...rest } = item
  return `T${JSON.stringify(rest)}${BETWEEN}${references ?? ''}${BETWEEN}${payload}\n`
}

export function decodeItem(line: string): ImportItem | { kind: 'end'; end: ReadEnd } {
  if (line.startsWith('J')) return JSON.parse(line.slice(1))
  const first = line.indexOf(BETWEEN)
  const second = line.indexOf(BETWEEN, first + 1)
  const references = line.slice(first + 1, second)
  return {
    ...(JSON.parse(line.slice(1, first)) as Omit<NewItem, 'references' | 'payload'>),
    references: references === '' ? null : references,
    payload: line.slice(second + 1),
  }
}
