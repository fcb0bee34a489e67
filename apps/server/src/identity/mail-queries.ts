import { newId, sql, type Tx } from '../platform/index.ts'

export type MailRow = {
  id: string
  kind: string
  recipient: string
  subject: string
  body: string
  link: string | null
  created_at: Date
  sent_at: Date | null
  error: string | null
}

export async function insertMail(
  tx: Tx,
  mail: { kind: string; to: string; subject: string; body: string; link: string | null },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('outgoing_mail')
    .values({
      id,
      kind: mail.kind,
      recipient: mail.to,
      subject: mail.subject,
      body: mail.body,
      link: mail.link,
    })
    .execute()
  return id
}

/** A mail that still has to go out, or undefined. */
export async function unsentMail(tx: Tx, id: string): Promise<MailRow | undefined> {
  return tx
    .selectFrom('outgoing_mail')
    .selectAll()
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** What was sent is not kept: its links open accounts. */
export async function markMailSent(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('outgoing_mail')
    .set({ sent_at: sql`now()`, error: null, body: '' })
    .where('id', '=', id)
    .execute()
}

export async function markMailFailed(tx: Tx, id: string, error: string): Promise<void> {
  await tx.updateTable('outgoing_mail').set({ error }).where('id', '=', id).execute()
}

/** Mail of the last 14 days, newest first, at most 200. */
export async function recentMail(tx: Tx): Promise<MailRow[]> {
  return tx
    .selectFrom('outgoing_mail')
    .selectAll()
    .where('created_at', '>', sql<Date>`now() - interval '14 days'`)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

/** Forgets mail older than 90 days. */
export async function deleteOldMail(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('outgoing_mail')
    .where('created_at', '<', sql<Date>`now() - interval '90 days'`)
    .execute()
}
