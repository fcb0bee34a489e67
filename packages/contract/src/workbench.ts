import { z } from 'zod'
import { answer, form } from './forms/form.ts'
import { ownJudgmentFlag } from './judgment-flags.ts'
import { money } from './money.ts'
import { id, text, timestamp, uncleanPlaces } from './text.ts'
import { activeMs, basedOn, guidelineShown, judgment, shownTask } from './work.ts'

/** Longest setting as JSON, in UTF-16 units. */
export const MAX_PREFERENCE = 65_536
/** Most settings that one person keeps. */
export const MAX_PREFERENCES = 200

/** Name of a setting, such as `workbench.layout`. */
export const preferenceKey = z
  .string()
  .regex(/^[a-z0-9][A-Za-z0-9._:-]{0,99}$/, 'Letters, digits, dots, colons, - and _, at most 100 of them.')
export const preferences = z.object({
  preferences: z.record(z.string(), z.object({ value: z.unknown(), savedAt: timestamp })),
})
export type Preferences = z.infer<typeof preferences>['preferences']
export const savePreference = z.strictObject({
  value: z.json().superRefine((value, context) => {
    for (const { path, message } of uncleanPlaces(value)) context.addIssue({ code: 'custom', path, message })
    if (JSON.stringify(value).length > MAX_PREFERENCE) {
      context.addIssue({ code: 'custom', message: `Longer than ${MAX_PREFERENCE} characters as JSON.` })
    }
  }),
  /**
   * `savedAt` of the value that this one was made from; null: there was none. When the stored one is newer and differs, it stays and comes back
   * as `stored` in the details of `conflict`. Without it the value is overwritten.
   */
  basedOn,
})
export const savedPreference = z.object({ savedAt: timestamp })

/** `since`: also the text of this earlier version, for what has changed. */
export const assignmentGuidelineQuery = z.strictObject({
  since: z.coerce.number().int().min(1).max(1_000_000).optional(),
})
export const assignmentGuideline = z.object({
  /** Of the assignment. */
  version: z.number(),
  markdown: z.string(),
  /** The version that the trainer has read last in this project; null: none yet. */
  lastRead: z.object({ version: z.number(), markdown: z.string() }).nullable(),
  /** The earlier version that was asked for; null: none was, or there is no such version before this one. */
  since: z.object({ version: z.number(), markdown: z.string() }).nullable(),
})
export type AssignmentGuideline = z.infer<typeof assignmentGuideline>
export const guidelineRead = z.strictObject({ version: z.number().int().min(1).max(1_000_000) })

/**
 * `in_review`: its review window is open. `accepted`: by the team, or because the window is over. `corrected`: a later answer of the
 * trainer stands in its place. `late`: kept and paid, not counted. `withdrawn`: taken back. `left_out`: for good by the team; paid as before.
 */
export const myJudgmentState = z.enum(['in_review', 'accepted', 'corrected', 'late', 'left_out', 'withdrawn'])
export const myJudgment = z.object({
  id,
  projectId: id,
  projectName: z.string(),
  taskId: id,
  externalId: z.string().nullable(),
  /** The first characters of the last user turn. */
  excerpt: z.string(),
  submittedAt: timestamp,
  reviewUntil: timestamp,
  state: myJudgmentState,
  correctable: z.boolean(),
  /** The judgment in whose place this one stands. */
  supersedes: id.nullable(),
  /** What the team asks about it; null: nothing. It never changes the pay. */
  flag: ownJudgmentFlag.nullable(),
})
export type MyJudgment = z.infer<typeof myJudgment>
export const myJudgmentsQuery = z.strictObject({
  projectId: id.optional(),
  cursor: text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const myJudgments = z.object({ items: z.array(myJudgment), nextCursor: z.string().nullable() })
export type MyJudgments = z.infer<typeof myJudgments>

/** The task is shown as it was when it was judged: same form, same guideline, same order of the candidates. */
export const correction = z.object({
  judgment: z.object({ id, answer, submittedAt: timestamp }),
  task: shownTask,
  form,
  guideline: guidelineShown,
  project: z.object({ id, name: z.string(), template: z.string(), kind: z.string() }),
  pay: money,
  /** What was typed for a correction and not sent yet. */
  draft: z.object({ answer, savedAt: timestamp }).nullable(),
  /** False: to be looked at only; why says `state`. */
  correctable: z.boolean(),
  state: myJudgmentState,
  reviewUntil: timestamp,
})
export type Correction = z.infer<typeof correction>
/** A null answer forgets the draft. */
export const saveCorrectionDraft = z.strictObject({ answer: answer.nullable(), basedOn })
export const savedCorrectionDraft = z.object({ savedAt: timestamp })
export const correctJudgment = z.strictObject({
  answer,
  basedOn,
  /** Time spent on the correction alone. It is not paid again, and counts into the true wage. */
  activeMs,
})
export const corrected = z.object({
  judgment,
  /** Until when the correction can be taken back. */
  undoUntil: timestamp,
})
export type Corrected = z.infer<typeof corrected>
