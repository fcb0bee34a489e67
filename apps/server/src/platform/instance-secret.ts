import { type Database, sql } from './database.ts'
import { newSecret } from './ids.ts'

/**
 * The secret that signs sessions and encrypts second factors when GROUNDWORK_SECRET is not set: made once and kept in the database,
 * so that every process that shares the database shares it.
 */
export async function instanceSecret(database: Database): Promise<string> {
  await sql`insert into instance_facts (key, value) values ('secret', to_jsonb(${newSecret(48)}::text)) on conflict do nothing`.execute(
    database.db,
  )
  const { rows } = await sql<{
    value: string
  }>`select value #>> '{}' as value from instance_facts where key = 'secret'`.execute(database.db)
  if (!rows[0]) throw new Error('The secret of the instance is gone from the database (instance_facts).')
  return rows[0].value
}
