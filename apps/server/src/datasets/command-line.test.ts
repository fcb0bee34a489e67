import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExportJob, ExportPreview, Imported } from '@groundwork/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imageLine, png } from '../../../../tests/support/images.ts'
import { judgeOne, PAIR_MAP, pairLines } from '../../../../tests/support/live-project.ts'
import { runCli, runCliJson } from '../../../../tests/support/run-cli.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let folder: string
beforeAll(async () => {
  server = await createTestServer({ jobs: true })
  team = await server.newTeam()
  folder = await mkdtemp(join(tmpdir(), 'groundwork-cli-'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test('from a file to a Parquet set by the command line', async () => {
  const as = { url: server.url, apiKey: team.apiKey }
  const { id } = await team.client.createProject({
    body: { template: 'compare-responses', name: 'Line', overlap: 1 },
  })
  const file = join(folder, 'pairs.jsonl')
  await writeFile(file, pairLines(3))
  const imported = await runCliJson<Imported>(['import', id, file, '--map', PAIR_MAP, '--background'], as)
  expect(imported).toMatchObject({ created: 3, state: 'done' })
  await team.client.fundProject({ params: { id }, body: { amount: { amount: '50.00', currency: 'USD' } } })
  await team.client.launchProject({ params: { id } })
  await judgeOne(await server.newTrainer(), id)

  const seen = await runCliJson<ExportPreview>(['export', id, '--format', 'openai-dpo', '--preview'], as)
  expect(seen).toMatchObject({ tasks: { all: 3 } })
  const out = join(folder, 'out')
  const options = ['--option', 'rule=every_judgment', '--option', 'provenance=true']
  const job = await runCliJson<ExportJob>(
    ['export', id, '--format', 'trl-preference', '--as', 'parquet', '--out', out, ...options],
    as,
  )
  expect(job).toMatchObject({ rows: 1, as: 'parquet' })
  expect((await readdir(out)).sort()).toEqual(job.files.map(({ name }) => name).sort())
  expect(await readFile(join(out, 'train-00000-of-00001.parquet'), 'latin1')).toMatch(/^PAR1/)

  const wrong = await runCli(['export', id, '--format', 'raw', '--out', out, '--option', 'colour=red'], as)
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/no option "colour"/) })
  const nowhere = await runCli(['export', id, '--format', 'raw', '--to', 'Nowhere'], as)
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/no destination "Nowhere"/) })
})

test('images come along into a folder of their own', async () => {
  const as = { url: server.url, apiKey: team.apiKey }
  const { id } = await team.client.createProject({
    body: { template: 'compare-responses', name: 'Pictures' },
  })
  const params = { id }
  const { id: asset } = await team.client.uploadMedia({ params, body: new Uint8Array(await png(1)) })
  await team.client.importTasks({ params, query: { format: 'raw' }, body: imageLine('one', asset) })
  const out = join(folder, 'pictures')
  const { code, stdout } = await runCli(['export', id, '--format', 'raw', '--out', out], as)
  expect(code).toBe(0)
  expect(stdout).toMatch(/with 1 image, 0\.0 MB, in images\//)
  const [name = ''] = await readdir(join(out, 'images'))
  const sha256 = createHash('sha256')
    .update(await readFile(join(out, 'images', name)))
    .digest('hex')
  expect(name).toBe(`${sha256}.png`)
})
