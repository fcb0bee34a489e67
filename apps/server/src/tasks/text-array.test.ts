import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'
import { sql } from '../platform/index.ts'
import { textArray } from './text-array.ts'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

/** The arrays as Postgres has read them. */
async function read(...arrays: (string | Uint8Array | null)[][]): Promise<unknown[]> {
  const [one, other] = arrays.map(textArray)
  const { rows } = await sql<{ one: unknown; other: unknown }>`
    select to_jsonb(${one}::text[]) as one, to_jsonb(${other ?? null}::text[]) as other`.execute(
    server.deps.database.db,
  )
  return [rows[0]?.one, ...(other ? [rows[0]?.other] : [])]
}

test('Postgres reads what was written', async () => {
  const texts = ['', 'plain', '{"a":"b, \\" {}"}', 'NULL', null, 'ä 😀 \u2028', 'x'.repeat(100_000)]
  expect(await read(texts)).toEqual([texts])
  expect(await read([])).toEqual([[]])
  expect(await read([null])).toEqual([[null]])
  expect(await read([Buffer.from('{"a":"ä"}'), 'b'])).toEqual([['{"a":"ä"}', 'b']])
})

test('arrays of one statement do not get into each other, small and beyond what is kept', async () => {
  const large = [`a${'ä'.repeat(3_000_000)}`, 'end']
  expect(await read(['one', null], ['two'])).toEqual([['one', null], ['two']])
  expect(await read(large, ['two'])).toEqual([large, ['two']])
  expect(await read(['one'], large)).toEqual([['one'], large])
})

test('several statements at once each send their own', async () => {
  const all = Array.from({ length: 20 }, (_, index) => Array.from({ length: 50 }, (_, n) => `${index}-${n}`))
  expect(await Promise.all(all.map((texts) => read(texts)))).toEqual(all.map((texts) => [texts]))
})
