import pg from 'pg'
import type { TestServer } from '../../support/test-server.ts'

/** Changes rows as the owner of the database, where a test needs a time or a chance to come out in a certain way. */
export async function changeRows(server: TestServer, sql: string, values: unknown[]): Promise<number> {
  const client = new pg.Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    return (await client.query(sql, values)).rowCount ?? 0
  } finally {
    await client.end()
  }
}
