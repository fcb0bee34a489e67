import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Answer, ExportJob, Form, TaskPayload } from '@groundwork/contract'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { png, zipOf } from '../../../../tests/support/images.ts'
import { exportOf, judgeAll } from '../../../../tests/support/judged-project.ts'
import { until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { sql } from '../platform/index.ts'
import { blobKey } from './media/index.ts'
import { sweepBlob } from './media/sweep-blobs.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let trainer: TestPerson
let compared: string
let boxed: string

const comparison: Form = {
  blocks: [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }],
  questions: [{ id: 'preference', type: 'preference', label: 'Which?', required: true, ties: ['tie'] }],
} as unknown as Form
const boxes: Form = {
  blocks: [{ type: 'context' }],
  questions: [
    {
      id: 'boxes',
      type: 'boxes',
      label: 'Mark them',
      required: true,
      labels: [{ value: 'thing', label: 'Thing' }],
    },
  ],
} as unknown as Form

const says = (role: 'user' | 'assistant' | 'system', ...parts: object[]) => ({ role, parts })
const text = (value: string) => ({ type: 'text', text: value })
const image = (assetId: string) => ({ type: 'image', assetId, alt: 'A picture' })
const answers = (...parts: object[]) =>
  ['a', 'b'].map((id) => ({ id, messages: [says('assistant', text(`Answer ${id}`), ...parts)] }))

/** A live project whose tasks came in a zip with their images. */
async function pictured(form: Form, tasks: object[], files: Record<string, Uint8Array>): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'With images',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 10 },
      form,
    },
  })
  const rows = tasks.map((task) => JSON.stringify({ task })).join('\n')
  const imported = await team.client.importTasks({
    params: { id },
    query: { format: 'raw' },
    body: new Uint8Array(zipOf({ 'rows.jsonl': rows, ...files })),
  })
  expect(imported).toMatchObject({ created: tasks.length, rejected: [] })
  await team.client.fundProject({ params: { id }, body: { amount: { amount: '100.00', currency: 'USD' } } })
  await team.client.launchProject({ params: { id } })
  return id
}

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  trainer = await server.newTrainer({ displayName: 'One' })
  const files = {
    'images/1.png': await png(1),
    'images/2.jpg': await sharp(await png(2))
      .jpeg()
      .toBuffer(),
    'images/3.png': await png(3),
  }
  compared = await pictured(
    comparison,
    [
      {
        externalId: 'image',
        reference: 'A picture.',
        context: [says('user', image('images/1.png'), text('What is this?'))],
        candidates: answers(),
      },
      {
        externalId: 'two',
        context: [says('user', text('See ![one](images/2.jpg "t") and ![gone](none.png).'))],
        candidates: answers(),
      },
      {
        externalId: 'again',
        context: [says('user', image('images/1.png'), text('And now?'))],
        candidates: answers(),
      },
      { externalId: 'text', context: [says('user', text('No image here.'))], candidates: answers() },
      {
        externalId: 'answered',
        context: [says('user', text('Draw one.'))],
        candidates: answers(image('images/3.png')).map((each, n) =>
          n === 0 ? each : { ...each, messages: [says('assistant', text('No.'))] },
        ),
      },
    ],
    files,
  )
  await judgeAll(trainer, compared, () => ({ preference: { outcome: 'a', strength: -2 } }) as Answer)
  boxed = await pictured(
    boxes,
    [{ externalId: 'box', context: [says('user', image('images/1.png'), text('Mark it.'))], candidates: [] }],
    files,
  )
  const box = {
    shape: 'rectangle',
    target: 'context:0',
    part: 0,
    label: 'thing',
    x: 1,
    y: 2,
    width: 30,
    height: 20,
  }
  await judgeAll(trainer, boxed, () => ({ boxes: { boxes: [box] } }) as Answer)
})
afterAll(() => server.close())

const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const NAMED = /^images\/([0-9a-f]{64})\.(png|jpg|webp)$/

const fetched = async (job: ExportJob, name: string) =>
  Buffer.from(await (await team.client.getExportFile({ params: { id: job.id, name } })).arrayBuffer())

async function archiveOf(job: ExportJob) {
  const response = await team.client.getExportArchive({ params: { id: job.id } })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(Number(response.headers.get('content-length'))).toBe(bytes.length)
  return { bytes, files: unzipSync(new Uint8Array(bytes)) }
}

