import {
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  sql,
  type Transaction,
} from 'kysely'
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
  /**
   * One transaction in one scope; rolls back when `work` throws. Serialization failures and deadlocks are tried again.
   * @param first SQL of a *-queries.ts file that is sent along with the begin, to save a round trip where many people wait
   */
  transaction: <T>(scope: Scope, work: (tx: Tx) => Promise<T>, first?: string) => Promise<T>
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
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  return {
    pool,
    db,
    close: async () => {
      await db.destroy()
      // Kysely leaves a pool open that it never used itself.
      if (!pool.ended) await pool.end()
    },
    transaction: (scope, work, first = '') => withRetries(() => inScope(db, scope, work, first)),
  }
}

/** Begin and scope go to the database in one round trip. */
async function inScope<T>(db: Db, scope: Scope, work: (tx: Tx) => Promise<T>, first: string): Promise<T> {
  const opening = `begin; ${scopeStatement(scope)}; ${first}`
  return db.connection().execute(async (connection) => {
    const tx = connection as Tx
    try {
      await sql.raw(opening).execute(tx)
      const result = await work(tx)
      await sql`commit`.execute(tx)
      return result
    } catch (error) {
      // On a broken connection there is nothing to roll back, and the first error is the one to tell.
      await sql`rollback`.execute(tx).catch(() => {})
      throw error
    }
  })
}

/** Sets or adds to the scope of a transaction that runs already. */
export async function enterScope(tx: Tx, scope: Scope): Promise<void> {
  await sql.raw(scopeStatement(scope)).execute(tx)
}

function scopeStatement(scope: Scope): string {
  const settings: string[] = []
  if (scope === 'system') settings.push(`set_config('groundwork.scope', 'system', true)`)
  else {
    const { organization, person } = scope
    if (organization) settings.push(`set_config('groundwork.organization', '${uuid(organization)}', true)`)
    if (person) settings.push(`set_config('groundwork.person', '${uuid(person)}', true)`)
  }
  return settings.length > 0 ? `select ${settings.join(', ')}` : ''
}

function uuid(value: string): string {
  if (!UUID.test(value)) throw new TypeError('A scope takes the id of an organization or a person.')
  return value
}

/** Statements that begin with this comment are prepared: planned once for a connection and not at every call. */
export const PREPARED = '/* prepared */'
const MOST_PREPARED = 100
const preparedNames = new Map<string, string>()

function preparedName(text: string): string | undefined {
  if (!text.startsWith(PREPARED)) return undefined
  let name = preparedNames.get(text)
  // Few texts are meant for this; if one of them is built anew for every call, it is not worth a plan.
  if (!name && preparedNames.size < MOST_PREPARED) {
    name = `groundwork-${preparedNames.size}`
    preparedNames.set(text, name)
  }
  return name
}

/** The pool as Kysely uses it, with names for the statements to be prepared. */
function preparing(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const query = (text: string, values: unknown[]) => {
      const name = preparedName(text)
      return client.query(name ? { name, text, values } : { text, values })
    }
    // Kysely could also ask for cursors, which it is not set up for here.
    return { query, release: () => client.release() } as unknown as PostgresPoolClient
  }
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      const wrapped = known.get(client) ?? wrap(client)
      known.set(client, wrapped)
      return wrapped
    },
  }
}

/** Serialization failure, deadlock, and money that another claim took between looking for it and committing. */
const RETRYABLE = new Set(['40001', '40P01', 'GW007'])

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
