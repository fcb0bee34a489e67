import { createHash } from 'node:crypto'
import { createClient } from '@groundwork/client'
import type { ExportJob } from '@groundwork/contract'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveProject, PAIR_MAP, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { issueApiKey } from '../identity/index.ts'
import { runExport } from './run-export.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let projectId: string

/** What two trainers say about each task; the first letter of an id says what should come of it. */
const said: Record<string, [object, object]> = {
  clear: [
    { outcome: 'a', strength: -3 },
    { outcome: 'a', strength: -2 },
  ],
  other: [
    { outcome: 'b', strength: 1 },
    { outcome: 'b', strength: 1 },
  ],
  lean: [
    { outcome: 'a', strength: -3 },
    { outcome: 'b', strength: 1 },
  ],
  split: [
    { outcome: 'a', strength: -2 },
    { outcome: 'b', strength: 2 },
  ],
  tie: [
    { outcome: 'tie', strength: 0 },
    { outcome: 'tie', strength: 0 },
  ],
  good: [
    { outcome: 'both_good', strength: 0 },
    { outcome: 'both_good', strength: 0 },
  ],
}
const emoji = 'A 👩‍🚀 answer\r\nwith \u2028 and ‮rtl‬  '

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  const project = await liveProject(team, { tasks: 1, overlap: 2 })
  projectId = project.id
  const rows = Object.keys(said).map((idx) =>
    JSON.stringify({ idx, input: `Prompt of ${idx}`, one: `${emoji}${idx}`, two: `Other ${idx}`, label: 1 }),
  )
  await team.client.importTasks({
    params: { id: projectId },
    query: { format: 'pairs', map: PAIR_MAP },
    body: rows.join('\n'),
  })
  const { tasks } = await team.client.listTasks({ params: { id: projectId } })
  const idOf = new Map(tasks.map((task) => [task.id, task.externalId ?? '']))
  for (const turn of [0, 1]) {
    const trainer = await server.newTrainer({ displayName: `Judge ${turn}` })
    for (;;) {
      const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
      if (!assignment) break
      const preference = said[idOf.get(assignment.task.id) ?? '']?.[turn]
      const params = { id: assignment.id }
      if (!preference) await trainer.client.skipAssignment({ params, body: { epoch: assignment.epoch } })
      else
        await trainer.client.submitJudgment({
          params,
          body: {
            epoch: assignment.epoch,
            answer: { preference, reason: 'Because it is.' },
            activeMs: 1,
            next: false,
          },
        })
    }
  }
})
afterAll(() => server.close())

async function exported(body: {
  format: 'trl-preference' | 'raw'
  options?: object
}): Promise<{ job: ExportJob; file: (name: string) => Promise<string> }> {
  let job = await team.client.createExport({ params: { id: projectId }, body })
  expect(job.status).toBe('queued')
  await until(server, async () => {
    job = await team.client.getExport({ params: { id: job.id } })
    return job.status === 'done' || job.status === 'failed'
  })
  expect(job).toMatchObject({ status: 'done', progress: 1, error: null })
  return {
    job,
    file: async (name) => (await team.client.getExportFile({ params: { id: job.id, name } })).text(),
  }
}

const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

test('a preference set: explicit prompt, bare messages, no ties, byte-identical content', async () => {
  const { job, file } = await exported({ format: 'trl-preference' })
  const rows = rowsOf(await file('train.jsonl'))
  expect(job.rows).toBe(3)
  const byPrompt = new Map(rows.map((row) => [row.prompt[0].content, row]))
  expect(byPrompt.get('Prompt of clear')).toEqual({
    prompt: [{ role: 'user', content: 'Prompt of clear' }],
    chosen: [{ role: 'assistant', content: `${emoji}clear` }],
    rejected: [{ role: 'assistant', content: 'Other clear' }],
  })
  expect(byPrompt.get('Prompt of other').chosen[0].content).toBe('Other other')
  // One vote each, but the stronger one decides.
  expect(byPrompt.get('Prompt of lean').chosen[0].content).toBe(`${emoji}lean`)
  expect(job.dropped).toMatchObject({ not_decided: 1, tie: 1, both_good: 1 })
})

