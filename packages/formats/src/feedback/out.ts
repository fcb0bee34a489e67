import type { Feedback } from './feedback.ts'

/** How judgments become rows, for all formats that have a choice. */
export type WriteOptions = {
  /** A margin column on preference rows: none, or from the strength of the preference. */
  margin: 'none' | 'strength'
  strengthMap: { '1': number; '2': number; '3': number }
  /**
   * Whether a number `margin` in a task's metadata is that of its preference, as in a file of preferences; no longer so where people have judged the
   * task since.
   */
  sourceMargin: boolean
  /** Whether the better and the worse answer of a pair count as good and bad on their own. Losing is not being bad, so no by default. */
  unpair: boolean
  testShare: number
  seed: number
  /** Whether rows carry the images of their tasks, by the names that stand in the tasks. Without it such tasks give no rows. */
  images: boolean
  /** TRL rows as bare texts ("standard") instead of messages. A row that would lose something by it is none. */
  plain: boolean
  /** Arguments of tool calls in TRL and axolotl rows: as the text that the model gave, byte by byte, or as the object that it stands for. */
  toolArguments: 'string' | 'object'
}

export const defaultWriteOptions: WriteOptions = {
  margin: 'none',
  strengthMap: { '1': 1, '2': 2, '3': 3 },
  sourceMargin: false,
  unpair: false,
  testShare: 0,
  seed: 0,
  images: false,
  plain: false,
  toolArguments: 'string',
}

/** The candidates of a task that columns of a row hold, by the name of the column: `{chosen: 'b', rejected: 'a'}`. */
export type RowAbout = Readonly<Record<string, string>>

/** What a writer of one format says about one piece of feedback. */
export type Out = {
  readonly options: WriteOptions
  /** @param about which candidates its columns hold, where a row is about some */
  row(row: object, about?: RowAbout): void
  /** Something that could have become a row and did not. */
  drop(reason: string): void
  /** Something worth knowing of the next row, mostly what it had to leave behind. */
  note(what: string): void
  /** A name that rows use, such as that of a label or a question, for descriptions of the set that have to list them. */
  seen(kind: string, name: string): void
}

export type WriteRows = (feedback: Feedback, out: Out) => void
