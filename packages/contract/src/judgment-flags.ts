import { z } from 'zod'
import { id, text, timestamp } from './text.ts'

/** What a member of the team can find questionable about a judgment. */
export const judgmentFlagKind = z.enum([
  'careless',
  'off_guideline',
  'contradicts_itself',
  'private_data',
  'other',
])
export type JudgmentFlagKind = z.infer<typeof judgmentFlagKind>

/** Shortest reason, in UTF-16 units: its author has to be able to learn from it what the matter is. */
export const LEAST_REASON = 10
const reason = text(2_000)
  .trim()
  .min(LEAST_REASON, `Say it in ${LEAST_REASON} characters or more: the author of the judgment reads it.`)

export const flagJudgment = z.strictObject({ kind: judgmentFlagKind, note: reason })

/**
 * `keep`: the judgment counts again. `exclude`: it is left out for good. `withdraw`: whoever raised the flag takes it back. The first two
 * want a reason.
 */
export const resolveJudgmentFlag = z
  .strictObject({ action: z.enum(['keep', 'exclude', 'withdraw']), note: text(2_000).trim().default('') })
  .superRefine(({ action, note }, context) => {
    if (action === 'withdraw' || note.length >= LEAST_REASON) return
    const message = `Give the reason in ${LEAST_REASON} characters or more: the author of the judgment reads it.`
    context.addIssue({ code: 'custom', path: ['note'], message })
  })

/**
 * `open`: the judgment is left out of consensus and exports until somebody decides. `kept`: it counts. `excluded`: it does not, for good.
 * `withdrawn`: by the member who raised it. `lapsed`: the trainer took the judgment back.
 */
export const judgmentFlagState = z.enum(['open', 'kept', 'excluded', 'withdrawn', 'lapsed'])
export type JudgmentFlagState = z.infer<typeof judgmentFlagState>

const member = z.object({ id, name: z.string() })

/** A question of the team about a judgment. It never touches the pay, and it goes along with corrections. */
export const judgmentFlag = z.object({
  id,
  /** The answer that was flagged; its author may have corrected it since. */
  judgmentId: id,
  kind: judgmentFlagKind,
  note: z.string(),
  state: judgmentFlagState,
  flaggedBy: member,
  createdAt: timestamp,
  resolvedBy: member.nullable(),
  resolvedAt: timestamp.nullable(),
  resolutionNote: z.string().nullable(),
})
export type JudgmentFlag = z.infer<typeof judgmentFlag>

/** The same with the work that it is about. */
export const projectJudgmentFlag = judgmentFlag.extend({
  taskId: id,
  taskExternalId: z.string().nullable(),
  trainer: z.object({ id, name: z.string() }),
})
export type ProjectJudgmentFlag = z.infer<typeof projectJudgmentFlag>

/** What the author of a judgment is told about its flag; the decision names the person who made it. */
export const ownJudgmentFlag = z.object({
  kind: judgmentFlagKind,
  note: z.string(),
  state: z.enum(['open', 'kept', 'excluded']),
  createdAt: timestamp,
  decision: z.object({ by: z.string(), at: timestamp, note: z.string() }).nullable(),
})
export type OwnJudgmentFlag = z.infer<typeof ownJudgmentFlag>
