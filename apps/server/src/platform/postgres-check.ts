import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { APPLICATION_ROLE, postgresCode } from './database.ts'

const OLDEST_MAJOR = 15
const STARTING_UP = '57P03'
const WAIT_FOR_START_MS = 30_000

/**
 * Why the database of DATABASE_URL cannot be used. The message says what is wrong and how to mend it, never shows the
 * password, and is meant to be printed as it is.
 */
export class DatabaseCheckError extends Error {
  readonly code:
    | 'invalid_url'
    | 'unreachable'
    | 'refused'
    | 'wrong_password'
    | 'no_database'
    | 'too_old'
    | 'read_only'
    | 'no_rights'

  constructor(code: DatabaseCheckError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseCheckError'
    this.code = code
  }
}

/**
 * Makes sure that Groundwork can live in an external database before anything is done to it: it answers, is new
 * enough, takes writes, and the account may create tables and act as the application's role.
 *
 * @throws DatabaseCheckError
 */
export async function checkExternalDatabase(url: string): Promise<void> {
  const target = parse(url)
  const client = await connect(url, target)
  try {
    await checkVersion(client, target)
    await checkRights(client, target)
  } finally {
    await client.end()
  }
}

/** What may be shown of the URL. */
type Target = { shown: string; place: string; user: string; database: string }

function parse(text: string): Target {
  const expected =
    'DATABASE_URL must look like postgres://user:password@host:5432/database ' +
    '(with % signs and the like in the password percent-encoded)'
  if (!URL.canParse(text)) throw new DatabaseCheckError('invalid_url', `${expected}; this is no URL at all.`)
  const url = new URL(text)
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new DatabaseCheckError('invalid_url', `${expected}; this one begins with "${url.protocol}//".`)
  }
  const database = decodeURIComponent(url.pathname.slice(1))
  if (database === '') throw new DatabaseCheckError('invalid_url', `${expected}; this one names no database.`)
  const place = `${url.searchParams.get('host') ?? url.hostname}:${url.port || 5432}`
  const user = decodeURIComponent(url.username)
  return { shown: `${user}@${place}/${database}`, place, user, database }
}

async function connect(url: string, target: Target): Promise<pg.Client> {
  const deadline = Date.now() + WAIT_FOR_START_MS
  while (true) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    // A connection that breaks while it is idle would otherwise end the process.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      if (postgresCode(error) !== STARTING_UP || Date.now() > deadline) throw connectionError(error, target)
      await delay(250)
    }
  }
}

function connectionError(error: unknown, { shown, place, user, database }: Target): DatabaseCheckError {
  const said = error instanceof Error ? error.message || String(postgresCode(error)) : String(error)
  const failure = (code: DatabaseCheckError['code'], message: string) =>
    new DatabaseCheckError(code, message, { cause: error })
  switch (postgresCode(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure('unreachable', `The host of DATABASE_URL (${place}) has no address. Check its name.`)
    case 'ECONNREFUSED':
      return failure(
        'unreachable',
        `Nothing answers at ${place}. Is PostgreSQL running there, is the port right, does it listen on that address?`,
      )
    case '28P01':
      return failure(
        'wrong_password',
        `PostgreSQL at ${place} refuses the password of "${user}" (DATABASE_URL).`,
      )
    case '28000':
      return failure(
        'refused',
        `PostgreSQL at ${place} does not let "${user}" in: ${said}. ` +
          'Check the account and pg_hba.conf; if it asks for encryption, add ?sslmode=require to DATABASE_URL.',
      )
    case '3D000':
      return failure(
        'no_database',
        `PostgreSQL at ${place} has no database "${database}". Create it: ` +
          `create database ${quoted(database)} owner ${quoted(user)};`,
      )
    default:
      return failure('unreachable', `No connection to the database of DATABASE_URL (${shown}): ${said}.`)
  }
}

async function checkVersion(client: pg.Client, { place }: Target) {
  const version = await one<{ server_version: string }>(client, 'show server_version')
  const major = Number.parseInt(version.server_version, 10)
  if (major >= OLDEST_MAJOR) return
  throw new DatabaseCheckError(
    'too_old',
    `PostgreSQL at ${place} is version ${version.server_version}; Groundwork needs ${OLDEST_MAJOR} or newer. ` +
      'Upgrade it, or leave DATABASE_URL empty to use the built-in PostgreSQL.',
  )
}

type Rights = {
  read_only: boolean
  database_create: boolean
  schema_create: boolean
  role_exists: boolean
  may_create_roles: boolean
  may_set_role: boolean
  may_grant_role: boolean
}

async function checkRights(client: pg.Client, target: Target) {
  const { server_version_num } = await one<{ server_version_num: string }>(client, 'show server_version_num')
  // Since 16 a member may be one that cannot act as the role, and creating roles gives no power over those of others.
  const is16 = Number(server_version_num) >= 160_000
  const rights = await one<Rights>(
    client,
    `select
       pg_is_in_recovery() or current_setting('transaction_read_only')::bool as read_only,
       has_database_privilege(current_database(), 'create') as database_create,
       has_schema_privilege('public', 'create') as schema_create,
       exists (select from pg_roles where rolname = $1) as role_exists,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create_roles,
       coalesce((select pg_has_role(oid, $2) from pg_roles where rolname = $1), false) as may_set_role,
       coalesce((select pg_has_role(oid, 'member with admin option') from pg_roles where rolname = $1), false)
         or (select not $3 and rolcreaterole from pg_roles where rolname = current_user) as may_grant_role`,
    [APPLICATION_ROLE, is16 ? 'set' : 'member', is16],
  )
  if (rights.read_only) {
    throw new DatabaseCheckError(
      'read_only',
      `The database of DATABASE_URL (${target.shown}) takes no writes. Point it at the primary server, not at a replica.`,
    )
  }
  const missing = missingRights(rights, target)
  if (missing.length === 0) return
  throw new DatabaseCheckError(
    'no_rights',
    `"${target.user}" may not set Groundwork up in the database of DATABASE_URL (${target.shown}). ` +
      `An administrator has to run there:\n${missing.map((line) => `  ${line}`).join('\n')}`,
  )
}

/** The statements that give what is missing. */
function missingRights(rights: Rights, { user, database }: Target): string[] {
  const statements: string[] = []
  if (!rights.database_create)
    statements.push(`grant create on database ${quoted(database)} to ${quoted(user)};`)
  if (!rights.schema_create) statements.push(`grant usage, create on schema public to ${quoted(user)};`)
  if (!rights.role_exists && !rights.may_create_roles)
    statements.push(`create role ${APPLICATION_ROLE} nologin;`)
  if (!rights.may_set_role && !rights.may_create_roles) {
    statements.push(`grant ${APPLICATION_ROLE} to ${quoted(user)};`)
  }
  return statements
}

async function one<Row extends pg.QueryResultRow>(
  client: pg.Client,
  text: string,
  values?: unknown[],
): Promise<Row> {
  const { rows } = await client.query<Row>(text, values)
  const [row] = rows
  if (!row) throw new Error(`PostgreSQL gave no row to: ${text}`)
  return row
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
