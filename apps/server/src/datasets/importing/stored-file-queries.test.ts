import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestServer,
  type TestPerson,
  type TestServer,
} from '../../../../../tests/support/test-server.ts'
import { newId } from '../../platform/index.ts'
import { insertImport, saveImportChunk } from '../import-queries.ts'
import { storedFile } from './stored-file-queries.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

async function stored(pieces: Buffer[]): Promise<string> {
  const { id: projectId } = await team.client.createProject({
    body: { template: 'compare-responses', name: 'Pieces' },
  })
  const { organizationId } = team
  const id = newId()
  await server.deps.database.transaction({ organization: organizationId }, async (tx) => {
    await insertImport(tx, {
      ...{ id, organizationId, projectId, format: 'auto', fileName: null, map: null, annotations: 'gold' },
      ...{ startedBy: null, background: true, bytesAll: null },
    })
    for (const [n, bytes] of pieces.entries())
      await saveImportChunk(tx, { importId: id, organizationId, n, bytes })
  })
  return id
}
const read = (organizationId: string, id: string) =>
  Array.fromAsync(storedFile(server.deps.database, organizationId, id))

test('every byte comes back, piece by piece, and a file without pieces is empty', async () => {
  const pieces = [
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    randomBytes(1_200_000),
    Buffer.alloc(1),
  ]
  expect(
    (await read(team.organizationId, await stored(pieces))).map((piece) => piece.toString('hex')),
  ).toEqual(pieces.map((piece) => piece.toString('hex')))
  expect(await read(team.organizationId, await stored([]))).toEqual([])
})

test('another organization reads nothing, and what is no id is refused', async () => {
  const id = await stored([Buffer.from('secret')])
  expect(await read((await server.newTeam()).organizationId, id)).toEqual([])
  await expect(read(team.organizationId, "x' or true")).rejects.toThrow(TypeError)
})
