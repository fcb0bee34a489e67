import type { Caller, Database } from '../platform/index.ts'

type Person = { user_id: string; name: string; email: string; operator: boolean; trainer: boolean }
type KeyRow = Person & {
  key_id: string
  scope: 'read' | 'write'
  organization_id: string | null
  project_id: string | null
  last_use_is_old: boolean
}

/**
 * The caller behind an API key, by the hash of its secret; null when it is unknown, expired or revoked. Named, so that Postgres
 * plans it once for a connection: every call of a trainer's tools passes here.
 */
export async function callerByKey(database: Database, secretHash: Buffer): Promise<Caller | null> {
  const { rows } = await database.pool.query<KeyRow>({
    name: 'caller-by-key',
    text: `select k.id as key_id, k.scope, k.organization_id, k.project_id, u.id as user_id, u.name, u.email, u.operator,
        t.user_id is not null as trainer,
        (k.last_used_at is null or k.last_used_at < now() - interval '1 minute') as last_use_is_old
      from api_keys k join users u on u.id = k.user_id left join trainer_profiles t on t.user_id = k.user_id
      where k.secret_hash = $1 and k.revoked_at is null and k.expires_at > now()`,
    values: [secretHash],
  })
  const row = rows[0]
  if (!row) return null
  if (row.last_use_is_old) await recordKeyUse(database, row.key_id)
  // A key for one organization is neither an operator's nor a trainer's: both reach beyond it.
  const limited = row.organization_id !== null
  return {
    userId: row.user_id,
    name: row.name,
    email: row.email,
    operator: row.operator && !limited,
    trainer: row.trainer && !limited,
    via: 'api_key',
    scope: row.scope,
    organizationId: row.organization_id,
    projectId: row.project_id,
  }
}

async function recordKeyUse(database: Database, keyId: string): Promise<void> {
  await database.pool.query(
    `update api_keys set last_used_at = now()
     where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [keyId],
  )
}

/** The caller behind a session, by its token; null when it is unknown or over. */
export async function callerBySession(database: Database, token: string): Promise<Caller | null> {
  const { rows } = await database.pool.query<Person>({
    name: 'caller-by-session',
    text: `select u.id as user_id, u.name, u.email, u.operator, t.user_id is not null as trainer
      from auth_sessions s join users u on u.id = s.user_id left join trainer_profiles t on t.user_id = s.user_id
      where s.token = $1 and s.expires_at > now()`,
    values: [token],
  })
  const row = rows[0]
  if (!row) return null
  return {
    userId: row.user_id,
    name: row.name,
    email: row.email,
    operator: row.operator,
    trainer: row.trainer,
    via: 'session',
    scope: 'write',
    organizationId: null,
    projectId: null,
  }
}
