import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExportJob, Imported, Project } from '@groundwork/contract'
import type { ResultCheck, SimulationReport } from '@groundwork/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli, runCliJson } from '../support/run-cli.ts'
import { createTestServer, type TestServer } from '../support/test-server.ts'

const pairs = fileURLToPath(new URL('../../../shared/data/pairs/', import.meta.url))
const present = existsSync(pairs)
if (!present) console.info(`Real pairs are not here (${pairs}); the tests with them are skipped.`)

type Simulated = SimulationReport & {
  check: ResultCheck
  ledger: { sums: Record<string, string> }
  costPerDecidedPair: { amount: string; currency: string }
}

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await createTestServer({ jobs: true })
  folder = await mkdtemp(join(tmpdir(), 'groundwork-loop-'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** A project from a file to a training set, every step by the command line. */
async function wholeLoop(name: string, file: string, importFlags: string[], tasks: number) {
  const team = await server.newTeam('owner')
  const shell = { url: server.url, apiKey: team.apiKey }
  const project = await runCliJson<Project>(
    [
      'project',
      'create',
      '--template',
      'compare-responses',
      '--name',
      name,
      '--overlap',
      '3',
      '--pay-hourly',
      '45.00',
      '--currency',
      'USD',
      '--estimate-seconds',
      '120',
    ],
    shell,
  )
  const imported = await runCliJson<Imported>(
    ['import', project.id, join(pairs, file), ...importFlags],
    shell,
  )
  expect(imported).toMatchObject({ created: tasks, duplicates: 0, rejectedCount: 0 })
  const again = await runCliJson<Imported>(['import', project.id, join(pairs, file), ...importFlags], shell)
  expect(again).toMatchObject({ created: 0, duplicates: tasks })

  await runCliJson(['fund', project.id, '600.00'], shell)
  await runCliJson(['project', 'launch', project.id], shell)
  const simulated = await runCliJson<Simulated>(
    ['simulate', project.id, '--trainers', '12', '--seed', '7'],
    shell,
  )
  await runCliJson(['project', 'finish', project.id], shell)
  const out = join(folder, name)
  const job = await runCliJson<ExportJob>(
    ['export', project.id, '--format', 'trl-preference', '--out', out],
    shell,
  )
  return { project, simulated, job, out, shell }
}

test.skipIf(!present)(
  'real pairs with known answers become a preference set that is mostly right',
  { timeout: 120_000 },
  async () => {
    const { project, simulated, job, out, shell } = await wholeLoop(
      'llmbar',
      'llmbar-natural.json',
      ['--map', 'prompt=input,a=output_1,b=output_2,gold=label,id=idx'],
      100,
    )
    expect(simulated.judgments).toBe(300)
    expect(simulated.check).toMatchObject({ overAssignments: 0, repeatedTrainers: 0, tasks: 100 })
    expect(simulated.errors).toEqual({})
    expect(Object.values(simulated.ledger.sums).map(Number)).toEqual([0])
    // Twelve trainers with a mean skill of .85: three of them are right on nine pairs of ten.
    expect(simulated.check.gold.accuracy).toBeGreaterThan(0.85)
    // 120 seconds at 45.00 an hour are 1.50; three judgments a pair, and a few pairs stay undecided.
    expect(Number(simulated.costPerDecidedPair.amount)).toBeGreaterThanOrEqual(4.5)

    const rows = (await readFile(join(out, 'train.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))
    expect(rows).toHaveLength(job.rows ?? -1)
    expect(
      manifest.rows.kept + Object.values<number>(manifest.rows.dropped).reduce((sum, each) => sum + each, 0),
    ).toBe(100)
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['prompt', 'chosen', 'rejected'])
      expect(row.prompt.at(-1).role).toBe('user')
      for (const message of [...row.prompt, ...row.chosen, ...row.rejected])
        expect(Object.keys(message).toSorted()).toEqual(['content', 'role'])
      expect(row.chosen).not.toEqual(row.rejected)
    }
    expect(await readFile(join(out, 'README.md'), 'utf8')).toContain('config_name: preference')

    // What was not spent is back where it came from, and the books still balance.
    const after = await runCliJson<Project>(['status', project.id], shell)
    expect(after.state).toBe('finished')
    expect(Number(after.progress.money.free.amount)).toBe(0)
    expect(Number(after.progress.money.held.amount)).toBe(0)
    expect(after.progress.gold.judged).toBe(100)
  },
)

test.skipIf(!present)('hh-rlhf rows make the same way', { timeout: 120_000 }, async () => {
  const { simulated, job } = await wholeLoop('hh', 'hh-rlhf-60.jsonl', ['--format', 'hh-rlhf'], 60)
  expect(simulated.judgments).toBe(180)
  expect(simulated.check).toMatchObject({ overAssignments: 0, repeatedTrainers: 0 })
  expect(job.rows).toBeGreaterThan(40)
})

test('the command line says what is wrong, and how to mend it', async () => {
  const team = await server.newTeam('owner')
  const shell = { url: server.url, apiKey: team.apiKey }
  const unknown = await runCli(['status', '00000000-0000-4000-8000-000000000000'], shell)
  expect(unknown.code).toBe(1)
  expect(unknown.stderr).toContain('not_found')
  const offline = await runCli(['project', 'list'], { ...shell, url: 'http://127.0.0.1:1' })
  expect(offline.stderr).toContain('No answer from http://127.0.0.1:1')
  const noFile = await runCli(['import', '00000000-0000-4000-8000-000000000000', '/nowhere/x.jsonl'], shell)
  expect(noFile.stderr).toContain('There is no file /nowhere/x.jsonl')
})
