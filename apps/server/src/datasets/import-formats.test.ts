import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { type Form, importFormat } from '@groundwork/contract'
import { readFormats } from '@groundwork/formats'
import { samples } from '@groundwork/formats/samples'
import { zipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { dataUrl, png } from '../../../../tests/support/images.ts'
import { exportOf, judgeAll } from '../../../../tests/support/judged-project.ts'
import { PAIR_MAP, pairLines, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { untilWaitingOrDone } from '../../../../tests/support/until-waiting.ts'
import { projectHeader } from '../projects/index.ts'
import { importById } from './import-queries.ts'
import { abandonedImports, runImportJob } from './importing/background-import.ts'
import { runImport } from './importing/run-import.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

/** Asks of every task the same, whatever it shows. */
const anything: Form = {
  blocks: [{ type: 'context' }],
  questions: [
    {
      id: 'note',
      type: 'text',
      label: 'Note',
      required: true,
      minWords: 0,
      maxCharacters: 1_000,
      each: 'task',
    },
  ],
}
async function newProject(form?: Form) {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Import',
      organizationId: team.organizationId,
      overlap: 1,
      ...(form && { form }),
    },
  })
  return { params: { id } }
}
const pairs = { format: 'pairs', map: PAIR_MAP } as const

test('the contract offers exactly what can be read', () => {
  expect([...importFormat.options].sort()).toEqual([...readFormats, 'auto'].sort())
})

test.each((Object.keys(samples) as (keyof typeof samples)[]).filter((format) => format !== 'coco'))(
  '%s: recognised, imported, judged and exported',
  async (format) => {
    const project = await newProject(anything)
    const row = samples[format]
    const imported = await team.client.importTasks({ ...project, body: `${JSON.stringify(row)}\n` })
    expect(imported, JSON.stringify(imported.rejected)).toMatchObject({ format, rejectedCount: 0 })
    expect(imported.created).toBeGreaterThan(0)
    await team.client.fundProject({ ...project, body: { amount: { amount: '50.00', currency: 'USD' } } })
    await team.client.launchProject(project)
    await judgeAll(await server.newTrainer(), project.params.id, () => ({ note: 'Seen. 😀' }))
    const { rows } = await exportOf(server, team, project.params.id, { format: 'raw' })
    for (const line of await rows()) expect(line.judgments).toMatchObject([{ answer: { note: 'Seen. 😀' } }])
  },
)

test('coco: a zip of images and their boxes, marked again and exported again', async () => {
  const labels = [{ value: 'cat', label: 'Cat' }]
  const project = await newProject({
    blocks: [{ type: 'context' }],
    questions: [
      {
        ...{ id: 'boxes', type: 'boxes', label: 'Where?', required: true, labels },
        ...{ shapes: ['rectangle', 'polygon'], max: 10 },
      },
    ],
  })
  const image = (width: number, height: number, background: string) =>
    sharp({ create: { width, height, channels: 3, background } })
      .jpeg()
      .toBuffer()
  const zip = zipSync({
    'annotations.json': Buffer.from(JSON.stringify(samples.coco)),
    'one.jpg': await image(640, 480, 'red'),
    'two.jpg': await image(10, 10, 'blue'),
  })
  const imported = await team.client.importTasks({
    ...project,
    query: { format: 'coco', annotations: 'reference' },
    body: zip,
  })
  expect(imported).toMatchObject({ created: 2, rejected: [] })
  await team.client.fundProject({ ...project, body: { amount: { amount: '50.00', currency: 'USD' } } })
  await team.client.launchProject(project)
  const at = { target: 'context:0', part: 0, label: 'cat' }
  await judgeAll(await server.newTrainer(), project.params.id, ({ context }) => {
    const [part] = context[0]?.parts ?? []
    if (part?.type !== 'image' || part.width !== 640) return { boxes: { boxes: [], none: true } }
    const box = { ...at, shape: 'rectangle', x: 80, y: 120, width: 320, height: 48 }
    const corners = [
      [1, 2],
      [11, 2],
      [5, 22],
    ]
    return { boxes: { boxes: [box, { ...at, shape: 'polygon', points: corners }] } }
  })
  const { job, text } = await exportOf(server, team, project.params.id, { format: 'coco', as: 'json' })
  expect(job.rows).toBe(2)
  const made = JSON.parse(await text('annotations.json'))
  expect(
    made.images.map(({ width, height }: { width: number; height: number }) => [width, height]).sort(),
  ).toEqual([
    [10, 10],
    [640, 480],
  ])
  const boxes = made.annotations.map(({ bbox }: { bbox: number[] }) => bbox)
  expect(boxes.toSorted((one: number[], other: number[]) => (other[0] ?? 0) - (one[0] ?? 0))).toEqual([
    [80, 120, 320, 48],
    [1, 2, 10, 20],
  ])
  expect(made.categories).toEqual([{ id: 1, name: 'cat' }])
})

