import { type Db, sql, type Tx } from './database.ts'

/** Something that happened, for higher domains to react to. `kind` is noun.verb in the past, such as `judgment.submitted`. */
export type Event = { kind: string; organizationId: string; payload: Record<string, string> }

/** Appends an event in the transaction that caused it. Appending never waits for another transaction. */
export async function publish(tx: Tx, event: Event): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      kind: event.kind,
      organization_id: event.organizationId,
      payload: JSON.stringify(event.payload),
    })
    .execute()
}

/** The kinds of event that wait in the outbox. Needs the system scope. */
export async function waitingKinds(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`select distinct kind from outbox`.execute(tx)
  return rows.map((row) => row.kind)
}

/** Takes up to `limit` events of a kind out of the outbox; another process takes others. Needs the system scope. */
export async function takeEvents(tx: Tx, kind: string, limit: number): Promise<Event[]> {
  const { rows } = await sql<{ organization_id: string; payload: Record<string, string> }>`
    delete from outbox where id in (
      select id from outbox where kind = ${kind} order by id limit ${limit} for update skip locked)
    returning organization_id, payload`.execute(tx)
  return rows.map((row) => ({ kind, organizationId: row.organization_id, payload: row.payload }))
}

/**
 * Adds a background job in the transaction that causes it.
 * @param options.key jobs with the same key that have not started yet are one job
 */
export async function addJob(
  tx: Tx | Db,
  task: string,
  payload: Record<string, string>,
  options: { key?: string; afterSeconds?: number } = {},
): Promise<void> {
  await sql`select gw_add_job(${task}, ${JSON.stringify(payload)}::jsonb, ${options.key ?? null}, make_interval(secs => ${options.afterSeconds ?? 0}))`.execute(
    tx,
  )
}
