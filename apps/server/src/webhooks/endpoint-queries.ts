import { sql, type Tx } from '../platform/index.ts'
import { ROTATION_HOURS } from './webhook-rules.ts'

export type EndpointRow = {
  id: string
  organization_id: string
  project_id: string | null
  url: string
  description: string
  events: string[]
  state: string
  failing_since: Date | null
  previous_until: Date | null
  created_at: Date
}

const columns = [
  ...(['id', 'organization_id', 'project_id', 'url', 'description', 'events', 'state'] as const),
  ...(['failing_since', 'previous_until', 'created_at'] as const),
]

export async function insertEndpoint(
  tx: Tx,
  row: {
    id: string
    organizationId: string
    projectId: string | null
    url: string
    description: string
    events: string[]
    secret: Buffer
    createdBy: string
  },
): Promise<EndpointRow> {
  return tx
    .insertInto('webhook_endpoints')
    .values({
      id: row.id,
      organization_id: row.organizationId,
      project_id: row.projectId,
      url: row.url,
      description: row.description,
      events: row.events,
      secret: row.secret,
      created_by: row.createdBy,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
}

export async function endpointsOf(tx: Tx, organizationId: string): Promise<EndpointRow[]> {
  return tx
    .selectFrom('webhook_endpoints')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Needs the system scope, or the organization's. */
export async function endpointById(tx: Tx, id: string): Promise<EndpointRow | undefined> {
  return tx.selectFrom('webhook_endpoints').select(columns).where('id', '=', id).executeTakeFirst()
}

export async function changeEndpoint(
  tx: Tx,
  id: string,
  change: {
    url?: string | undefined
    events?: string[] | undefined
    description?: string | undefined
    enabled?: boolean | undefined
  },
): Promise<EndpointRow> {
  const { enabled, ...rest } = change
  const values = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return tx
    .updateTable('webhook_endpoints')
    .set({
      ...values,
      ...(enabled === undefined ? {} : { state: enabled ? 'on' : 'off' }),
      ...(enabled === true ? { failing_since: null } : {}),
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Puts a new secret in; the present one signs, too, for another day. */
export async function rotateSecret(tx: Tx, id: string, secret: Buffer): Promise<EndpointRow> {
  return tx
    .updateTable('webhook_endpoints')
    .set({
      previous_secret: sql<Buffer>`secret`,
      previous_until: sql<Date>`now() + make_interval(hours => ${ROTATION_HOURS}::int)`,
      secret,
    })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

export async function deleteEndpoint(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('webhook_endpoints').where('id', '=', id).execute()
}

export type Listener = { id: string; organization_id: string; project_id: string | null }

/** The endpoints that want to be told of an event, in any of the organizations. */
export async function listenersTo(
  tx: Tx,
  event: string,
  organizationIds: readonly string[],
): Promise<Listener[]> {
  const { rows } = await sql<Listener>`
    select id, organization_id, project_id from webhook_endpoints
    where organization_id = any (${organizationIds}::uuid[]) and state = 'on' and ${event} = any (events)`.execute(
    tx,
  )
  return rows
}
