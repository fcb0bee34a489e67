import { type ApiKey, api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { AppError, type Caller, type Deps, notFound, route } from '../platform/index.ts'
import {
  type ApiKeyRow,
  apiKeysOf,
  countUsableKeys,
  issueApiKey,
  organizationOfKeyProject,
  revokeApiKey,
} from './api-key-queries.ts'
import { requireMember } from './organization-access.ts'
import { requireWholeAccount } from './require-whole-account.ts'

const MOST_KEYS = 50

export function apiKeyRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.listApiKeys, 'signed_in', async ({ caller }) => {
    requireWholeAccount(caller)
    const rows = await database.transaction({ person: caller.userId }, (tx) => apiKeysOf(tx, caller.userId))
    return { items: rows.map(presentApiKey) }
  })

  route(app, api.createApiKey, 'signed_in', async ({ caller, body }) => {
    // A key that could make keys would outlive its own expiry and revocation.
    if (caller.via === 'api_key')
      throw new AppError('key_scope', 'Sign in to create API keys; a key cannot create another.')
    const limit = await limitOf(deps, caller, body)
    return database.transaction({ person: caller.userId }, async (tx) => {
      if ((await countUsableKeys(tx, caller.userId)) >= MOST_KEYS)
        throw new AppError('conflict', `You have ${MOST_KEYS} keys that can be used. Revoke one first.`)
      const { secret, row } = await issueApiKey(tx, caller.userId, { ...body, ...limit })
      return { key: presentApiKey(row), secret }
    })
  })

  route(app, api.revokeApiKey, 'signed_in', async ({ caller, params }) => {
    requireWholeAccount(caller)
    const done = await database.transaction({ person: caller.userId }, (tx) =>
      revokeApiKey(tx, caller.userId, params.id),
    )
    if (!done) throw notFound('API key')
    return { ok: true as const }
  })
}

/**
 * To what a new key is limited; a project brings its organization along.
 * @throws AppError `not_found` for what is not the caller's to see
 */
async function limitOf(
  deps: Deps,
  caller: Caller,
  wanted: { organizationId?: string | undefined; projectId?: string | undefined },
): Promise<{ organizationId?: string | undefined; projectId?: string | undefined }> {
  const { projectId } = wanted
  if (!projectId) {
    if (wanted.organizationId) await requireMember(deps, caller, wanted.organizationId, 'viewer')
    return { organizationId: wanted.organizationId }
  }
  const organizationId = await deps.database.transaction('system', (tx) =>
    organizationOfKeyProject(tx, projectId),
  )
  if (!organizationId || (wanted.organizationId && wanted.organizationId !== organizationId))
    throw notFound('project')
  await requireMember(deps, caller, organizationId, 'viewer').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('project') : error
  })
  return { organizationId, projectId }
}

const presentApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scope: row.scope as ApiKey['scope'],
  organizationId: row.organization_id,
  projectId: row.project_id,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
})
