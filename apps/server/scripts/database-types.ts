import { Kysely, PostgresDialect } from 'kysely'
import { PostgresDialect as CodegenDialect, generate } from 'kysely-codegen'
import pg from 'pg'

/** The table types of a migrated database as TypeScript source; the committed file must equal it. */
export async function databaseTypes(url: string): Promise<string> {
  const db = new Kysely({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  })
  try {
    return await generate({
      // The generator carries a Kysely of its own; the two differ only in a private field.
      db: db as never,
      dialect: new CodegenDialect(),
      defaultSchemas: ['public'],
      includePattern: 'public.*',
      typeMapping: { int8: 'bigint' },
      outFile: null,
    })
  } finally {
    await db.destroy()
  }
}