/** Every image that the manifest lists is there by its hash, as a file and in the archive. */
async function expectWhole(job: ExportJob): Promise<string[]> {
  const manifest = JSON.parse((await fetched(job, 'manifest.json')).toString())
  const { files } = await archiveOf(job)
  const listed: { name: string; bytes: number; sha256: string }[] = manifest.files
  expect(Object.keys(files).sort()).toEqual([...listed.map(({ name }) => name), 'manifest.json'].sort())
  for (const { name, bytes, sha256 } of listed) {
    const content = files[name] ?? new Uint8Array()
    expect(content.length, name).toBe(bytes)
    expect(shaOf(content), name).toBe(sha256)
    expect((await fetched(job, name)).equals(content), name).toBe(true)
  }
  const images = listed.map(({ name }) => name).filter((name) => NAMED.test(name))
  expect(job.images).toEqual({
    files: images.length,
    bytes: listed.filter(({ name }) => NAMED.test(name)).reduce((sum, { bytes }) => sum + bytes, 0),
  })
  for (const name of images) {
    expect(NAMED.exec(name)?.[1]).toBe(listed.find((each) => each.name === name)?.sha256)
    expect((await sharp(files[name]).metadata()).width).toBe(64)
  }
  return images
}

test('TRL as JSON Lines: rows name files that are there, in every row a list of them', async () => {
  const { job, rows, text: textOf } = await exportOf(server, team, compared, { format: 'trl-preference' })
  const images = await expectWhole(job)
  expect(images).toHaveLength(2)
  const all = await rows()
  expect(all.map((row) => (row.images as string[]).length)).toEqual([1, 1, 1, 0])
  expect(new Set(all.flatMap((row) => row.images as string[]))).toEqual(new Set(images))
  expect(all[1]?.prompt).toEqual([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'See ' },
        { type: 'image' },
        { type: 'text', text: ' and ![gone](none.png).' },
      ],
    },
  ])
  expect(job.dropped).toEqual({ images_in_answers: 1 })
  const card = await textOf('README.md')
  expect(card).toContain('cast_column("images", List(Image()))')
  expect(card).toContain('  - name: images\n    list: string')
  // Nothing of an image went into the database.
  const { rows: stored } = await server.deps.database.transaction('system', (tx) =>
    sql<{ blob: string | null; chunks: number }>`select f.blob, (select count(*)::int from export_chunks c
      where c.export_id = f.export_id and c.name = f.name) as chunks from export_files f
      where f.export_id = ${job.id} and f.is_image`.execute(tx),
  )
  expect(stored).toEqual(images.map((name) => ({ blob: blobKey(NAMED.exec(name)?.[1] ?? ''), chunks: 0 })))
})

test('TRL as Parquet: the bytes are in the rows, and the file is no part of the database', async () => {
  const { job, text: textOf } = await exportOf(server, team, compared, {
    format: 'trl-preference',
    as: 'parquet',
    options: { provenance: true },
  })
  expect(await expectWhole(job)).toEqual([])
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-parquet-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'train.parquet')
  const name = job.files.find((each) => each.name.endsWith('.parquet'))?.name ?? ''
  await writeFile(path, await fetched(job, name))
  const database = await (await DuckDBInstance.create(':memory:')).connect()
  const read = await database.runAndReadAll(
    `select unnest(images).path as path, sha256(unnest(images).bytes) as sha256 from '${path}'`,
  )
  const found = read.getRowObjectsJson() as { path: string; sha256: string }[]
  expect(found).toHaveLength(3)
  for (const each of found) expect(each.path).toContain(each.sha256)
  expect(await textOf('README.md')).toContain('  - name: images\n    list: image')
  const { rows: stored } = await server.deps.database.transaction('system', (tx) =>
    sql<{
      n: number
    }>`select count(*)::int as n from export_chunks where export_id = ${job.id} and name = ${name}`.execute(
      tx,
    ),
  )
  expect(stored[0]?.n).toBe(0)
})