test('the manifest counts every task and hashes every file; the card declares the rows', async () => {
  const { job, file } = await exported({ format: 'trl-preference' })
  const manifest = JSON.parse(await file('manifest.json'))
  expect(manifest.rows.kept).toBe(3)
  for (const entry of manifest.files) {
    const text = await file(entry.name)
    expect(createHash('sha256').update(text).digest('hex')).toBe(entry.sha256)
    expect(Buffer.byteLength(text)).toBe(entry.bytes)
  }
  expect(job.files.map((each) => each.name)).toEqual([
    'DATASHEET.md',
    'README.md',
    'croissant.json',
    'manifest.json',
    'train.jsonl',
  ])
  expect(await file('README.md')).toMatch(/num_examples: 3/)
})

test('the margin is on every row or on none', async () => {
  const { file } = await exported({
    format: 'trl-preference',
    options: { margin: 'strength', strengthMap: { '1': 0.5, '2': 1.5, '3': 2.5 } },
  })
  const rows = rowsOf(await file('train.jsonl'))
  expect(rows.every((row) => typeof row.margin === 'number')).toBe(true)
  // Strengths 3 and 2 on the same side are 2.5 on average, which rounds to 3.
  expect(rows.find((row) => row.prompt[0].content === 'Prompt of clear').margin).toBe(2.5)
})

test('the same state and options give the same bytes', async () => {
  const first = await exported({ format: 'raw' })
  const second = await exported({ format: 'raw' })
  expect(second.job.files.map((each) => each.sha256)).toEqual(first.job.files.map((each) => each.sha256))
})

test('raw holds every judgment under a pseudonym, or under the name when asked', async () => {
  const { file } = await exported({ format: 'raw' })
  const lines = rowsOf(await file('train.jsonl'))
  const clear = lines.find((line) => line.task.externalId === 'clear')
  expect(clear.judgments).toHaveLength(2)
  expect(clear.judgments[0].trainer.name).toMatch(/^trainer-[0-9a-f]{6}$/)
  expect(clear.consensus.preference).toMatchObject({ value: 'a', confidence: 1 })
  const named = await exported({ format: 'raw', options: { people: 'names' } })
  expect(await named.file('train.jsonl')).toContain('"Judge 0"')
})

test('confidence and number of judgments can be asked for', async () => {
  const { job } = await exported({ format: 'trl-preference', options: { minConfidence: 0.9 } })
  expect(job.rows).toBe(2)
  expect(job.dropped).toMatchObject({ low_confidence: 1 })
})

test('an export without rows is none, and says what kept each task from one', async () => {
  const params = { id: projectId }
  const body = { format: 'trl-preference' as const, options: { minJudgments: 3 } }
  let job = await team.client.createExport({ params, body })
  await until(server, async () => {
    job = await team.client.getExport({ params: { id: job.id } })
    return job.status !== 'queued' && job.status !== 'running'
  })
  expect(job).toMatchObject({
    status: 'failed',
    error: 'No task gives a row. Left out: 7 too_few_judgments.',
    rows: 0,
    dropped: { too_few_judgments: 7 },
    files: [],
  })
})

test('results stream a line per task with its judgments and its consensus', async () => {
  const lines = []
  for await (const line of await team.client.getResults({ params: { id: projectId } })) lines.push(line)
  const split = lines.find((line) => line.task.externalId === 'split')
  expect(split?.judgments.map((judgment) => judgment.trainer.name).toSorted()).toEqual(['Judge 0', 'Judge 1'])
  expect(split?.consensus.preference).toMatchObject({
    value: null,
    confidence: 0.5,
    distribution: { a: 0.5, b: 0.5 },
  })
})

