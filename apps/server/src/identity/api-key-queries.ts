import { hashSecret, newId, newSecret, recordAudit, sql, type Tx } from '../platform/index.ts'

export type ApiKeyRow = {
  id: string
  name: string
  prefix: string
  scope: string
  organization_id: string | null
  project_id: string | null
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

const columns = [
  'id',
  'name',
  'prefix',
  'scope',
  'organization_id',
  'project_id',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const

/**
 * Makes an API key `gw_<prefix>_<secret>`. The secret is returned this once; what is stored is its hash, and the prefix, by
 * which people tell their keys apart.
 */
export async function issueApiKey(
  tx: Tx,
  userId: string,
  input: {
    name: string
    scope: 'read' | 'write'
    organizationId?: string | undefined
    /** Limits the key to a project of that organization. */
    projectId?: string | undefined
    expiresInDays: number
  },
): Promise<{ secret: string; row: ApiKeyRow }> {
  const prefix = `gw_${newId().replaceAll('-', '').slice(-8)}`
  const secret = `${prefix}_${newSecret()}`
  const row = await tx
    .insertInto('api_keys')
    .values({
      id: newId(),
      user_id: userId,
      organization_id: input.organizationId ?? null,
      project_id: input.projectId ?? null,
      name: input.name,
      prefix,
      secret_hash: hashSecret(secret),
      scope: input.scope,
      expires_at: sql<Date>`now() + make_interval(days => ${input.expiresInDays}::int)`,
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  await recordAudit(tx, {
    organizationId: row.organization_id,
    actorId: userId,
    action: 'api_key.created',
    subject: { kind: 'api_key', id: row.id },
    details: {
      name: row.name,
      prefix,
      scope: row.scope,
      ...(row.project_id && { projectId: row.project_id }),
    },
  })
  return { secret, row }
}

/** Keys of a person, newest first. */
export async function apiKeysOf(tx: Tx, userId: string): Promise<ApiKeyRow[]> {
  return tx
    .selectFrom('api_keys')
    .select(columns)
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** How many keys of a person can still be used. */
export async function countUsableKeys(tx: Tx, userId: string): Promise<number> {
  const row = await tx
    .selectFrom('api_keys')
    .select(sql<number>`count(*)::int`.as('keys'))
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirstOrThrow()
  return row.keys
}

/** Revokes a key of the person; false when there is none. A key that is revoked already stays as it was. */
export async function revokeApiKey(tx: Tx, userId: string, keyId: string): Promise<boolean> {
  const key = await tx
    .selectFrom('api_keys')
    .select(['id', 'organization_id', 'revoked_at'])
    .where('id', '=', keyId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!key) return false
  if (key.revoked_at) return true
  await tx.updateTable('api_keys').set({ revoked_at: sql`now()` }).where('id', '=', keyId).execute()
  await recordAudit(tx, {
    organizationId: key.organization_id,
    actorId: userId,
    action: 'api_key.revoked',
    subject: { kind: 'api_key', id: keyId },
  })
  return true
}

/** The organization of a project to which a key is to be limited. Needs the system scope. */
export async function organizationOfKeyProject(tx: Tx, projectId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('projects')
    .select('organization_id')
    .where('id', '=', projectId)
    .executeTakeFirst()
  return row?.organization_id
}
