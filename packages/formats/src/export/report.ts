export type Split = 'train' | 'test'

/** Some lines of one split's file, each with its line end. */
export type Block = { split: Split; text: string }

/** What became of the rows; complete when all blocks have been taken. */
export type WriteReport = {
  kept: number
  /** Rows that gave nothing, by reason. */
  dropped: Record<string, number>
  /** Kept rows of which something is worth knowing: `reasoning_left_out`, `with_tool_calls`. */
  notes: Record<string, number>
  splits: Partial<Record<Split, number>>
  /** The names that rows use, by kind, in the order in which they first came: labels, questions, fields. */
  seen?: Record<string, string[]>
}

export type Written = { blocks: AsyncIterable<Block>; report: WriteReport }

export function count(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1
}

/** So many names of a kind are kept; a list with more describes nothing. */
const MOST_NAMES = 1_000

export function see(report: WriteReport, kind: string, name: string): void {
  report.seen ??= {}
  const names = report.seen[kind] ?? []
  if (names.length < MOST_NAMES && !names.includes(name)) report.seen[kind] = [...names, name]
}

const columnsOf = (split: Split) => `columns of ${split}`

/** Notes which columns a row of a split has, where rows need not have all. */
export function seeColumns(report: WriteReport, split: Split, row: object): void {
  for (const name of Object.keys(row)) see(report, columnsOf(split), name)
}

/** The columns that any row of a split has; undefined when nobody noted them. */
export const seenColumns = ({ seen }: WriteReport, split: Split): readonly string[] | undefined =>
  seen?.[columnsOf(split)]