test.each(['trl-unpaired', 'trl-prompt-only', 'openai-rft', 'llama-factory', 'label-studio', 'raw'] as const)(
  '%s: the same state and options give the same bytes, in every container',
  async (format) => {
    for (const as of ['jsonl', 'json', 'csv', 'parquet'] as const) {
      const made = await Promise.all(
        [1, 2].map(() =>
          exportOf(server, team, compared, { format, as, options: { unpair: true, testShare: 0.4 } }),
        ),
      )
      const [first, second] = made.map(({ job }) => job)
      if (!first || !second) throw new Error('not made')
      expect(second.files.map(({ sha256 }) => sha256)).toEqual(first.files.map(({ sha256 }) => sha256))
      expect(shaOf((await archiveOf(second)).bytes)).toBe(shaOf((await archiveOf(first)).bytes))
      await expectWhole(first)
    }
  },
)

test('LLaMA-Factory: as many placeholders as files', async () => {
  const { job, rows, text: textOf } = await exportOf(server, team, compared, { format: 'llama-factory' })
  const images = await expectWhole(job)
  for (const row of await rows()) {
    const values = (row.conversations as { value: string }[]).map(({ value }) => value).join('')
    expect(values.split('<image>').length - 1).toBe((row.images as string[]).length)
    for (const name of row.images as string[]) expect(images).toContain(name)
  }
  expect(Object.values(JSON.parse(await textOf('dataset_info.json')))[0]).toMatchObject({
    columns: { images: 'images' },
  })
})

test('OpenAI: data URLs with the very bytes, and nothing beside', async () => {
  const options = { provenance: true }
  const { job, rows } = await exportOf(server, team, compared, { format: 'openai-rft', options })
  expect(await expectWhole(job)).toEqual([])
  expect(job).toMatchObject({ rows: 1, dropped: { no_reference: 4 } })
  const [row] = (await rows()) as { messages: { content: { image_url?: { url: string } }[] }[] }[]
  const url = row?.messages[0]?.content[0]?.image_url?.url ?? ''
  const bytes = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64')
  expect((await sharp(bytes).metadata()).width).toBe(64)
  const preview = await team.client.previewExport({
    params: { id: compared },
    body: { format: 'openai-rft' },
  })
  expect(JSON.stringify(preview.sample)).toContain('data:image/png;base64,…')
  expect(preview.media).toEqual({ as: 'in_rows', images: 1, bytes: bytes.length })
})

test('COCO: file_name is a file of the export', async () => {
  const { job, text: textOf } = await exportOf(server, team, boxed, { format: 'coco', as: 'json' })
  const [only] = await expectWhole(job)
  const made = JSON.parse(await textOf('annotations.json'))
  expect(made.images).toEqual([{ id: 1, file_name: only, width: 64, height: 48 }])
  expect(made.annotations).toMatchObject([{ image_id: 1, bbox: [1, 2, 30, 20] }])
})

test('raw: assets keep their ids, and the archive goes into another organization as it is', async () => {
  const { job, rows } = await exportOf(server, team, compared, { format: 'raw' })
  expect(await expectWhole(job)).toHaveLength(3)
  const [first, , , plain] = (await rows()) as {
    images?: { assetId: string; path: string }[]
    task: TaskPayload
  }[]
  const part = first?.task.context[0]?.parts[0]
  expect(first?.images).toMatchObject([
    { assetId: part?.type === 'image' && part.assetId, width: 64, height: 48 },
  ])
  expect(plain && 'images' in plain).toBe(false)
  const others = await server.newTeam()
  const { id } = await others.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Elsewhere',
      organizationId: others.organizationId,
      form: comparison,
    },
  })
  const { bytes } = await archiveOf(job)
  const imported = await others.client.importTasks({
    params: { id },
    query: { format: 'raw' },
    body: new Uint8Array(bytes),
  })
  expect(imported).toMatchObject({ created: 5, rejected: [] })
  // Where the organization has the images, the rows alone will do.
  const here = await team.client.createProject({
    body: { template: 'compare-responses', name: 'Here', form: comparison },
  })
  const lines = await fetched(job, 'train.jsonl')
  const again = await team.client.importTasks({
    params: { id: here.id },
    query: { format: 'raw' },
    body: new Uint8Array(lines),
  })
  expect(again).toMatchObject({ created: 5, rejected: [] })
})

