import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './test-database.ts'

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('databases made side by side have the schema and do not see each other', async () => {
  const databases = await Promise.all(Array.from({ length: 6 }, () => createTestDatabase()))
  const [first, second] = databases
  if (!first || !second) throw new Error('no databases')
  await query(first.url, 'create table only_here (id int)')
  expect(await query(first.url, "select to_regclass('only_here') is not null as there")).toEqual([
    { there: true },
  ])
  expect(await query(second.url, "select to_regclass('only_here') is not null as there")).toEqual([
    { there: false },
  ])
  await Promise.all(databases.map((database) => database.drop()))
})

test('a database can be dropped while a connection is open', async () => {
  const database = await createTestDatabase()
  const client = new Client({ connectionString: database.url })
  const broken = new Promise((resolve) => client.on('error', resolve))
  await client.connect()
  await database.drop()
  expect(await broken).toMatchObject({ code: '57P01' })
})
