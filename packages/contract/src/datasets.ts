import { z } from 'zod'
import { taskPayload } from './content.ts'
import { judgmentFlag } from './judgment-flags.ts'
import { projectState } from './projects.ts'
import { id, text, timestamp } from './text.ts'
import { flagReason } from './work.ts'

export const taskState = z.enum(['open', 'done', 'flagged', 'removed'])
/**
 * What the judgments of a task come to on one question. The key it stands under is the question's id; `question.axis` for an axis of a
 * preference, `question.target` for a question that is asked of each candidate or message.
 */
export const consensusValue = z.object({
  /**
   * preference: the outcome. choice: the option. multichoice: the options that more than half chose. scale: the mean, between the points, or
   * `na`. ranking: `{ranks}`. spans: `{spans}` merged, each with its support. steps: `{candidate, steps, firstError}`. boxes: `{boxes}` merged, each with
   * its support. sources: `{claims}`, each with its support and the share of each verdict. text, rewrite, turns: null, for
   * there is no mean of texts. Null also where it is undecided.
   */
  value: z.unknown(),
  /** How probable the value is; for merged marks their mean support. Null where there is no such figure. */
  confidence: z.number().nullable(),
  /**
   * Probability by possible value; sums to 1. ranking: of being the first. steps: of being the first wrong one, or `none`. multichoice: of applying, by
   * option, each by itself. Empty for marks and texts.
   */
  distribution: z.record(z.string(), z.number()),
  /** Mean strength of a preference, −3..3. */
  strength: z.number().optional(),
  /** How many judgments answered it. */
  answers: z.number().optional(),
  /** How often each class or point was given. */
  votes: z.record(z.string(), z.number()).optional(),
  /** Mean over the pairs of people of this task: Kendall's tau of rankings, F1 of marks, claims and options. Null with fewer than two. */
  agreement: z.number().nullable().optional(),
  /** Of a scale. */
  median: z.number().optional(),
  /** 95 % interval of a scale's value. */
  low: z.number().optional(),
  high: z.number().optional(),
  /** The judgment whose text is most like the others', from three on. */
  representative: id.optional(),
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
  /** What the team asked about it, oldest first. An open or excluding one leaves it out of the consensus. */
  flags: z.array(judgmentFlag).optional(),
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
  /** The whole known answer, by question. */
  known: z.record(z.string(), z.unknown()).nullable().optional(),
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