test('images are read one after the other, however many there are, and none while rows only name them', async () => {
  const pictures = await Promise.all(
    Array.from(
      { length: 300 },
      async (_, n) => [`images/${n}.png`, await png(n, 16 + (n % 5), 20 + (n % 7))] as const,
    ),
  )
  const tasks = pictures.map(([path], n) => ({
    externalId: `${n}`,
    reference: n,
    context: [says('user', image(path), text(`${n}?`))],
    candidates: answers(),
  }))
  const id = await pictured(comparison, tasks, Object.fromEntries(pictures))
  const many = await server.newTrainer({ displayName: 'Many' })
  await judgeAll(many, id, () => ({ preference: { outcome: 'a', strength: -2 } }) as Answer)
  let open = 0
  let most = 0
  let opened = 0
  const { get } = server.deps.storage
  server.deps.storage.get = async (key, range) => {
    const bytes = await get(key, range)
    if (!bytes) return null
    most = Math.max(most, ++open)
    opened++
    return (async function* () {
      yield* bytes
      open--
    })()
  }
  onTestFinished(() => {
    server.deps.storage.get = get
  })
  const { job } = await exportOf(server, team, id, { format: 'trl-preference' })
  const count = job.images.files
  expect(count).toBeGreaterThan(200)
  expect(opened).toBe(0)
  const { files } = await archiveOf(job)
  expect(Object.keys(files)).toHaveLength(job.files.length + count)
  expect([opened, most]).toEqual([count, 1])
  const parquet = await exportOf(server, team, id, { format: 'trl-preference', as: 'parquet' })
  expect(parquet.job.rows).toBe(300)
  expect(most).toBe(1)
})

test('references: rows name assets, and no file comes along', async () => {
  const options = { media: 'references' } as const
  const preference = await exportOf(server, team, compared, { format: 'trl-preference', options })
  expect(preference.job.images).toEqual({ files: 0, bytes: 0 })
  const ids = (await preference.rows()).flatMap((row) => row.images as string[])
  expect(ids).toHaveLength(3)
  for (const id of ids) expect((await team.client.getMedia({ params: { id } })).status).toBe(200)
  const coco = await exportOf(server, team, boxed, { format: 'coco', as: 'json', options })
  expect(JSON.parse(await coco.text('annotations.json')).images[0].file_name).toMatch(/^[0-9a-f-]{36}$/)
  const openai = await exportOf(server, team, compared, { format: 'label-studio', options })
  expect(openai.job.dropped).toMatchObject({ has_images: 3 })
})

test('the preview says how many images there are and how large', async () => {
  const preview = await team.client.previewExport({
    params: { id: compared },
    body: { format: 'trl-preference' },
  })
  const { job } = await exportOf(server, team, compared, { format: 'trl-preference' })
  expect(preview.media).toEqual({ as: 'files', images: job.images.files, bytes: job.images.bytes })
  expect(
    await team.client.previewExport({ params: { id: compared }, body: { format: 'hh-rlhf' } }),
  ).toMatchObject({ media: { as: 'none', images: 0 } })
})

test('images go to a folder with the rest, and are kept from being swept while an export names them', async () => {
  const root = await mkdtemp(join(tmpdir(), 'groundwork-out-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  server.deps.exportPlaces = { ...server.deps.exportPlaces, folder: root }
  const destination = await team.client.createDestination({
    params: { id: team.organizationId },
    body: { name: 'Folder', place: { kind: 'folder', path: 'set' } },
  })
  const { job } = await exportOf(server, team, compared, {
    format: 'trl-preference',
    destinationId: destination.id,
  })
  await until(
    server,
    async () => (await team.client.getExport({ params: { id: job.id } })).delivery?.state === 'done',
  )
  const names = (await readdir(join(root, 'set'), { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  )
  expect(names).toHaveLength(job.files.length + 2)
  for (const { parentPath, name } of names.filter((each) => each.parentPath.endsWith('images')))
    expect(name).toContain(shaOf(await readFile(join(parentPath, name))))

  const [kept = ''] = await expectWhole(job)
  const sha256 = NAMED.exec(kept)?.[1] ?? ''
  const run = (query: ReturnType<typeof sql>) =>
    server.deps.database.transaction('system', (tx) => query.execute(tx))
  await run(sql`update blobs set touched_at = now() - interval '2 days'`)
  await run(sql`delete from task_assets where asset_id in (select id from assets where sha256 = ${sha256})`)
  await run(sql`delete from assets where sha256 = ${sha256}`)
  while (await sweepBlob(server.deps));
  expect(shaOf(await fetched(job, kept))).toBe(sha256)
  await run(sql`delete from export_files where blob = ${blobKey(sha256)}`)
  expect(await sweepBlob(server.deps)).toBe(true)
  expect(await server.deps.storage.exists(blobKey(sha256))).toBe(false)
})
