import { z } from 'zod'
import { id, text, timestamp } from './text.ts'

/** What an endpoint can be told. */
export const webhookEvent = z.enum([
  'task.finished',
  'task.flagged',
  'judgment.flagged',
  'project.finished',
  'export.ready',
])
export type WebhookEvent = z.infer<typeof webhookEvent>

const url = text(2_000, 1)
const events = z
  .array(webhookEvent)
  .min(1)
  .max(webhookEvent.options.length)
  .transform((list) => [...new Set(list)])

export const createWebhook = z.strictObject({
  /** `https://…`; plain HTTP only on loopback, where the operator allows it. */
  url,
  events,
  description: text(200).default(''),
  /** Only what happens in this project; without it in all of the organization. */
  projectId: id.optional(),
})
export const updateWebhook = z.strictObject({
  url: url.optional(),
  events: events.optional(),
  description: text(200).optional(),
  /** false keeps what happens from being sent; true begins again, also after the platform has stopped it. */
  enabled: z.boolean().optional(),
})
export const webhook = z.object({
  id,
  organizationId: id,
  projectId: id.nullable(),
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEvent),
  /** `stopped`: by the platform, after days without an answer or when the receiver said that it is gone. */
  state: z.enum(['on', 'off', 'stopped']),
  failingSince: timestamp.nullable(),
  /** Until then the secret before the last rotation signs, too. */
  previousSecretUntil: timestamp.nullable(),
  createdAt: timestamp,
})
export type Webhook = z.infer<typeof webhook>
/** The secret (`whsec_…`) is in this one answer and nowhere else. */
export const webhookWithSecret = z.object({ webhook, secret: z.string() })

export const webhookAttempt = z.object({
  at: timestamp,
  durationMs: z.number(),
  /** null: no answer came. */
  status: z.number().nullable(),
  /** The beginning of what the receiver said, or why it could not be reached. */
  response: z.string(),
})
export const webhookDelivery = z.object({
  id,
  event: z.string(),
  /** `webhook-id` of the message; the same in every try and every replay. */
  messageId: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  /** As it is sent. */
  payload: z.string(),
  createdAt: timestamp,
  nextTryAt: timestamp.nullable(),
  /** The last ones, newest first. */
  attempts: z.array(webhookAttempt),
  attemptCount: z.number(),
})
export type WebhookDelivery = z.infer<typeof webhookDelivery>
export const webhookDeliveryPage = z.object({
  items: z.array(webhookDelivery),
  nextCursor: z.string().nullable(),
})
