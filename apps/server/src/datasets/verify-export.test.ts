import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Form, textMessage } from '@groundwork/contract'
import { type Verified, verifyFolder } from '@groundwork/formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imageLine, png } from '../../../../tests/support/images.ts'
import { exportOf, judgeAll, projectWith } from '../../../../tests/support/judged-project.ts'
import { runCli, runCliJson } from '../../../../tests/support/run-cli.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let root: string
let compared: string
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  root = await mkdtemp(join(tmpdir(), 'groundwork-verify-test-'))
  const form: Form = {
    blocks: [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }],
    questions: [
      { id: 'preference', type: 'preference', label: 'Better', required: true, ties: ['tie'] },
    ] as unknown as Form['questions'],
  }
  const tasks = ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => ({
    externalId: name,
    context: [textMessage('user', `Question ${name} 😀 \u2028 e\u0301`)],
    candidates: ['a', 'b'].map((id) => ({ id, messages: [textMessage('assistant', `${id} ${name}`)] })),
    metadata: { nothing: null, whole: 1, tiny: 0.0000012, tinier: 1.5e-9, huge: 1e22, '\ue000': 1, '😀': 2 },
  }))
  compared = await projectWith(team, form, tasks)
  for (const strength of [-1, -3]) {
    const answer = { preference: { outcome: 'a' as const, strength } }
    await judgeAll(await server.newTrainer(), compared, () => answer)
  }
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

/** An export with a margin that is a whole number in some rows, in a folder as a user has it. */
async function folderOf(format: string, as: string, testShare = 0.3): Promise<string> {
  const { job } = await exportOf(server, team, compared, {
    format: format as 'raw',
    as: as as 'jsonl',
    options: {
      ...{ provenance: true, disagreement: true, testShare, seed: 2 },
      ...{ margin: 'strength', strengthMap: { '1': 0.5, '2': 1, '3': 2.5 } },
    },
  })
  const folder = await mkdtemp(join(root, `${format}-${as}-`))
  for (const { name } of job.files) {
    const file = await team.client.getExportFile({ params: { id: job.id, name } })
    await writeFile(join(folder, name), Buffer.from(await file.arrayBuffer()))
  }
  return folder
}

test.each([
  ['trl-preference', 'jsonl', 'rows'],
  ['trl-preference', 'json', 'rows'],
  ['trl-preference', 'parquet', 'rows'],
  ['trl-preference', 'csv', 'links'],
  ['openai-dpo', 'jsonl', 'rows'],
  ['openai-dpo', 'parquet', 'rows'],
  ['llama-factory', 'parquet', 'rows'],
  ['raw', 'jsonl', 'rows'],
  ['raw', 'parquet', 'rows'],
] as const)('%s as %s is what it claims to be', async (format, as, checked) => {
  const found = await verifyFolder(await folderOf(format, as), (await team.client.getExportKey()).publicKey)
  expect(found.problems).toEqual([])
  expect(found).toMatchObject({ checked, chains: { train: expect.any(Number), test: expect.any(Number) } })
})

test('what somebody changed is named; a key of somebody else, too', async () => {
  const as = { url: server.url, apiKey: team.apiKey }
  const folder = await folderOf('trl-preference', 'jsonl')
  expect(await runCliJson<Verified>(['verify', folder, '--instance'], as)).toMatchObject({ problems: [] })
  const path = join(folder, 'train.jsonl')
  await writeFile(path, (await readFile(path, 'utf8')).replace('Question', 'question'))
  const { code, stdout } = await runCli(['verify', folder], as)
  expect(code).toBe(1)
  expect(stdout).toMatch(/train\.jsonl is not what the manifest lists\.\n {2}Row 1 of train is not the one/)
  const { problems } = await verifyFolder(folder, 'a key')
  expect(problems).toContain('The export is signed with another key than the one given.')
})

const python = spawnSync('python3', ['-c', 'import cryptography'])
test.skipIf(python.status !== 0)('the guide’s recipe in Python comes to the same', async () => {
  const guide = await readFile(new URL('../../../../docs/guides/exporting.md', import.meta.url), 'utf8')
  const recipe = join(root, 'recipe.py')
  await writeFile(recipe, /```python\n(import base64[\s\S]*?)```/.exec(guide)?.[1] ?? 'raise SystemExit(1)')
  for (const format of ['trl-preference', 'raw']) {
    const folder = await folderOf(format, 'jsonl')
    const run = () => spawnSync('python3', [recipe, folder], { encoding: 'utf8' })
    expect(run()).toMatchObject({ stdout: 'whole\n', stderr: '' })
    await writeFile(join(folder, 'train.jsonl'), '')
    expect(run().status).toBe(1)
  }
})

test('images in the rows of a Parquet file are part of the chain', async () => {
  const project = await team.client.createProject({
    body: { template: 'compare-responses', name: 'Shown', overlap: 1 },
  })
  const params = { id: project.id }
  const { id: asset } = await team.client.uploadMedia({ params, body: new Uint8Array(await png(1)) })
  await team.client.importTasks({ params, query: { format: 'raw' }, body: imageLine('one', asset) })
  await team.client.fundProject({ params, body: { amount: { amount: '10.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  await judgeAll(await server.newTrainer(), project.id, () => ({
    preference: { outcome: 'a', strength: -1 },
  }))
  const before = compared
  compared = project.id
  const folder = await folderOf('trl-preference', 'parquet', 0).finally(() => {
    compared = before
  })
  expect(await verifyFolder(folder)).toMatchObject({ problems: [], chains: { train: 1 } })
})
