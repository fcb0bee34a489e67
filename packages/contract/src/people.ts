import { z } from 'zod'
import { id, nameText, text, timestamp } from './text.ts'

export const organizationRole = z.enum(['owner', 'manager', 'reviewer', 'viewer'])
export type OrganizationRole = z.infer<typeof organizationRole>

export const expertiseDomain = z.enum([
  'general',
  'writing',
  'languages',
  'programming',
  'mathematics',
  'science',
  'medicine',
  'law',
  'finance',
])
export type ExpertiseDomain = z.infer<typeof expertiseDomain>

/** From lower to higher; an audience rule asks for a level or above. */
export const expertiseLevel = z.enum(['generalist', 'skilled_writer', 'stem_professional', 'domain_expert'])
export type ExpertiseLevel = z.infer<typeof expertiseLevel>

/** From lower to higher (CEFR, then native). */
export const languageLevel = z.enum(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native'])
export type LanguageLevel = z.infer<typeof languageLevel>

export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'Two letters of ISO 3166, such as "KE".')
export const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A BCP 47 language tag, such as "en" or "pt-BR".')

export const expertise = z.strictObject({
  domain: expertiseDomain,
  level: expertiseLevel,
  /** How the level is evidenced: a degree, a licence, years of work, published writing, a qualification passed here. */
  evidence: text(1_000).default(''),
})
export type Expertise = z.infer<typeof expertise>

export const trainerProfileInput = z.strictObject({
  displayName: nameText(),
  country: countryCode,
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, { message: 'An IANA time zone, such as "Africa/Nairobi".' }),
  languages: z
    .array(z.strictObject({ code: languageCode, level: languageLevel }))
    .min(1)
    .max(30),
  expertise: z.array(expertise).max(20).default([]),
  headline: text(200).default(''),
})
export const trainerProfile = trainerProfileInput
export type TrainerProfile = z.infer<typeof trainerProfile>

/** Names only: offsets such as "+05:30" mean the opposite to the database, which counts them westward. */
function isTimeZone(value: string): boolean {
  if (!/^[a-z]/i.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

export const membership = z.object({
  organization: z.object({ id, name: z.string() }),
  role: organizationRole,
})
export type Membership = z.infer<typeof membership>

/** Who is signed in, and as what. */
export const me = z.object({
  user: z.object({
    id,
    name: z.string(),
    email: z.string(),
    operator: z.boolean(),
    twoFactorEnabled: z.boolean(),
  }),
  trainer: trainerProfile.nullable(),
  memberships: z.array(membership),
  /** How the request was authenticated; an API key may be limited to reading. */
  via: z.enum(['session', 'api_key']),
})
export type Me = z.infer<typeof me>

export const apiKeyScope = z.enum(['read', 'write'])
export const createApiKey = z.strictObject({
  name: nameText(),
  /** `write` includes `read`. */
  scope: apiKeyScope.default('write'),
  /** Limits the key to one organization of the owner; without it the key does what its owner may do. */
  organizationId: id.optional(),
  /** Limits the key to one project: it sees nothing else of the organization, and changes nothing of the organization as a whole. */
  projectId: id.optional(),
  expiresInDays: z.number().int().min(1).max(730).default(90),
})
export const apiKey = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  scope: apiKeyScope,
  organizationId: id.nullable(),
  projectId: id.nullable(),
  createdAt: timestamp,
  expiresAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
})
export type ApiKey = z.infer<typeof apiKey>
/** The secret is in this one answer and nowhere else. */
export const createdApiKey = z.object({ key: apiKey, secret: z.string() })

export const member = z.object({
  userId: id,
  name: z.string(),
  email: z.string(),
  role: organizationRole,
  joinedAt: timestamp,
})
export type Member = z.infer<typeof member>

export const invitation = z.object({
  id,
  email: z.string(),
  role: organizationRole,
  invitedBy: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp,
})
export type Invitation = z.infer<typeof invitation>
export const createInvitation = z.strictObject({ email: z.email().max(254), role: organizationRole })
/** `link` is for handing over by hand when no mail server is configured. */
export const createdInvitation = z.object({ invitation, link: z.string(), mailed: z.boolean() })

export const operatorOverview = z.object({
  version: z.string(),
  counts: z.object({
    users: z.number(),
    trainers: z.number(),
    organizations: z.number(),
    projects: z.number(),
    judgments: z.number(),
  }),
  mail: z.object({ configured: z.boolean() }),
  jobs: z.object({ waiting: z.number(), failed: z.number() }),
})
export const operatorMail = z.object({
  id,
  kind: z.string(),
  to: z.string(),
  subject: z.string(),
  link: z.string().nullable(),
  createdAt: timestamp,
  sentAt: timestamp.nullable(),
  error: z.string().nullable(),
})
export const operatorUser = z.object({
  id,
  name: z.string(),
  email: z.string(),
  operator: z.boolean(),
  trainer: z.boolean(),
  organizations: z.array(z.string()),
  createdAt: timestamp,
})

/** First-run set-up of an empty instance; the token is printed by `npm start`. */
export const setupInput = z.strictObject({
  token: text(200, 1),
  name: nameText(),
  email: z.email().max(254),
  password: z.string().min(12).max(200),
  organization: nameText(),
})
