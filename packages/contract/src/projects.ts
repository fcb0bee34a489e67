import { z } from 'zod'
import { form } from './forms/form.ts'
import { currency, decimalAmount, money } from './money.ts'
import { countryCode, expertiseDomain, expertiseLevel, languageCode, languageLevel } from './people.ts'
import { id, nameText, text, timestamp } from './text.ts'

export const projectState = z.enum(['draft', 'live', 'paused', 'finished'])
export type ProjectState = z.infer<typeof projectState>

/** How many judgments a task gets, stored as a policy so that adaptive overlap is another kind and not another column. */
export const overlapPolicy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), judgments: z.number().int().min(1).max(50) }),
])
export type OverlapPolicy = z.infer<typeof overlapPolicy>

/** Who may work: a trainer fits when every rule that is given fits. No rules: every trainer of the instance. */
export const audience = z.strictObject({
  /** At least one of these domains at this level or above. */
  expertise: z
    .array(z.strictObject({ domain: expertiseDomain, level: expertiseLevel }))
    .max(20)
    .optional(),
  /** At least one of these languages at this level or above. */
  languages: z
    .array(z.strictObject({ code: languageCode, level: languageLevel }))
    .max(20)
    .optional(),
  countries: z.array(countryCode).max(100).optional(),
})
export type Audience = z.infer<typeof audience>

export const payInput = z.strictObject({
  currency,
  /** Promised rate an hour, such as "30.00". */
  hourly: decimalAmount,
  estimateSeconds: z
    .number()
    .int()
    .min(5)
    .max(6 * 3600),
})
/** Pay terms as frozen into a version; `perJudgment` is derived: hourly × estimate, rounded up to the minor unit. */
export const payTerms = z.object({
  version: z.number(),
  currency,
  hourly: z.string(),
  estimateSeconds: z.number(),
  perJudgment: money,
})
export type PayTerms = z.infer<typeof payTerms>

const settings = {
  name: nameText(),
  description: text(2_000).default(''),
  /** A number is a fixed overlap. */
  overlap: z.union([z.number().int().min(1).max(50), overlapPolicy]).default(3),
  audience: audience.default({}),
  /** Days in which a judgment can be reviewed before its pay becomes available. 0: at once. */
  reviewWindowDays: z.number().int().min(0).max(60).default(7),
  leaseMinutes: z
    .number()
    .int()
    .min(2)
    .max(24 * 60)
    .default(30),
}

export const createProject = z.strictObject({
  template: text(80, 1),
  /** Wanted only when the caller is a member of several organizations. */
  organizationId: id.optional(),
  ...settings,
  /** Without it 30 USD an hour, and the time that the template estimates. */
  pay: payInput.optional(),
  /** The template's form and guideline unless given. */
  form: form.optional(),
  guideline: text(200_000).optional(),
})
export type CreateProject = z.input<typeof createProject>

/** Changes apply to slots opened later; judgments keep the version that they were made under. */
export const updateProject = z.strictObject({
  name: settings.name.optional(),
  description: text(2_000).optional(),
  overlap: z.union([z.number().int().min(1).max(50), overlapPolicy]).optional(),
  pay: payInput.optional(),
  audience: audience.optional(),
  reviewWindowDays: z.number().int().min(0).max(60).optional(),
  leaseMinutes: z
    .number()
    .int()
    .min(2)
    .max(24 * 60)
    .optional(),
  form: form.optional(),
})
export type UpdateProject = z.input<typeof updateProject>

export const agreement = z.object({
  /** Share of pairs of judgments on the same task that agree, 0..1. */
  percent: z.number().nullable(),
  /** 95 % interval of the percentage; null where there are too few tasks for one. */
  low: z.number().nullable().optional(),
  high: z.number().nullable().optional(),
  /** Krippendorff's alpha, nominal. */
  alpha: z.number().nullable(),
})

/** How much people agree on one question, by the measure that fits its type. */
export const questionAgreement = z.object({
  /** Id of the question, or `question.axis`. */
  question: z.string(),
  type: z.string(),
  /**
   * Krippendorff's alpha for classes and steps (nominal) and points of a scale (ordinal); mean of Kendall's tau for
   * rankings; mean F1 over pairs of people for options, spans, boxes and claims.
   */
  measure: z.enum(['alpha_nominal', 'alpha_ordinal', 'kendall_tau', 'f1']),
  value: z.number().nullable(),
  /** Share of pairs that agree; for rankings of pairs of responses in the same order, for marks the F1. */
  percent: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Tasks with at least two answers. */
  tasks: z.number(),
})
export type QuestionAgreement = z.infer<typeof questionAgreement>