test('packed files are read in a process of their own', async () => {
  const body = pairLines(50)
  for (const packed of [gzipSync(body), zstdCompressSync(body)]) {
    const project = await newProject()
    const imported = await team.client.importTasks({ ...project, query: pairs, body: packed })
    expect(imported).toMatchObject({ created: 50, rejectedCount: 0 })
  }
  const project = await newProject()
  const cut = gzipSync(pairLines(5_000)).subarray(0, 20_000)
  const imported = await team.client.importTasks({ ...project, query: pairs, body: cut })
  expect(imported.rejected.map(({ code }) => code)).toContain('cut_off')
})

test('a row that nothing can hold ends its reader and not the server', async () => {
  const project = await newProject()
  // Small as it is sent, it grows by a thousand in memory.
  const bomb = gzipSync(`{"chosen":"${'x'.repeat(40 * 2 ** 20)}"}\n`)
  const refused = await team.client
    .importTasks({ ...project, query: { format: 'hh-rlhf' }, body: bomb })
    .catch((error: unknown) => error)
  expect(JSON.stringify(refused)).toMatch(/too_long|bad_compression|import_rejected/)
  expect((await team.client.listImports(project)).items).toHaveLength(1)
})

test('in the background: the file is stored, read by a job, and its progress can be seen', async () => {
  const project = await newProject()
  const body = [...pairLines(3_000).split('\n'), 'not json', '{"idx":"bad"}'].join('\n')
  const begun = await team.client.importTasks({ ...project, query: { ...pairs, background: 'true' }, body })
  expect(begun).toMatchObject({ state: 'queued', created: 0 })
  const params = { id: begun.id }
  await until(server, async () => (await team.client.getImport({ params })).state === 'done')
  expect(await team.client.getImport({ params })).toMatchObject({
    created: 3_000,
    duplicates: 0,
    rejectedCount: 2,
    rows: 3_002,
    bytes: { read: body.length, all: body.length },
    error: null,
  })
  const csv = await (await team.client.getRejectedRows({ params })).text()
  expect(csv.split('\r\n')[0]).toBe('line,code,message')
  expect(csv).toContain('3001,bad_json,')
  expect(csv).toContain('3002,missing_field,')
  const left = await server.deps.database.pool.query('select count(*)::int as n from import_chunks')
  expect(left.rows[0].n).toBe(0)
})

test('a reader that dies in the middle is followed by one that goes on without duplicates', async () => {
  const project = await newProject()
  const { params } = project
  const body = pairLines(9_000)
  const begun = await team.client.importTasks({ ...project, query: { ...pairs, background: 'true' }, body })
  const { database } = server.deps
  const scope = { organization: team.organizationId }
  const header = await database.transaction(scope, (tx) => projectHeader(tx, params.id))
  if (!header) throw new Error('no project')
  async function* dying() {
    yield Buffer.from(body.slice(0, body.length / 2))
    throw new Error('killed')
  }
  const first = runImport(server.deps, {
    id: begun.id,
    project: header,
    source: dying(),
    ...{ ...pairs, annotations: 'gold', startedBy: null, itemsDone: 0 },
  })
  await expect(first).rejects.toThrow('killed')
  const half = await database.transaction(scope, (tx) => importById(tx, begun.id))
  expect(half).toMatchObject({ state: 'queued' })
  expect(half?.items_done).toBeGreaterThan(0)
  expect(half?.items_done).toBeLessThan(9_000)
  await runImportJob(server.deps, begun.id, team.organizationId)
  expect(await team.client.getImport({ params: { id: begun.id } })).toMatchObject({
    state: 'done',
    created: 9_000,
    duplicates: 0,
  })
  expect((await team.client.listTasks(project)).total).toBe(9_000)
})

