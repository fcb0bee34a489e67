import { z } from 'zod'
import { taskRow } from './datasets.ts'
import { id } from './text.ts'

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

/** How often two sides give the same answer to a question, over the tasks on which both have one. */
export const sameAnswers = z.object({ question: z.string(), tasks: z.number(), same: z.number() })

/** Judgments that came with imported tasks beside those of the project's own people. */
export const sourceComparison = z.object({
  /** Tasks that came with judgments, of which `seen` were compared; the first ones of very many. */
  tasks: z.object({ seen: z.number(), all: z.number() }),
  /** People and rules of the source, most tasks first, against the consensus. `annotator` null: what the source itself concludes. */
  annotators: z.array(z.object({ annotator: z.string().nullable(), answers: z.array(sameAnswers) })),
  /** Annotators beyond those listed. */
  moreAnnotators: z.number(),
  /** The project's own people against what the source concludes, or what all of its people say alike. */
  trainers: z.array(z.object({ trainer: z.object({ id, name: z.string() }), answers: z.array(sameAnswers) })),
})
export type SourceComparison = z.infer<typeof sourceComparison>
