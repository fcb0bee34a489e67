import { isAbsolute, normalize, sep } from 'node:path'
import { api, type Destination, type DestinationPlace, destinationPlace } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { requireMember } from '../../identity/index.ts'
import { AppError, type Deps, newId, notFound, recordAudit, route, seal } from '../../platform/index.ts'
import {
  type DestinationRow,
  deleteDestination,
  destinationById,
  destinationsOf,
  insertDestination,
} from './destination-queries.ts'

export function destinationRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.listDestinations, 'signed_in', async ({ caller, params }) => {
    await requireMember(deps, caller, params.id, 'viewer')
    const rows = await database.transaction({ organization: params.id }, (tx) =>
      destinationsOf(tx, params.id),
    )
    return { items: rows.map(present) }
  })

  route(app, api.createDestination, 'signed_in', async ({ caller, params, body }) => {
    await requireMember(deps, caller, params.id, 'manager')
    const { name, place, secret } = body
    checkPlace(deps, place, secret)
    return database.transaction({ organization: params.id }, async (tx) => {
      const id = newId()
      const row = await insertDestination(tx, {
        id,
        organizationId: params.id,
        name,
        place,
        secret: secret === undefined ? null : seal(deps.secret, id, secret),
        createdBy: caller.userId,
      })
      if (!row)
        throw new AppError(
          'conflict',
          `There is a destination "${name}" already. Give this one another name.`,
        )
      await recordAudit(tx, {
        organizationId: params.id,
        actorId: caller.userId,
        action: 'destination.added',
        subject: { kind: 'organization', id: params.id },
        details: { destinationId: id, name, place },
      })
      return present(row)
    })
  })

  route(app, api.removeDestination, 'signed_in', async ({ caller, params }) => {
    const row = await database.transaction('system', (tx) => destinationById(tx, params.id))
    if (!row) throw notFound('destination')
    await requireMember(deps, caller, row.organization_id, 'manager').catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found' ? notFound('destination') : error
    })
    await database.transaction({ organization: row.organization_id }, async (tx) => {
      await deleteDestination(tx, row.id)
      await recordAudit(tx, {
        organizationId: row.organization_id,
        actorId: caller.userId,
        action: 'destination.removed',
        subject: { kind: 'organization', id: row.organization_id },
        details: { destinationId: row.id, name: row.name },
      })
    })
    return { ok: true as const }
  })
}

/** @throws AppError invalid_input for a place that exports could never reach */
function checkPlace({ exportPlaces }: Deps, place: DestinationPlace, secret: string | undefined): void {
  const refuse = (path: string, code: string, message: string) => {
    throw new AppError('invalid_input', message, { issues: [{ path, code, message }] })
  }
  if (place.kind === 'folder') {
    if (!exportPlaces.folder)
      refuse(
        'place.kind',
        'not_allowed',
        'This server allows no folder for exports; its operator sets GROUNDWORK_EXPORT_FOLDER.',
      )
    const path = normalize(place.path)
    if (isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`))
      refuse('place.path', 'outside', 'Give a path below the folder for exports, such as team/preferences.')
    if (secret !== undefined) refuse('secret', 'not_needed', 'A folder needs no secret; leave it out.')
  } else if (secret === undefined) {
    refuse(
      'secret',
      'required',
      place.kind === 's3' ? 'Give the secret access key.' : 'Give a token that may write.',
    )
  }
}

const present = (row: DestinationRow): Destination => ({
  id: row.id,
  name: row.name,
  place: destinationPlace.parse(row.place),
  hasSecret: row.secret !== null,
  createdAt: row.created_at.toISOString(),
})
