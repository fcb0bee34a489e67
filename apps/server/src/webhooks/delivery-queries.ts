import { sql, type Tx } from '../platform/index.ts'
import { STOP_AFTER_DAYS } from './webhook-rules.ts'

export type NewDelivery = {
  id: string
  organizationId: string
  endpointId: string
  event: string
  eventKey: string
  messageId: string
  payload: string
}

/** Adds deliveries that are due at once. Of the same event to the same endpoint there is one. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return
  await sql`
    insert into webhook_deliveries (id, organization_id, endpoint_id, event, event_key, message_id, payload, next_try_at)
    select id, organization_id, endpoint_id, event, event_key, message_id, payload, now()
    from unnest(${deliveries.map((each) => each.id)}::uuid[], ${deliveries.map((each) => each.organizationId)}::uuid[],
      ${deliveries.map((each) => each.endpointId)}::uuid[], ${deliveries.map((each) => each.event)}::text[],
      ${deliveries.map((each) => each.eventKey)}::text[], ${deliveries.map((each) => each.messageId)}::text[],
      ${deliveries.map((each) => each.payload)}::text[])
      as given (id, organization_id, endpoint_id, event, event_key, message_id, payload)
    on conflict (endpoint_id, event_key) do nothing`.execute(tx)
}

export type DueDelivery = {
  id: string
  organization_id: string
  endpoint_id: string
  message_id: string
  payload: string
  step: number
  url: string
  secret: Buffer
  /** Only as long as it holds. */
  previous_secret: Buffer | null
}

/**
 * Takes deliveries that are due, a few of each endpoint so that a slow one holds up no other. They are this process's for a minute;
 * whoever dies with them leaves them to others. Needs the system scope.
 * @param busy endpoints of which this process has enough in hand
 */
export async function takeDue(
  tx: Tx,
  most: number,
  perEndpoint: number,
  busy: readonly string[],
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    with due as materialized (
      select d.id from webhook_endpoints e, lateral (
        select id from webhook_deliveries
        where endpoint_id = e.id and state = 'waiting' and next_try_at <= now()
        order by next_try_at limit ${perEndpoint} for update skip locked) d
      where e.state = 'on' and not e.id = any (${busy}::uuid[])
      limit ${most}
    )
    update webhook_deliveries d set next_try_at = now() + interval '1 minute'
    from due, webhook_endpoints e
    where d.id = due.id and e.id = d.endpoint_id
    returning d.id, d.organization_id, d.endpoint_id, d.message_id, d.payload, d.step, e.url, e.secret,
      case when e.previous_until > now() then e.previous_secret end as previous_secret`.execute(tx)
  return rows
}

export type Try = {
  deliveryId: string
  durationMs: number
  status: number | null
  response: string
}

/** Records a try and what comes of it. */
export async function saveTry(
  tx: Tx,
  made: Try,
  next: { state: 'delivered' | 'failed' } | { state: 'waiting'; afterSeconds: number },
): Promise<void> {
  const wait = next.state === 'waiting' ? next.afterSeconds : null
  await sql`
    with tried as (
      update webhook_deliveries set attempts = attempts + 1, step = step + 1, state = ${next.state},
        next_try_at = now() + make_interval(secs => ${wait}::int)
      where id = ${made.deliveryId}
      returning id, organization_id, attempts
    )
    insert into webhook_attempts (delivery_id, n, organization_id, duration_ms, response_status, response)
    select id, attempts, organization_id, ${made.durationMs}::int, ${made.status}::int, ${made.response} from tried`.execute(
    tx,
  )
}

/** Notes that something arrived at an endpoint. */
export async function noteArrival(tx: Tx, endpointId: string): Promise<void> {
  await sql`update webhook_endpoints set failing_since = null where id = ${endpointId} and failing_since is not null`.execute(
    tx,
  )
}

/** Notes that nothing arrived; stops the endpoint when that has gone on for days, or when it is gone. Says whether it was stopped. */
export async function noteFailure(tx: Tx, endpointId: string, gone: boolean): Promise<boolean> {
  const { rows } = await sql<{ stopped: boolean }>`
    update webhook_endpoints set failing_since = coalesce(failing_since, now()),
      state = case when state = 'on' and (${gone}::boolean
        or failing_since < now() - make_interval(days => ${STOP_AFTER_DAYS}::int)) then 'stopped' else state end
    where id = ${endpointId}
    returning state = 'stopped' as stopped`.execute(tx)
  return rows[0]?.stopped ?? false
}

export type DeliveryRow = {
  id: string
  organization_id: string
  endpoint_id: string
  event: string
  message_id: string
  payload: string
  state: string
  attempts: number
  next_try_at: Date | null
  created_at: Date
  tries: { at: string; durationMs: number; status: number | null; response: string }[]
}

const deliveryColumns = sql`
  d.id, d.organization_id, d.endpoint_id, d.event, d.message_id, d.payload, d.state, d.attempts, d.next_try_at, d.created_at,
  coalesce((select json_agg(json_build_object('at', a.at, 'durationMs', a.duration_ms, 'status', a.response_status,
    'response', a.response) order by a.n desc)
    from (select * from webhook_attempts where delivery_id = d.id order by n desc limit 10) a), '[]'::json) as tries`

/** A page of what was sent to an endpoint, newest first. Ids are ordered by time. */
export async function deliveriesOf(
  tx: Tx,
  endpointId: string,
  before: string | null,
  limit: number,
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select ${deliveryColumns} from webhook_deliveries d
    where d.endpoint_id = ${endpointId} and (${before}::uuid is null or d.id < ${before}::uuid)
    order by d.id desc limit ${limit}`.execute(tx)
  return rows
}

/** Needs the system scope, or the organization's. */
export async function deliveryById(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const { rows } = await sql<DeliveryRow>`
    select ${deliveryColumns} from webhook_deliveries d where d.id = ${id}`.execute(tx)
  return rows[0]
}

/** Makes a delivery due again, with all its tries before it. */
export async function replayDelivery(tx: Tx, id: string): Promise<void> {
  await sql`update webhook_deliveries set state = 'waiting', step = 0, next_try_at = now() where id = ${id}`.execute(
    tx,
  )
}

/** Forgets what was delivered or given up long ago. Needs the system scope. */
export async function forgetDeliveries(tx: Tx, days: number): Promise<number> {
  const result = await sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries
      where state <> 'waiting' and created_at < now() - make_interval(days => ${days}::int) limit 1000)`.execute(
    tx,
  )
  return Number(result.numAffectedRows ?? 0n)
}
