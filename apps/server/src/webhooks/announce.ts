import type { WebhookEvent } from '@groundwork/contract'
import { newId, type Tx } from '../platform/index.ts'
import { insertDeliveries } from './delivery-queries.ts'
import { type Listener, listenersTo } from './endpoint-queries.ts'
import { payloadOf } from './webhook-rules.ts'

/** Something that endpoints are told of. */
export type Announcement = {
  event: WebhookEvent
  organizationId: string
  projectId: string
  /** The same for the same happening, however often it is announced. */
  key: string
  at: Date
  data: object
}

export const newMessageId = (): string => `msg_${newId().replaceAll('-', '')}`

/** Makes deliveries of what has happened, for every endpoint that wants to know. */
export async function announce(tx: Tx, announcements: readonly Announcement[]): Promise<void> {
  for (const [event, all] of Map.groupBy(announcements, (each) => each.event)) {
    const listeners = await listenersTo(tx, event, [...new Set(all.map((each) => each.organizationId))])
    const deliveries = all.flatMap((each) => {
      const payload = payloadOf(event, each.at, { projectId: each.projectId, ...each.data })
      return listeners
        .filter((listener) => isFor(listener, each))
        .map((listener) => ({
          id: newId(),
          organizationId: each.organizationId,
          endpointId: listener.id,
          event,
          eventKey: each.key,
          messageId: newMessageId(),
          payload,
        }))
    })
    await insertDeliveries(tx, deliveries)
  }
}

/** Whether an endpoint hears of what happens in a project of an organization. */
export const isFor = (
  listener: Listener,
  { organizationId, projectId }: { organizationId: string; projectId: string },
): boolean =>
  listener.organization_id === organizationId &&
  (listener.project_id === null || listener.project_id === projectId)