test('unknown options, roles and files are refused', async () => {
  const params = { id: projectId }
  await expect(
    team.client.createExport({ params, body: { format: 'raw', options: { colour: 'red' } as object } }),
  ).rejects.toMatchObject({ status: 400 })
  await expect(team.client.createExport({ params, body: { format: 'csv' as 'raw' } })).rejects.toMatchObject({
    status: 400,
    code: 'invalid_input',
  })
  const viewer = await server.addToTeam(team.organizationId, 'viewer')
  await expect(viewer.client.createExport({ params, body: { format: 'raw' } })).rejects.toMatchObject({
    status: 403,
  })
  const { job } = await exported({ format: 'raw' })
  await expect(
    team.client.getExportFile({ params: { id: job.id, name: '../../etc/passwd' } }),
  ).rejects.toMatchObject({ status: 404 })
  expect((await viewer.client.getExportFile({ params: { id: job.id, name: 'manifest.json' } })).status).toBe(
    200,
  )
})

test('an export that is cut short is begun again, and gives the same bytes', async () => {
  const whole = await exported({ format: 'raw' })
  const params = { id: projectId }
  const begun = await team.client.createExport({ params, body: { format: 'raw' } })
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  const run = () => runExport(server.deps, begun.id, team.organizationId)
  try {
    // As if the database went away in the middle.
    await owner.query('alter table trainer_expertise rename to away')
    await expect(run()).rejects.toThrow()
    expect(await team.client.getExport({ params: { id: begun.id } })).toMatchObject({
      status: 'queued',
      error: null,
    })
    await owner.query('alter table away rename to trainer_expertise')
    // A worker that was killed has left its mark; the next one takes no notice of it.
    await owner.query(`update exports set status = 'running', progress = 0.5 where id = $1`, [begun.id])
    await run()
    const done = await team.client.getExport({ params: { id: begun.id } })
    expect(done).toMatchObject({ status: 'done', progress: 1 })
    expect(done.files.map(({ sha256 }) => sha256)).toEqual(whole.job.files.map(({ sha256 }) => sha256))
  } finally {
    await owner.end()
  }
})

test('one that fails again and again is failed, and says why', async () => {
  const params = { id: projectId }
  const begun = await team.client.createExport({ params, body: { format: 'raw' } })
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  try {
    await owner.query('alter table trainer_expertise rename to away')
    const run = () => runExport(server.deps, begun.id, team.organizationId)
    for (let attempt = 1; attempt < 4; attempt++) await expect(run()).rejects.toThrow()
    await run()
    const job = await team.client.getExport({ params: { id: begun.id } })
    expect(job).toMatchObject({ status: 'failed' })
    expect(job.error).toMatch(/trainer_expertise/)
  } finally {
    await owner.query('alter table away rename to trainer_expertise')
    await owner.end()
  }
})

test('a question that cannot decide is named at its field', async () => {
  const body = { format: 'trl-preference' as const, options: { question: 'nope' } }
  const params = { id: projectId }
  for (const refused of [
    team.client.createExport({ params, body }),
    team.client.previewExport({ params, body }),
  ])
    await expect(refused).rejects.toMatchObject({
      status: 400,
      issues: [{ path: 'options.question', message: expect.stringContaining('preference') }],
    })
})

test('the licence and what was said about AI are remembered for the next export', async () => {
  const options = { license: 'CC-BY-4.0', aiPolicy: 'Not allowed.' }
  await exported({ format: 'raw', options })
  await exported({ format: 'raw' })
  const { remembered } = await team.client.listExportTargets({ params: { id: projectId } })
  expect(remembered).toEqual(options)
})

test('a key for reading may look at what an export or an import would be', async () => {
  const { secret } = await server.deps.database.transaction('system', (tx) =>
    issueApiKey(tx, team.userId, { name: 'Reader', scope: 'read', expiresInDays: 1 }),
  )
  const reader = createClient({ baseUrl: server.url, apiKey: secret })
  const params = { id: projectId }
  const body = { format: 'raw' as const }
  expect(await reader.previewExport({ params, body })).toMatchObject({ rows: 7 })
  expect(await reader.previewImport({ query: {}, body: '{"context":[],"candidates":[]}' })).toMatchObject({
    format: 'raw',
  })
  await expect(reader.createExport({ params, body })).rejects.toMatchObject({ code: 'key_scope' })
})
