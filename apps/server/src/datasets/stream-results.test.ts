import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'
import type { Deps } from '../platform/index.ts'
import { projectHeader } from '../projects/index.ts'
import { addTasks } from '../tasks/index.ts'
import { taskOf } from '../tasks/testing/workplace.ts'
import { streamResults } from './stream-results.ts'

let server: TestServer
beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

test('a database that goes away while somebody reads slowly ends the download and nothing else', async () => {
  const team = await server.newTeam()
  const { id } = await team.client.createProject({ body: { template: 'compare-responses', name: 'Slow' } })
  const scope = { organization: team.organizationId }
  const { database } = server.deps
  const project = await database.transaction(scope, async (tx) => {
    const header = await projectHeader(tx, id)
    if (!header) throw new Error('no such project')
    const tasks = Array.from({ length: 1_001 }, (_, index) => taskOf(index + 1))
    await addTasks(
      tx,
      header,
      tasks.map((task) => ({ task, gold: null, dedupeKey: task.externalId })),
    )
    return header
  })
  let reads = 0
  const going: Deps = {
    ...server.deps,
    database: {
      ...database,
      transaction: (...given) =>
        ++reads > 1 ? Promise.reject(new Error('away')) : database.transaction(...given),
    },
  }
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  try {
    const lines = streamResults(going, project)
    expect((await lines.next()).value?.split('\n')).toHaveLength(1_001)
    await new Promise(setImmediate)
    expect(unhandled).not.toHaveBeenCalled()
    await expect(lines.next()).rejects.toThrow('away')
  } finally {
    process.off('unhandledRejection', unhandled)
  }
})
