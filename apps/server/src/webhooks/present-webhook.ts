import type { Webhook, WebhookDelivery } from '@groundwork/contract'
import type { DeliveryRow } from './delivery-queries.ts'
import type { EndpointRow } from './endpoint-queries.ts'

export const presentWebhook = (row: EndpointRow): Webhook => ({
  id: row.id,
  organizationId: row.organization_id,
  projectId: row.project_id,
  url: row.url,
  description: row.description,
  events: row.events as Webhook['events'],
  state: row.state as Webhook['state'],
  failingSince: row.failing_since?.toISOString() ?? null,
  previousSecretUntil: row.previous_until?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
})

export const presentDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  event: row.event,
  messageId: row.message_id,
  state: row.state as WebhookDelivery['state'],
  payload: row.payload,
  createdAt: row.created_at.toISOString(),
  nextTryAt: row.next_try_at?.toISOString() ?? null,
  attempts: row.tries.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
  attemptCount: row.attempts,
})
