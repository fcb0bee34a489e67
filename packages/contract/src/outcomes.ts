import { z } from 'zod'
import { taskRow } from './datasets.ts'

/** What all tasks of a project come to on one question, or on one axis, response or message of it. */
export const outcome = z.object({
  /** As in a task's consensus: the question's id; `question.axis`; `question.target`. */
  key: z.string(),
  /** With a consensus on it, decided or not. */
  tasks: z.number(),
  /** Of all these tasks. */
  answers: z.number(),
  /**
   * How often each value is the consensus, most often first. `undecided`: the judgments do not decide. Of options `no_majority` (some were chosen, none
   * by more than half) and `none`. Of steps the number of the first wrong one, or `none`. Of marks what they are called; a task may have several.
   */
  values: z.array(z.object({ value: z.string(), count: z.number() })),
  /** Of marks: tasks that have any. */
  marked: z.number(),
  /** Of a scale, and of the ranks of each response (`target`). `spread` is the standard deviation, null of one task. */
  means: z.array(
    z.object({
      target: z.string().nullable(),
      mean: z.number(),
      spread: z.number().nullable(),
      most: z.number(),
      tasks: z.number(),
    }),
  ),
})
export type Outcome = z.infer<typeof outcome>

export const outcomes = z.object({
  items: z.array(outcome),
  /** Tasks that at least two people judged and did not agree on. */
  split: z.object({
    total: z.number(),
    /** Most split first, at most a hundred; `key` is what people differ most on. */
    tasks: z.array(z.object({ task: taskRow, key: z.string() })),
  }),
})
export type Outcomes = z.infer<typeof outcomes>

/** How often the consensus on a question is what is known to be right. */
export const knownAnswerShare = z.object({
  question: z.string(),
  /** With a known answer to it. */
  tasks: z.number(),
  /** Of these, with a consensus that it can be compared with. */
  decided: z.number(),
  /** Of these, right in all of its parts. */
  correct: z.number(),
})
export type KnownAnswerShare = z.infer<typeof knownAnswerShare>