/** Where a project stands; every figure is computed from the database. */
export const projectProgress = z.object({
  tasks: z.number(),
  tasksDone: z.number(),
  tasksFlagged: z.number(),
  slots: z.object({ open: z.number(), leased: z.number(), filled: z.number() }),
  judgments: z.number(),
  trainers: z.number(),
  /** On the form's first question that has a consensus. */
  agreement: agreement.nullable(),
  agreementByQuestion: z.array(questionAgreement).default([]),
  /** Mean confidence of the consensus over tasks that have one. */
  confidence: z.number().nullable(),
  /** Tasks with a known answer, and on how many of them the consensus is right. */
  gold: z.object({ tasks: z.number(), judged: z.number(), correct: z.number() }),
  money: z.object({ funded: money, spent: money, held: money, free: money }),
  /** Median active seconds of a judgment. */
  medianSeconds: z.number().nullable(),
  /** Pay divided by all active time on this project, an hour. */
  trueWage: money.nullable(),
  /** Judgments in the last 24 hours and the finish that this pace gives. */
  recentJudgments: z.number(),
  forecastFinish: timestamp.nullable(),
})
export type ProjectProgress = z.infer<typeof projectProgress>

export const project = z.object({
  id,
  organizationId: id,
  name: z.string(),
  description: z.string(),
  template: z.string(),
  state: projectState,
  overlap: overlapPolicy,
  audience,
  pay: payTerms,
  reviewWindowDays: z.number(),
  leaseMinutes: z.number(),
  form,
  guideline: z.object({ version: z.number(), markdown: z.string(), createdAt: timestamp }),
  createdAt: timestamp,
  launchedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  progress: projectProgress,
  /** Of a large project: slots that are being opened (counted in tasks) or closed (in slots) in the background. */
  slotWork: z
    .object({
      kind: z.enum(['opening', 'closing']),
      total: z.number(),
      done: z.number(),
      /** At the pace so far; null before there is one. */
      secondsLeft: z.number().nullable(),
    })
    .nullable()
    .optional(),
})
export type Project = z.infer<typeof project>

/** A row of the project list. */
export const projectSummary = z.object({
  id,
  organizationId: id,
  name: z.string(),
  template: z.string(),
  state: projectState,
  createdAt: timestamp,
  tasks: z.number(),
  tasksDone: z.number(),
  judgments: z.number(),
  /** When the newest judgment came in. */
  lastJudgmentAt: timestamp.nullable(),
  spent: money,
  funded: money,
})
export type ProjectSummary = z.infer<typeof projectSummary>

export const fundProject = z.strictObject({ amount: money })
export const funded = z.object({ transferId: id, escrow: money })

export const guidelineVersion = z.object({
  version: z.number(),
  markdown: z.string(),
  createdAt: timestamp,
  createdBy: z.string().nullable(),
})
export const updateGuideline = z.strictObject({ markdown: text(200_000, 1) })

/** How many trainers an audience would reach, for the wizard. */
export const audienceMatch = z.object({
  matching: z.number(),
  trainers: z.number(),
  countries: z.array(z.object({ country: z.string(), trainers: z.number() })),
})

/** A day of the burn-up: tasks and judgments finished by its end (UTC). */
export const projectTimeline = z.object({
  days: z.array(z.object({ date: z.string(), tasksDone: z.number(), judgments: z.number() })),
})

/** A person's work on one project. */
export const projectPerson = z.object({
  trainerId: id,
  name: z.string(),
  judgments: z.number(),
  medianSeconds: z.number().nullable(),
  trueWage: money.nullable(),
  /** Share of this person's judgments that match the consensus of the task, with a 95 % interval. */
  agreement: z.object({ share: z.number(), low: z.number(), high: z.number(), tasks: z.number() }).nullable(),
  /**
   * How often this person is right: posterior mean and 95 % credible interval, from known answers and from what the others say, each with
   * the doubt that belongs to it. Null until the project has enough judgments to tell.
   */
  reliability: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable().optional(),
  lastAt: timestamp.nullable(),
})

export const ledgerAccount = z.object({
  kind: z.string(),
  owner: z.object({ id, name: z.string() }),
  currency,
  /** Sum of entries; can be negative for a source of funds. */
  posted: z.string(),
  /** Sum of open holds on the account. */
  held: z.string(),
})
/** Every account that transfers of this project touched. `sums` is zero in every currency, always. */
export const trialBalance = z.object({
  accounts: z.array(ledgerAccount),
  sums: z.record(z.string(), z.string()),
})
export type TrialBalance = z.infer<typeof trialBalance>
