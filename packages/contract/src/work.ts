import { z } from 'zod'
import { message } from './content.ts'
import { answer, form } from './forms/form.ts'
import { money } from './money.ts'
import { audience } from './projects.ts'
import { id, text, timestamp } from './text.ts'

/** What a trainer is shown of a task: no model names, no reference, no metadata. */
export const shownTask = z.object({
  id,
  externalId: z.string().optional(),
  context: z.array(message),
  /** In the order in which they are to be shown: random per assignment and recorded on it. Answers speak of the ids. */
  candidates: z.array(z.object({ id: z.string(), messages: z.array(message) })),
})
export type ShownTask = z.infer<typeof shownTask>

export const draft = z.object({ answer, activeMs: z.number(), savedAt: timestamp })
export type Draft = z.infer<typeof draft>

/** The guideline that a judgment is made under. */
export const guidelineShown = z.object({
  version: z.number(),
  markdown: z.string(),
  /** The trainer has read an earlier version and not this one. */
  changedSinceRead: z.boolean(),
})

export const assignment = z.object({
  id,
  epoch: z.number().int(),
  projectId: id,
  expiresAt: timestamp,
  /** Length of a lease in seconds; every draft and heartbeat renews it. */
  leaseSeconds: z.number(),
  /** When its paid time began; null while it is only prefetched. */
  shownAt: timestamp.nullable(),
  task: shownTask,
  form,
  guideline: guidelineShown,
  project: z.object({
    id,
    name: z.string(),
    template: z.string(),
    /** What kind of task it is, in words; empty for a form of the team's own. */
    kind: z.string(),
  }),
  pay: money,
  draft: draft.nullable(),
})
export type Assignment = z.infer<typeof assignment>

/** Why there is nothing to do. `skipped_by_you`: all that is left are tasks that the trainer has skipped. */
export const noWorkReason = z.enum([
  'no_open_slots',
  'not_qualified',
  'project_paused',
  'out_of_funds',
  'all_done_by_you',
  'skipped_by_you',
  'daily_cap',
  'in_review',
])
export type NoWorkReason = z.infer<typeof noWorkReason>

export const nextAssignmentInput = z.strictObject({
  projectId: id.optional(),
  /** Assignments that the caller has at hand already: they are not handed back, and one more may be claimed (two held at most). */
  except: z.array(id).max(2).optional(),
})
export const nextAssignment = z.union([
  z.object({ assignment }),
  z.object({
    assignment: z.null(),
    reason: noWorkReason,
    /** Of `skipped_by_you`: how many tasks, which can be taken up again. */
    skipped: z.number().int().optional(),
  }),
])
export type NextAssignment = z.infer<typeof nextAssignment>

const fence = { epoch: z.number().int().min(1) }
export const activeMs = z
  .number()
  .int()
  .min(0)
  .max(7 * 24 * 3_600_000)

/**
 * `savedAt` of the draft that an answer was edited from; null: there was none. When the stored draft is newer and differs, it stays and comes
 * back in the details of `draft_conflict`. Without it nothing is compared.
 */
export const basedOn = timestamp.nullable().optional()

export const saveDraftInput = z.strictObject({
  ...fence,
  answer,
  activeMs,
  basedOn,
})
export const savedDraft = z.object({ savedAt: timestamp, expiresAt: timestamp, activeMs: z.number() })
export const heartbeatInput = z.strictObject({ ...fence, activeMs })
export const submitInput = z.strictObject({
  ...fence,
  answer,
  activeMs,
  basedOn,
  /** false: hand out nothing after this one. */
  next: z.boolean().default(true),
  /** As in `next`: assignments already at hand. */
  except: z.array(id).max(2).optional(),
})
export const skipInput = z.strictObject({ ...fence, reason: text(500).default('') })
export const flagReason = z.enum(['broken_task', 'unsafe', 'wrong_language', 'private_data', 'other'])
export type FlagReason = z.infer<typeof flagReason>
export const flagInput = z.strictObject({ ...fence, reason: flagReason, comment: text(2_000).default('') })

export const judgmentState = z.enum(['counted', 'late', 'withdrawn'])
export const judgment = z.object({
  id,
  taskId: id,
  projectId: id,
  answer,
  submittedAt: timestamp,
  /** Late: submitted after its slot went to somebody else; kept and paid, not counted into the consensus. */
  late: z.boolean(),
  activeMs: z.number(),
  /** The trainer's earlier judgment in whose place this one stands. */
  supersedes: id.nullable().optional(),
})
export type Judgment = z.infer<typeof judgment>

export const earned = money.extend({
  /** `owed`: a late answer while the project has no free money; it is paid with the next funding. */
  state: z.enum(['pending', 'available', 'owed']),
  availableAt: timestamp.nullable(),
})
export const submitted = z.object({
  judgment,
  earned,
  /** Until when the submission can be taken back. */
  undoUntil: timestamp,
  next: nextAssignment,
})
export type Submitted = z.infer<typeof submitted>

/** The assignment is the trainer's again, with a new epoch; the answer is back as its draft. */
export const undone = z.object({ assignment })
export const takeUpSkippedInput = z.strictObject({ projectId: id })
/** How many skipped tasks are offered again. */
export const takenUp = z.object({ tasks: z.number().int() })

/** A project as a trainer sees it in the list of work. */
export const workProject = z.object({
  id,
  name: z.string(),
  description: z.string(),
  template: z.string(),
  /** What kind of task it is, in words; empty for a form of the team's own. */
  kind: z.string(),
  organization: z.string(),
  /** Who may work here; without rules everybody. */
  asksFor: audience,
  pay: z.object({ perJudgment: money, hourly: money, estimateSeconds: z.number() }),
  /** What an hour of active time really paid on this project, over at least ten judgments; null before. */
  trueWage: money.nullable(),
  openToYou: z.number(),
  doneByYou: z.number(),
  /** The trainer holds an assignment or a draft here. */
  inProgress: z.boolean(),
  /** null: there is work. */
  reason: noWorkReason.nullable(),
})
export type WorkProject = z.infer<typeof workProject>
export const workList = z.object({ projects: z.array(workProject) })

export const statementLine = z.object({
  id: z.string(),
  at: timestamp,
  kind: z.string(),
  projectId: id.nullable(),
  projectName: z.string().nullable(),
  judgmentId: id.nullable(),
  activeMs: z.number().nullable(),
  amount: z.object({ amount: z.string(), currency: z.string() }),
  state: z.enum(['pending', 'available']),
})
export type StatementLine = z.infer<typeof statementLine>

export const earnings = z.object({
  balances: z.array(z.object({ currency: z.string(), available: z.string(), pending: z.string() })),
  /** The seven days up to now, by the trainer's time zone. */
  week: z.object({
    earned: z.array(money),
    activeMs: z.number(),
    judgments: z.number(),
    /** Pay divided by all active time of the week, per currency. */
    trueWage: z.array(money),
    days: z.array(
      z.object({ date: z.string(), earned: z.array(money), activeMs: z.number(), judgments: z.number() }),
    ),
  }),
  /** When the next pending money becomes available. */
  nextReleaseAt: timestamp.nullable(),
  statement: z.array(statementLine),
  nextCursor: z.string().nullable(),
})
export type Earnings = z.infer<typeof earnings>
