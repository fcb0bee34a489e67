import type { Feedback } from './feedback.ts'

/** How judgments become rows, for all formats that have a choice. */
export type WriteOptions = {
  /** A margin column on preference rows: none, or from the strength of the preference. */
  margin: 'none' | 'strength'
  strengthMap: { '1': number; '2': number; '3': number }
  /** Whether the better and the worse answer of a pair count as good and bad on their own. Losing is not being bad, so no by default. */
  unpair: boolean
  testShare: number
  seed: number
  /** Whether rows carry the images of their tasks, by the names that stand in the tasks. Without it such tasks give no rows. */
  images: boolean
}

export const defaultWriteOptions: WriteOptions = {
  margin: 'none',
  strengthMap: { '1': 1, '2': 2, '3': 3 },
  unpair: false,
  testShare: 0,
  seed: 0,
  images: false,
}

/** What a writer of one format says about one piece of feedback. */
export type Out = {
  readonly options: WriteOptions
  row(row: object): void
  /** Something that could have become a row and did not. */
  drop(reason: string): void
  /** Something that a row had to leave behind. */
  note(what: string): void
}

export type WriteRows = (feedback: Feedback, out: Out) => void
