import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@groundwork/client'
import { templates } from '@groundwork/templates'
import { expect, onTestFinished, test } from 'vitest'
import { createTestServer } from '../../../../tests/support/test-server.ts'
import { readConfig } from '../platform/config.ts'
import { demoState, saveDemoState } from './demo-state-queries.ts'
import { prepareDemo } from './prepare-demo.ts'
import { seedSamples } from './seed-samples.ts'

test('a live project for every template, judged a little, once', async () => {
  const server = await createTestServer()
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-samples-'))
  onTestFinished(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })
  const demo = await prepareDemo(server.deps, readConfig({ GROUNDWORK_DATA: folder, GROUNDWORK_DEMO: '1' }))
  if (!demo) throw new Error('there is no demo')
  const seed = () => seedSamples(server.deps, server.url, server.ownerUrl, demo)
  const owner = demo.people.at(-1)
  const client = createClient({ baseUrl: server.url, apiKey: owner?.apiKey ?? '' })

  // The projects of the demo come first.
  await seed()
  expect((await client.listProjects({})).items).toEqual([])
  await saveDemoState(server.deps.database.db, 'samples')
  await seed()
  const { items } = await client.listProjects({})
  const wanted = [...templates.values()].filter(({ tasks }) => tasks.length > 0)
  expect(items.map(({ template }) => template).sort()).toEqual(wanted.map(({ id }) => id).sort())
  for (const project of items) {
    expect(project, project.template).toMatchObject({
      state: 'live',
      tasks: templates.get(project.template)?.tasks.length,
    })
    expect(project.judgments, project.template).toBe(12)
    expect(Date.now() - Date.parse(project.createdAt)).toBeGreaterThan(5 * 24 * 3_600_000)
  }
  expect(await demoState(server.deps.database)).toBe('done')

  // As if it had been interrupted at the very end.
  await saveDemoState(server.deps.database.db, 'samples')
  await seed()
  expect((await client.listProjects({})).items.map(({ judgments }) => judgments)).toEqual(
    items.map(({ judgments }) => judgments),
  )
}, 120_000)
