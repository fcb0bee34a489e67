import { z } from 'zod'
import { taskPayload } from './content.ts'
import { id, text, timestamp } from './text.ts'

/** As what a file is read; `auto` goes by its content, `pairs` by a field map. */
export const importFormat = z.enum([
  'auto',
  'raw',
  'label-studio',
  'argilla',
  'coco',
  'hh-rlhf',
  'rewardbench',
  'rewardbench-2',
  'axolotl',
  'llama-factory',
  'trl-preference',
  'helpsteer3',
  'helpsteer2-preference',
  'openai-dpo',
  'mt-bench',
  'arena',
  'shp',
  'helpsteer2',
  'beavertails',
  'ultrafeedback',
  'nectar',
  'oasst',
  'prm800k',
  'hh-red-team',
  'harmbench',
  'ailuminate',
  'advbench',
  'sharegpt',
  'openai-rft',
  'openai-sft',
  'trl-sft',
  'trl-stepwise',
  'trl-unpaired',
  'trl-prompt-completion',
  'alpaca',
  'trl-prompt-only',
  'pairs',
])
export type ImportFormat = z.infer<typeof importFormat>

/** A bad row: its line (or row number, from 1), a stable code, and how to mend it. */
export const rejectedRow = z.object({ line: z.number(), code: z.string(), message: z.string() })
export type RejectedRow = z.infer<typeof rejectedRow>

export const importQuery = z.strictObject({
  format: importFormat.default('auto'),
  /** Field mapping for `pairs`: `prompt=input,a=output_1,b=output_2,gold=label,id=idx`. */
  map: text(1_000).optional(),
  fileName: text(300).optional(),
  /**
   * What becomes of votes, ratings and rankings that the file holds. `gold`: what the file as a whole concludes is the known answer.
   * `reference`: every judgment is kept beside the task under the name of who gave it, and nothing is a known answer.
   */
  annotations: z.enum(['ignore', 'reference', 'gold']).default('gold'),
})
export const importStart = importQuery.extend({
  /** `true`: the file is stored and read in the background; the answer is the import as it begins. */
  background: z.enum(['true', 'false']).default('false'),
})
export const importState = z.enum(['queued', 'running', 'done', 'broken_off', 'canceled'])
export const imported = z.object({
  id,
  format: z.string(),
  state: importState.optional(),
  created: z.number(),
  duplicates: z.number(),
  /**
   * What became of the judgments in the file where they make known answers: new tasks that have one, and rows that were judged but from which none follows that the
   * form could ask for, or in which people disagree.
   */
  knownAnswers: z.object({ set: z.number(), unusable: z.number() }),
  /** The first thousand bad rows; `rejectedCount` counts all. */
  rejected: z.array(rejectedRow),
  rejectedCount: z.number(),
})
export type Imported = z.infer<typeof imported>
export const importRecord = imported.extend({
  fileName: z.string().nullable(),
  state: importState,
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  /** Of the file as it was sent; null while it comes in as a stream. */
  bytes: z.object({ read: z.number(), all: z.number().nullable() }),
  /** Records read, good and bad. */
  rows: z.number(),
  /** At the pace so far; null before there is one. */
  secondsLeft: z.number().nullable(),
  /** Why it ended early. */
  error: z.string().nullable(),
  /** By which signs the format was recognised. */
  evidence: z.string().nullable(),
})
export type ImportRecord = z.infer<typeof importRecord>

export const previewQuery = importQuery.extend({
  /** `all`: take any format. `pairs`: only those of which every task has two responses to compare. */
  kinds: z.enum(['pairs', 'all']).default('pairs'),
  /** The first hundred rows are held to the form of this project, as an import would; its form decides about `kinds`, too. */
  projectId: id.optional(),
})

/** What a file looks like before anything is stored: how it was recognised, its fields, and the first tasks that it would give. */
export const importPreview = z.object({
  format: z.string().nullable(),
  evidence: z.string(),
  fields: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.unknown())),
  suggestedMap: z.record(z.string(), z.string()).nullable(),
  tasks: z.array(taskPayload),
  rejected: z.array(rejectedRow),
  /**
   * What the form of the project makes of the first rows: how many were looked at, and those of which it can make no task that could be judged. They
   * are not among `tasks` and `rejected`. Null when no project was named.
   */
  fit: z
    .object({ rows: z.number(), misfits: z.array(rejectedRow) })
    .nullable()
    .optional(),
})
export type ImportPreview = z.infer<typeof importPreview>

/** A judgment that came with an imported task, from somebody outside. */
export const referenceJudgment = z.object({
  /** Who gave it, as the file names them; null: the file as a whole. */
  by: z.string().nullable(),
  rationale: z.string().nullable(),
  /** What was judged and how, such as `{"type":"pairwise","outcome":"a","strength":-2}`. */
  verdict: z.record(z.string(), z.unknown()),
})
export type ReferenceJudgment = z.infer<typeof referenceJudgment>
