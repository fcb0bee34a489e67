import { z } from 'zod'
import { taskPayload } from './content.ts'
import { projectState } from './projects.ts'
import { id, text, timestamp } from './text.ts'
import { flagReason } from './work.ts'

export const importFormat = z.enum(['auto', 'trl-preference', 'hh-rlhf', 'pairs', 'raw'])
export type ImportFormat = z.infer<typeof importFormat>

/** A bad row: its line (or row number, from 1), a stable code, and how to mend it. */
export const rejectedRow = z.object({ line: z.number(), code: z.string(), message: z.string() })
export type RejectedRow = z.infer<typeof rejectedRow>

export const importQuery = z.strictObject({
  format: importFormat.default('auto'),
  /** Field mapping for `pairs`: `prompt=input,a=output_1,b=output_2,gold=label,id=idx`. */
  map: text(1_000).optional(),
  fileName: text(300).optional(),
})
export const imported = z.object({
  id,
  format: z.string(),
  created: z.number(),
  duplicates: z.number(),
  /** The first thousand bad rows; `rejectedCount` counts all. */
  rejected: z.array(rejectedRow),
  rejectedCount: z.number(),
})
export type Imported = z.infer<typeof imported>
export const importRecord = imported.extend({
  fileName: z.string().nullable(),
  state: z.enum(['running', 'done', 'broken_off']),
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
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
})
export type ImportPreview = z.infer<typeof importPreview>

export const taskState = z.enum(['open', 'done', 'flagged', 'removed'])
export const consensusValue = z.object({
  value: z.unknown(),
  confidence: z.number().nullable(),
  /** Probability by possible value; sums to 1. */
  distribution: z.record(z.string(), z.number()),
  /** Mean strength of a preference, −3..3. */
  strength: z.number().optional(),
})
export type ConsensusValue = z.infer<typeof consensusValue>

export const taskRow = z.object({
  id,
  externalId: z.string().nullable(),
  state: taskState,
  /** The first characters of the last user turn. */
  excerpt: z.string(),
  judgments: z.number(),
  wanted: z.number(),
  consensus: z.record(z.string(), consensusValue).nullable(),
  gold: z.string().nullable(),
})
export type TaskRow = z.infer<typeof taskRow>
export const taskPage = z.object({
  tasks: z.array(taskRow),
  nextCursor: z.string().nullable(),
  total: z.number(),
})

export const resultJudgment = z.object({
  id,
  trainer: z.object({ id, name: z.string() }),
  answer: z.record(z.string(), z.unknown()),
  submittedAt: timestamp,
  activeMs: z.number(),
  guidelineVersion: z.number(),
  late: z.boolean(),
  /** Somebody of the team has accepted it before the review window ended. */
  accepted: z.boolean(),
})
/** A line of `GET /projects/:id/results`. */
export const resultLine = z.object({
  task: z.object({ id, externalId: z.string().nullable() }),
  judgments: z.array(resultJudgment),
  consensus: z.record(z.string(), consensusValue),
})
export type ResultLine = z.infer<typeof resultLine>

/** A task with everything the team may see. */
export const taskDetail = z.object({
  id,
  externalId: z.string().nullable(),
  state: taskState,
  payload: taskPayload,
  gold: z.string().nullable(),
  judgments: z.array(resultJudgment),
  consensus: z.record(z.string(), consensusValue).nullable(),
})
export type TaskDetail = z.infer<typeof taskDetail>

export const flag = z.object({
  id,
  taskId: id,
  taskExternalId: z.string().nullable(),
  trainer: z.object({ id, name: z.string() }),
  reason: flagReason,
  comment: z.string(),
  state: z.enum(['open', 'resumed', 'removed']),
  createdAt: timestamp,
  resolvedBy: z.string().nullable(),
})
export type Flag = z.infer<typeof flag>
export const resolveFlag = z.strictObject({
  action: z.enum(['resume', 'remove']),
  note: text(2_000).default(''),
})

export const exportFormat = z.enum(['trl-preference', 'raw'])
export const exportOptions = z.strictObject({
  /** Consensus below this confidence gives no row. */
  minConfidence: z.number().min(0).max(1).default(0),
  /** Tasks with fewer judgments than this give no row. */
  minJudgments: z.number().int().min(1).max(50).default(1),
  /** Margin column of `trl-preference`: on every row, or on none. */
  margin: z.enum(['none', 'strength']).default('none'),
  /** Strength → margin; used when `margin` is `strength`. */
  strengthMap: z
    .strictObject({ '1': z.number(), '2': z.number(), '3': z.number() })
    .default({ '1': 1, '2': 2, '3': 3 }),
  /** Put judged tasks of unfinished projects in too. */
  includeUnfinished: z.boolean().default(true),
  /** Names of trainers in `raw`: real names, or stable pseudonyms. */
  people: z.enum(['pseudonyms', 'names']).default('pseudonyms'),
  /** Share of groups that goes into a test split, by hash; 0: one split. */
  testShare: z.number().min(0).max(0.5).default(0),
  seed: z.number().int().min(0).max(2_147_483_647).default(0),
})
export const createExport = z.strictObject({
  format: exportFormat,
  as: z.enum(['jsonl']).default('jsonl'),
  options: exportOptions.prefault({}),
})
export const exportFile = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  url: z.string(),
})
export const exportJob = z.object({
  id,
  projectId: id,
  format: exportFormat,
  as: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  /** 0..1 */
  progress: z.number(),
  rows: z.number().nullable(),
  dropped: z.record(z.string(), z.number()).nullable(),
  error: z.string().nullable(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  files: z.array(exportFile),
})
export type ExportJob = z.infer<typeof exportJob>

export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  database: z.object({ ok: z.boolean(), version: z.string().nullable(), embedded: z.boolean() }),
  migrations: z.object({ applied: z.number(), pending: z.number(), latest: z.string().nullable() }),
  jobs: z.object({ ok: z.boolean(), waiting: z.number(), running: z.number(), failed: z.number() }),
})
export const projectStateAnswer = z.object({ id, state: projectState })