test('a reader that is killed in the middle of a file is followed by one that goes on without duplicates', async () => {
  const project = await newProject()
  const rows = 20_000
  const filler = 'x'.repeat(500)
  const body = Array.from({ length: rows }, (_, index) =>
    JSON.stringify({
      idx: `k${index}`,
      input: `Question ${index}? ${filler}`,
      output_1: 'Yes.',
      output_2: 'No.',
    }),
  ).join('\n')
  const query = { format: 'pairs', map: 'prompt=input,a=output_1,b=output_2,id=idx' } as const
  const begun = await team.client.importTasks({ ...project, query: { ...query, background: 'true' }, body })
  const { database } = server.deps
  const progress = () =>
    database.transaction({ organization: team.organizationId }, (tx) => importById(tx, begun.id))
  const before = await readersOf(process.pid)
  const first = runImportJob(server.deps, begun.id, team.organizationId).catch((error: unknown) => error)
  const stored = async () => (await progress())?.items_done ?? 0
  await expect.poll(stored, { timeout: 30_000, interval: 10 }).toBeGreaterThan(0)

  // Nothing more is stored while somebody holds the project, so that the reader waits for its next rows to be taken.
  const owner = await ownerOf(server)
  onTestFinished(() => owner.end())
  await owner.query('begin')
  await owner.query('select from projects where id = $1 for update', [project.params.id])
  const readers = (await readersOf(process.pid)).filter((pid) => !before.includes(pid))
  expect(readers).toHaveLength(1)
  process.kill(readers[0] ?? Number.NaN, 'SIGKILL')
  await owner.query('rollback')
  expect(String(await first)).toMatch(/ended from outside/)

  const half = await progress()
  expect(half).toMatchObject({ state: 'running', attempts: 1, error: null })
  expect(half?.items_done).toBeLessThan(rows)
  await runImportJob(server.deps, begun.id, team.organizationId)
  expect(await progress()).toMatchObject({ state: 'done', attempts: 2, items_done: rows })
  expect(await team.client.getImport({ params: { id: begun.id } })).toMatchObject({
    created: rows,
    duplicates: 0,
    rejectedCount: 0,
  })
  const order = await owner.query('select external_id as id from tasks where project_id = $1 order by seq', [
    project.params.id,
  ])
  expect(order.rows.map(({ id }) => id)).toEqual(Array.from({ length: rows }, (_, index) => `k${index}`))
})

test('rows with images among others keep their place, and so do those that are bad', async () => {
  const project = await newProject(anything)
  const image = dataUrl('image/png', await png(20))
  const text = (value: string) => [{ role: 'user', parts: [{ type: 'text', text: value }] }]
  const rows = Array.from({ length: 400 }, (_, index) => {
    const externalId = `r${index}`
    if (index % 50 === 7) return { externalId, context: [] }
    const shown = index % 50 === 9 ? 'data:image/png;base64,%%%' : image
    const context = text(`Question ${index}? ${'x'.repeat(4_000)}`)
    if (index % 3 === 0) context.push({ role: 'user', parts: [{ type: 'image', assetId: shown }] } as never)
    return { externalId, context, candidates: [] }
  })
  const body = rows.map((row) => JSON.stringify(row)).join('\n')
  expect(body.length).toBeGreaterThan(1024 * 1024)
  const imported = await team.client.importTasks({ ...project, query: { format: 'raw' }, body })
  const bad = rows.flatMap((_, index) =>
    index % 50 === 7 || (index % 50 === 9 && index % 3 === 0) ? [index] : [],
  )
  expect(imported.rejected.map(({ line }) => line - 1)).toEqual(bad)
  const owner = await ownerOf(server)
  onTestFinished(() => owner.end())
  const order = await owner.query(
    'select payload ->> $2 as id, payload -> $3 as context from tasks where project_id = $1 order by seq',
    [project.params.id, 'externalId', 'context'],
  )
  const good = rows.filter((_, index) => !bad.includes(index))
  expect(order.rows.map(({ id }) => id)).toEqual(good.map(({ externalId }) => externalId))
  for (const row of order.rows) expect(JSON.stringify(row.context)).not.toContain('data:image')
})

test('an import that is stopped while its file is read keeps what is in, and no reader goes on', async () => {
  const project = await newProject()
  const begun = await team.client.importTasks({
    ...project,
    query: { ...pairs, background: 'true' },
    body: pairLines(30_000),
  })
  const { database } = server.deps
  const owner = await ownerOf(server)
  onTestFinished(() => owner.end())
  const before = await readersOf(process.pid)
  // Nothing is stored while somebody holds the project, so that the wish to stop is there before the end of the file.
  await owner.query('begin')
  await owner.query('select from projects where id = $1 for update', [project.params.id])
  const reading = runImportJob(server.deps, begun.id, team.organizationId)
  await untilWaitingOrDone(server.ownerUrl, reading)
  expect(await team.client.cancelImport({ params: { id: begun.id } })).toMatchObject({ state: 'running' })
  await owner.query('rollback')
  await reading
  const found = await database.transaction({ organization: team.organizationId }, (tx) =>
    importById(tx, begun.id),
  )
  expect(found).toMatchObject({ state: 'canceled', error: 'Stopped.' })
  expect(found?.items_done).toBeLessThan(30_000)
  expect((await team.client.listTasks(project)).total).toBe(found?.items_done)
  expect((await readersOf(process.pid)).filter((pid) => !before.includes(pid))).toEqual([])
})

