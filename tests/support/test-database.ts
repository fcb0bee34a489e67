import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { TEMPLATE_DATABASE } from './template-database.ts'

export type TestDatabase = {
  /** Connects as superuser. */
  url: string
  /** Removes the database, breaking connections off that are still open. */
  drop(): Promise<void>
}

/**
 * A database of its own with the migrated schema and no rows, for one test or one test file. Takes about 30 ms; tests
 * may run side by side. Databases that are not dropped go with the run's Postgres.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdministrator(`create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdministrator(`drop database if exists ${name} with (force)`) }
}

/** An empty database without the schema. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `empty_${randomBytes(8).toString('hex')}`
  await asAdministrator(`create database ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdministrator(`drop database if exists ${name} with (force)`) }
}

async function asAdministrator(statement: string) {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
