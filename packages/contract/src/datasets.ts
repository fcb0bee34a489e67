import { z } from 'zod'
import { taskPayload } from './content.ts'
import { projectState } from './projects.ts'
import { id, text, timestamp } from './text.ts'
import { flagReason } from './work.ts'

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
  /** Of the form that the answer was given to. */
  formVersion: z.number().optional(),
  late: z.boolean(),
  /** Somebody of the team has accepted it before the review window ended. */
  accepted: z.boolean(),
  /** The judgment of the same trainer in whose place this one stands. */
  supersedes: id.nullable().optional(),
})
/** A line of `GET /projects/:id/results`. */
export const resultLine = z.object({
  task: z.object({ id, externalId: z.string().nullable() }),
  judgments: z.array(resultJudgment),
  /** What trainers corrected later, oldest first. */
  history: z.array(resultJudgment).optional(),
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
  /** What trainers corrected later, oldest first. */
  history: z.array(resultJudgment).optional(),
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
  /** Trainers who held the task before it was flagged and are still at it; they may submit. */
  liveAssignments: z.number(),
  createdAt: timestamp,
  resolvedBy: z.string().nullable(),
})
export type Flag = z.infer<typeof flag>
export const resolveFlag = z.strictObject({
  action: z.enum(['resume', 'remove']),
  note: text(2_000).default(''),
})

export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  database: z.object({ ok: z.boolean(), version: z.string().nullable(), embedded: z.boolean() }),
  migrations: z.object({ applied: z.number(), pending: z.number(), latest: z.string().nullable() }),
  jobs: z.object({ ok: z.boolean(), waiting: z.number(), running: z.number(), failed: z.number() }),
})
export const projectStateAnswer = z.object({ id, state: projectState })