/** The processes that read files for this one. */
async function readersOf(parent: number): Promise<number[]> {
  const found = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args='])
  return found.stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return Number(ppid) === parent && command?.includes('reader-process.ts') ? [Number(pid)] : []
  })
}

async function ownerOf({ ownerUrl }: TestServer) {
  const { Client } = await import('pg')
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  return owner
}

test('an import can be stopped; one whose process died is not said to be running', async () => {
  const project = await newProject()
  const begun = await team.client.importTasks({
    ...project,
    query: { ...pairs, background: 'true' },
    body: pairLines(10),
  })
  expect(await team.client.cancelImport({ params: { id: begun.id } })).toMatchObject({ state: 'canceled' })
  await runImportJob(server.deps, begun.id, team.organizationId)
  expect((await team.client.listTasks(project)).total).toBe(0)

  const other = await team.client.importTasks({ ...project, query: pairs, body: pairLines(2) })
  const owner = await ownerOf(server)
  await owner.query(
    `update imports set state = 'running', finished_at = null, alive_at = now() - interval '1 hour' where id = $1`,
    [other.id],
  )
  await owner.end()
  await abandonedImports(server.deps).work()
  const found = await team.client.getImport({ params: { id: other.id } })
  expect(found).toMatchObject({ state: 'broken_off' })
  expect(found.error).toMatch(/Send it again/)
})

test('judgments of the source are kept as references, as the known answer, or not at all', async () => {
  const row = JSON.stringify(samples.helpsteer3)
  const imported = async (annotations: 'ignore' | 'reference' | 'gold') => {
    const project = await newProject()
    const { knownAnswers } = await team.client.importTasks({
      ...project,
      query: { format: 'helpsteer3', annotations },
      body: row,
    })
    const [task] = (await team.client.listTasks(project)).tasks
    const { items } = await team.client.listReferences({
      params: { ...project.params, taskId: task?.id ?? '' },
    })
    return { gold: task?.gold, items, set: knownAnswers.set }
  }
  expect(await imported('ignore')).toEqual({ gold: null, items: [], set: 0 })
  const gold = await imported('gold')
  expect(gold.gold).toMatch(/^(a|b|tie)$/)
  expect(gold).toMatchObject({ items: [], set: 1 })
  const reference = await imported('reference')
  expect(reference.gold).toBeNull()
  expect(reference.items.length).toBeGreaterThan(1)
  expect(reference.items[0]).toMatchObject({ by: null, verdict: { type: 'pairwise', a: 'a', b: 'b' } })
  expect(reference.items.some(({ by, rationale }) => by !== null && rationale !== null)).toBe(true)
})

test('an import says how many known answers it set, and how many judged rows gave none', async () => {
  const vote = (by: string, outcome: string) => ({
    by,
    verdict: { type: 'pairwise', a: 'a', b: 'b', outcome, strength: null },
  })
  const line = (name: string, ...annotations: object[]) =>
    JSON.stringify({
      task: {
        externalId: name,
        context: [{ role: 'user', parts: [{ type: 'text', text: name }] }],
        candidates: ['a', 'b'].map((id) => ({
          id,
          messages: [{ role: 'assistant', parts: [{ type: 'text', text: id }] }],
        })),
      },
      annotations,
    })
  const body = [
    line('alike', vote('p', 'a'), vote('q', 'a')),
    line('apart', vote('p', 'a'), vote('q', 'b')),
    line('other', { by: 'p', verdict: { type: 'text', text: 'Nice.' } }),
    line('bare'),
  ].join('\n')
  const project = await newProject()
  const send = () => team.client.importTasks({ ...project, query: { format: 'raw' }, body })
  const first = await send()
  expect(first).toMatchObject({ created: 4, knownAnswers: { set: 1, unusable: 2 } })
  expect(await send()).toMatchObject({ created: 0, knownAnswers: { set: 0 } })
  expect(await team.client.getImport({ params: { id: first.id } })).toMatchObject({
    knownAnswers: { set: 1, unusable: 2 },
  })
})

test('any file can be looked at before it is taken', async () => {
  const row = `${JSON.stringify(samples['trl-sft'])}\n`
  const seen = await team.client.previewImport({ query: { kinds: 'all' }, body: row })
  expect(seen).toMatchObject({ format: 'trl-sft' })
  expect(seen.tasks).toHaveLength(1)
})
