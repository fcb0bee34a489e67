import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { APPLICATION_ROLE } from './database.ts'

const folder = new URL('../../migrations/', import.meta.url)

/** Any number that no other program locks; two servers that start at once migrate one after the other. */
const MIGRATION_LOCK = 4_710_018

/** Names of the migration files, in order. */
export async function migrationFiles(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

/**
 * Brings a database up to date: role, job queue, then every numbered file that is not recorded yet, each in a transaction.
 * Running it again does nothing; running it from several processes at once is safe.
 * @param url connection string of the owner of the schema (not of the application's role)
 */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'groundwork-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureApplicationRole(client)
    const done = await appliedMigrations(client)
    const pending = (await migrationFiles()).filter((name) => !done.has(name))
    if (pending.length === 0) return
    await runMigrations({ connectionString: url })
    for (const name of pending) await apply(client, name)
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const text = await readFile(new URL(name, folder), 'utf8')
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into schema_migrations (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(
      `Migration ${name} failed and was rolled back: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    )
  }
}

async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  await client.query(
    'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations')
  return new Set(rows.map((row) => row.name))
}

/** The role is shared by all databases of a server, so another one may create it at the same moment. */
async function ensureApplicationRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION_ROLE])
  if (!rowCount) {
    await client.query(`create role ${APPLICATION_ROLE} nologin`).catch((error: { code?: string }) => {
      if (error.code !== '42710' && error.code !== '23505') throw error
    })
  }
  // Since PostgreSQL 16 whoever creates a role is a member of it who cannot act as it until granted so.
  const { rows } = await client.query<{ usable: boolean }>(
    `select case when current_setting('server_version_num')::int >= 160000
       then pg_has_role(current_user, $1, 'set') else pg_has_role(current_user, $1, 'member') end as usable`,
    [APPLICATION_ROLE],
  )
  if (!rows[0]?.usable) await client.query(`grant ${APPLICATION_ROLE} to current_user`)
}

/** What the health page says about migrations. */
export async function migrationState(query: (text: string) => Promise<{ name: string }[]>) {
  const [files, rows] = await Promise.all([
    migrationFiles(),
    query('select name from schema_migrations order by name'),
  ])
  const applied = new Set(rows.map((row) => row.name))
  return {
    applied: applied.size,
    pending: files.filter((name) => !applied.has(name)).length,
    latest: rows.at(-1)?.name ?? null,
  }
}
