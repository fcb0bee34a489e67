import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.generated.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>
export { sql }

/**
 * Who a transaction acts for; row-level security lets it see nothing else.
 * - organization: the rows of one organization (members acting on their projects)
 * - person: the rows that belong to one trainer or member, whatever the organization
 * - both: a trainer at work inside a project's organization
 * - system: background jobs and the operator
 */
export type Scope = 'system' | { organization?: string; person?: string }

export type Database = {
  /** One transaction in one scope; rolls back when `work` throws. Serialization failures and deadlocks are tried again. */
  transaction: <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => Promise<T>
  /** The plain pool of the application's role, for streams (COPY, cursors) and for tables without tenants. */
  pool: pg.Pool
  /** Queries outside of any scope: only tables without row-level security answer. */
  db: Db
  close: () => Promise<void>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

// bigint comes as a JS bigint (money), int8 counts are cast to int in the queries that want numbers.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, (value) => BigInt(value))

/** The role without ownership under which every request and job runs. */
export const APPLICATION_ROLE = 'groundwork_app'

/** Opens the application's pool: every connection acts as the role that row-level security binds. */
export function openDatabase(url: string, poolSize: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types,
    options: `-c role=${APPLICATION_ROLE} -c timezone=UTC -c statement_timeout=120000 -c idle_in_transaction_session_timeout=60000`,
    application_name: 'groundwork',
  })
  // An idle connection that breaks (server restart) is dropped from the pool; the next query opens a new one.
  pool.on('error', () => {})
  // One that breaks while a transaction has it fails its statement; without a listener it would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    pool,
    db,
    close: async () => {
      await db.destroy()
      // Kysely leaves a pool open that it never used itself.
      if (!pool.ended) await pool.end()
    },
    transaction: (scope, work) => withRetries(() => inScope(db, scope, work)),
  }
}

async function inScope<T>(db: Db, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await enterScope(tx, scope)
    return work(tx)
  })
}

/** Sets or adds to the scope of a transaction that runs already. */
export async function enterScope(tx: Tx, scope: Scope): Promise<void> {
  const settings: [string, string][] = []
  if (scope === 'system') settings.push(['groundwork.scope', 'system'])
  else {
    if (scope.organization) settings.push(['groundwork.organization', uuid(scope.organization)])
    if (scope.person) settings.push(['groundwork.person', uuid(scope.person)])
  }
  const calls = settings.map(([name, value]) => sql`set_config(${name}, ${value}, true)`)
  await sql`select ${sql.join(calls)}`.execute(tx)
}

function uuid(value: string): string {
  if (!UUID.test(value)) throw new TypeError('A scope takes the id of an organization or a person.')
  return value
}

const RETRYABLE = new Set(['40001', '40P01'])

async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= 5 || !RETRYABLE.has(postgresCode(error) ?? '')) throw error
    }
  }
}

/** The SQLSTATE of a database error, or undefined for any other error. */
export function postgresCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
