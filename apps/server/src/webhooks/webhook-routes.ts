import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { requireMember } from '../identity/index.ts'
import {
  AppError,
  allowNetworks,
  type Caller,
  type Deps,
  invalidInput,
  newId,
  notFound,
  recordAudit,
  refusedUrl,
  route,
  seal,
  type Tx,
} from '../platform/index.ts'
import { organizationOfProject } from '../projects/index.ts'
import { newMessageId } from './announce.ts'
import { deliveriesOf, deliveryById, insertDeliveries, replayDelivery } from './delivery-queries.ts'
import {
  changeEndpoint,
  deleteEndpoint,
  type EndpointRow,
  endpointById,
  endpointsOf,
  insertEndpoint,
  rotateSecret,
} from './endpoint-queries.ts'
import { presentDelivery, presentWebhook } from './present-webhook.ts'
import { newWebhookSecret, payloadOf } from './webhook-rules.ts'

const MOST_ENDPOINTS = 20

export function webhookRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.listWebhooks, 'signed_in', async ({ caller, params }) => {
    await requireMember(deps, caller, params.id, 'manager')
    const rows = await database.transaction({ organization: params.id }, (tx) => endpointsOf(tx, params.id))
    return { items: rows.map(presentWebhook) }
  })

  route(app, api.createWebhook, 'signed_in', async ({ caller, params, body }) => {
    const organizationId = params.id
    await requireMember(deps, caller, organizationId, 'manager')
    checkUrl(deps, body.url)
    await checkProject(deps, organizationId, body.projectId)
    const id = newId()
    const secret = newWebhookSecret()
    return database.transaction({ organization: organizationId }, async (tx) => {
      if ((await endpointsOf(tx, organizationId)).length >= MOST_ENDPOINTS)
        throw new AppError(
          'conflict',
          `An organization has at most ${MOST_ENDPOINTS} endpoints. Delete one first.`,
        )
      const row = await insertEndpoint(tx, {
        id,
        organizationId,
        projectId: body.projectId ?? null,
        url: body.url,
        description: body.description,
        events: body.events,
        secret: seal(deps.secret, id, secret),
        createdBy: caller.userId,
      })
      await audit(tx, caller, row, 'webhook.created', { url: row.url, events: row.events })
      return { webhook: presentWebhook(row), secret }
    })
  })

  route(app, api.updateWebhook, 'signed_in', async ({ caller, params, body }) => {
    const endpoint = await requireEndpoint(deps, caller, params.id)
    if (body.url !== undefined) checkUrl(deps, body.url)
    return database.transaction({ organization: endpoint.organization_id }, async (tx) => {
      const row = await changeEndpoint(tx, endpoint.id, body)
      await audit(tx, caller, row, 'webhook.changed', { url: row.url, events: row.events, state: row.state })
      return presentWebhook(row)
    })
  })

  route(app, api.deleteWebhook, 'signed_in', async ({ caller, params }) => {
    const endpoint = await requireEndpoint(deps, caller, params.id)
    await database.transaction({ organization: endpoint.organization_id }, async (tx) => {
      await deleteEndpoint(tx, endpoint.id)
      await audit(tx, caller, endpoint, 'webhook.deleted', { url: endpoint.url })
    })
    return { ok: true as const }
  })

  route(app, api.rotateWebhookSecret, 'signed_in', async ({ caller, params }) => {
    const endpoint = await requireEndpoint(deps, caller, params.id)
    const secret = newWebhookSecret()
    return database.transaction({ organization: endpoint.organization_id }, async (tx) => {
      const row = await rotateSecret(tx, endpoint.id, seal(deps.secret, endpoint.id, secret))
      await audit(tx, caller, row, 'webhook.secret_rotated', {})
      return { webhook: presentWebhook(row), secret }
    })
  })

  route(app, api.testWebhook, 'signed_in', async ({ caller, params }) => {
    const endpoint = await requireEndpoint(deps, caller, params.id)
    if (endpoint.state !== 'on') throw new AppError('conflict', 'The endpoint is off. Turn it on first.')
    const id = newId()
    return database.transaction({ organization: endpoint.organization_id }, async (tx) => {
      const event = 'webhook.test'
      const data = { message: 'This is a test. Nothing has happened.' }
      await insertDeliveries(tx, [
        {
          id,
          organizationId: endpoint.organization_id,
          endpointId: endpoint.id,
          event,
          eventKey: `${event}:${id}`,
          messageId: newMessageId(),
          payload: payloadOf(event, new Date(), data),
        },
      ])
      return presentDelivery(await wanted(deliveryById(tx, id)))
    })
  })

  route(app, api.listWebhookDeliveries, 'signed_in', async ({ caller, params, query }) => {
    const endpoint = await requireEndpoint(deps, caller, params.id)
    const before = readCursor(query.cursor)
    const rows = await database.transaction({ organization: endpoint.organization_id }, (tx) =>
      deliveriesOf(tx, endpoint.id, before, query.limit),
    )
    return {
      items: rows.map(presentDelivery),
      nextCursor: rows.length === query.limit ? (rows.at(-1)?.id ?? null) : null,
    }
  })

  route(app, api.replayWebhookDelivery, 'signed_in', async ({ caller, params }) => {
    const found = await database.transaction('system', (tx) => deliveryById(tx, params.id))
    if (!found) throw notFound('delivery')
    const endpoint = await requireEndpoint(deps, caller, found.endpoint_id, 'delivery')
    if (endpoint.state !== 'on') throw new AppError('conflict', 'The endpoint is off. Turn it on first.')
    return database.transaction({ organization: endpoint.organization_id }, async (tx) => {
      await replayDelivery(tx, found.id)
      return presentDelivery(await wanted(deliveryById(tx, found.id)))
    })
  })
}

/** An endpoint of an organization that the caller manages; anything else is not found. */
async function requireEndpoint(
  deps: Deps,
  caller: Caller,
  id: string,
  noun = 'webhook',
): Promise<EndpointRow> {
  const row = await deps.database.transaction('system', (tx) => endpointById(tx, id))
  if (!row) throw notFound(noun)
  await requireMember(deps, caller, row.organization_id, 'manager').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound(noun) : error
  })
  return row
}

function checkUrl(deps: Deps, url: string): void {
  const message = refusedUrl(url, deps.allowedNetworks ?? allowNetworks([]))
  if (message) throw invalidInput([{ path: 'url', code: 'refused', message }])
}

async function checkProject(
  deps: Deps,
  organizationId: string,
  projectId: string | undefined,
): Promise<void> {
  if (projectId !== undefined && (await organizationOfProject(deps, projectId)) !== organizationId)
    throw notFound('project')
}

function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(cursor)) return cursor
  throw invalidInput([
    { path: 'cursor', code: 'invalid', message: 'Take it from `nextCursor` of the page before.' },
  ])
}

async function wanted<T>(found: Promise<T | undefined>): Promise<T> {
  const row = await found
  if (row === undefined) throw new Error('What was just written is gone.')
  return row
}

function audit(
  tx: Tx,
  caller: Caller,
  endpoint: EndpointRow,
  action: string,
  details: object,
): Promise<void> {
  return recordAudit(tx, {
    organizationId: endpoint.organization_id,
    actorId: caller.userId,
    action,
    subject: { kind: 'webhook', id: endpoint.id },
    details: { ...details },
  })
}
