import type { Tx } from './database.ts'
import type { JsonObject } from './database-types.generated.ts'

/** An act about a person, their work or money. `actorId` null: the platform itself, by a published rule. */
export type AuditEvent = {
  organizationId: string | null
  actorId: string | null
  /** noun.verb in the past, such as `project.funded`. */
  action: string
  subject: { kind: string; id: string }
  details?: JsonObject
}

/** Writes the audit event in the transaction of the act, so that one never stands without the other. */
export async function recordAudit(tx: Tx, event: AuditEvent): Promise<void> {
  await tx
    .insertInto('audit_events')
    .values({
      organization_id: event.organizationId,
      actor_id: event.actorId,
      action: event.action,
      subject_kind: event.subject.kind,
      subject_id: event.subject.id,
      details: JSON.stringify(event.details ?? {}),
    })
    .execute()
}
