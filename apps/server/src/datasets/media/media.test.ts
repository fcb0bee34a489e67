import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@groundwork/client'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { dataUrl, imageLine, photo, picture, png, zipOf } from '../../../../../tests/support/images.ts'
import { runCli, runCliJson } from '../../../../../tests/support/run-cli.ts'
import {
  createTestServer,
  type TestPerson,
  type TestServer,
} from '../../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let projectId: string

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  projectId = await newProject(team)
})
afterAll(() => server.close())

async function newProject(owner: TestPerson & { organizationId: string }): Promise<string> {
  const project = await owner.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'With images',
      organizationId: owner.organizationId,
      overlap: 2,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
    },
  })
  return project.id
}

const upload = (bytes: Uint8Array, who = team) =>
  who.client.uploadMedia({ params: { id: projectId }, body: new Uint8Array(bytes) })

const importLines = (body: string | Uint8Array, client: Client = team.client, id = projectId) =>
  client.importTasks({
    params: { id },
    query: { format: 'auto' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })

async function read(id: string, person: TestPerson, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/api/v1/media/${id}`, {
    headers: { authorization: `Bearer ${person.apiKey}`, ...headers },
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

/** The parts of the images that the tasks of a project show, by external id. */
async function imagesOf(project = projectId) {
  const { rows } = await server.deps.database.transaction('system', async (tx) => {
    const { sql } = await import('../../platform/index.ts')
    return sql<{ external_id: string; payload: { context: { parts: { assetId: string }[] }[] } }>`
      select external_id, payload from tasks where project_id = ${project}`.execute(tx)
  })
  return new Map(rows.map((row) => [row.external_id, row.payload.context[0]?.parts[0]]))
}

describe('an image', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('%s is stored by what it is', async (format) => {
    const bytes = await picture(1, 40, 30).toFormat(format).toBuffer()
    const stored = await upload(bytes)
    expect(stored).toMatchObject({ width: 40, height: 30 })
    const kept = {
      png: 'image/png',
      jpeg: 'image/jpeg',
      webp: 'image/webp',
      gif: 'image/png',
      avif: 'image/webp',
    }
    expect(stored.mime).toBe(kept[format])
    const served = await read(stored.id, team)
    expect(served.headers.get('content-type')).toBe(stored.mime)
    expect(served.bytes.length).toBe(stored.bytes)
    expect(await sharp(served.bytes).metadata()).toMatchObject({ width: 40, height: 30 })
  })

  test('says nothing of who took it where, and stands upright', async () => {
    const given = await photo(2)
    expect(given.includes('SecretCamera')).toBe(true)
    const before = await sharp(given).metadata()
    expect(before).toMatchObject({ width: 64, height: 48, orientation: 6 })
    expect(before.exif).toBeDefined()

    const stored = await upload(given)
    expect(stored).toMatchObject({ width: 48, height: 64, mime: 'image/jpeg' })
    const { bytes } = await read(stored.id, team)
    const after = await sharp(bytes).metadata()
    for (const kind of ['exif', 'icc', 'iptc', 'xmp', 'orientation'] as const)
      expect(after[kind]).toBeUndefined()
    expect(bytes.includes('SecretCamera')).toBe(false)
    expect(bytes.includes('Exif')).toBe(false)
    // Green grows downwards in the picture; turned by a quarter it grows to the left.
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    const green = (x: number) => data[(10 * info.width + x) * info.channels + 1] ?? 0
    expect(green(2)).toBeGreaterThan(green(45))
  })

  test('the first frame of an animation is kept, and comments of a PNG are not', async () => {
    const frames = await Promise.all([3, 4].map((seed) => picture(seed).png().toBuffer()))
    const animated = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    expect((await sharp(animated).metadata()).pages).toBe(2)
    expect(await upload(animated)).toMatchObject({ width: 64, height: 48 })
  })

  test('the same image is one asset, in every organization its own', async () => {
    const bytes = await png(5)
    const [one, two] = [await upload(bytes), await upload(bytes)]
    expect(two.id).toBe(one.id)
    // The same pixels in another file.
    const repacked = await sharp(bytes).png({ compressionLevel: 1 }).toBuffer()
    expect(repacked.equals(bytes)).toBe(false)
    expect((await upload(repacked)).id).toBe(one.id)
    const others = await server.newTeam()
    const elsewhere = await others.client.uploadMedia({
      params: { id: await newProject(others) },
      body: new Uint8Array(bytes),
    })
    expect(elsewhere.id).not.toBe(one.id)
  })
})

describe('refused', () => {
  const reason = async (bytes: Uint8Array) =>
    upload(bytes).then(
      () => 'taken',
      (error) => `${error.status} ${error.body?.details?.reason ?? error.details?.reason ?? error.code}`,
    )

  test('what is no image, whatever it says it is', async () => {
    expect(await reason(Buffer.from(''))).toBe('422 image_type')
    expect(await reason(Buffer.from('GIF of a cat'))).toBe('422 image_type')
    expect(await reason(Buffer.from('<html><script>alert(1)</script></html>'))).toBe('422 image_type')
    expect(await reason(Buffer.from('%PDF-1.7'))).toBe('422 image_type')
  })

  test('SVG, in every disguise', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const text of [svg, `<?xml version="1.0"?>\n<!-- x -->${svg}`, `\ufeff  ${svg}`])
      expect(await reason(Buffer.from(text))).toBe('422 image_svg')
    expect(await reason(Buffer.from(svg, 'utf16le'))).toBe('422 image_svg')
  })

  test('broken bytes behind a good beginning', async () => {
    const good = await png(6)
    expect(await reason(good.subarray(0, good.length / 2))).toBe('422 image_broken')
    expect(await reason(Buffer.concat([good.subarray(0, 24), randomBytes(500)]))).toMatch(
      /^422 image_(broken|too_many)/,
    )
    expect(await reason(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(2_000)]))).toBe(
      '422 image_broken',
    )
    expect(await reason(Buffer.from('RIFF....WEBPVP8 '))).toBe('422 image_broken')
  })

  test('too many pixels, before any is decoded', async () => {
    const wide = await picture(7, 12_100, 2).png().toBuffer()
    expect(await reason(wide)).toBe('422 image_too_many_pixels')
    const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    expect(bomb.length).toBeLessThan(400_000)
    expect(await reason(bomb)).toBe('422 image_too_many_pixels')
    // Says 60 000 × 60 000 in its header and has nothing behind it.
    const forged = Buffer.from(await png(8))
    forged.writeUInt32BE(60_000, 16)
    forged.writeUInt32BE(60_000, 20)
    expect(await reason(forged)).toMatch(/^422 image_(too_many_pixels|broken)/)
  })

  test('too many bytes', async () => {
    const attempt = upload(Buffer.concat([await png(9), Buffer.alloc(20 * 1024 * 1024)]))
    await expect(attempt).rejects.toMatchObject({ status: 413, code: 'body_too_large' })
  })
})

describe('serving', () => {
  test('has an etag, is kept for ever, and runs nothing', async () => {
    const { id } = await upload(await png(10))
    const first = await read(id, team)
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-disposition': 'inline',
      'content-type': 'image/png',
      'accept-ranges': 'bytes',
    })
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await read(id, team, { 'if-none-match': tag })
      expect(again.status).toBe(304)
      expect(again.bytes.length).toBe(0)
    }
    expect((await read(id, team, { 'if-none-match': '"x"' })).status).toBe(200)
  })

  test('in parts', async () => {
    const { id, bytes: size } = await upload(await png(11))
    const whole = (await read(id, team)).bytes
    const part = async (range: string) => {
      const { status, headers, bytes } = await read(id, team, { range })
      return { status, range: headers.get('content-range'), bytes }
    }
    expect(await part('bytes=0-9')).toEqual({
      status: 206,
      range: `bytes 0-9/${size}`,
      bytes: whole.subarray(0, 10),
    })
    expect(await part('bytes=10-')).toMatchObject({ status: 206, bytes: whole.subarray(10) })
    expect(await part('bytes=-5')).toMatchObject({ status: 206, bytes: whole.subarray(-5) })
    expect(await part(`bytes=5-${size * 2}`)).toMatchObject({ status: 206, bytes: whole.subarray(5) })
    expect(await part(`bytes=${size}-`)).toMatchObject({ status: 416, range: `bytes */${size}` })
    expect(await part('bytes=-0')).toMatchObject({ status: 416 })
    for (const odd of ['bytes=9-2', 'lines=1-2', 'bytes=-', 'bytes=0-1,4-5'])
      expect(await part(odd)).toMatchObject({ status: 200, bytes: whole })
  })

  test('to members, and to trainers with a task that shows it; to nobody else', async () => {
    const id = await newProject(team)
    const shown = await team.client.uploadMedia({ params: { id }, body: new Uint8Array(await png(12)) })
    const hidden = await team.client.uploadMedia({ params: { id }, body: new Uint8Array(await png(13)) })
    await importLines(imageLine('t1', shown.id), team.client, id)
    await team.client.fundProject({ params: { id }, body: { amount: { amount: '10.00', currency: 'USD' } } })
    await team.client.launchProject({ params: { id } })
    const [trainer, bystander, outsider, viewer] = [
      await server.newTrainer(),
      await server.newTrainer(),
      await server.newTeam(),
      await server.addToTeam(team.organizationId, 'viewer'),
    ]
    expect((await read(shown.id, trainer)).status).toBe(404)
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId: id } })
    const [part] = assignment?.task.context[0]?.parts ?? []
    expect(part).toEqual({ type: 'image', assetId: shown.id, alt: 'A chart', width: 64, height: 48 })
    for (const person of [team, viewer, trainer]) expect((await read(shown.id, person)).status).toBe(200)
    for (const person of [bystander, outsider]) expect((await read(shown.id, person)).status).toBe(404)
    expect((await read(hidden.id, trainer)).status).toBe(404)
    expect((await read(hidden.id, viewer)).status).toBe(200)
    const nobody = await fetch(`${server.url}/api/v1/media/${shown.id}`)
    expect(nobody.status).toBe(401)
    // Having had it is enough: recent work can still be looked at.
    await trainer.client.skipAssignment({ params: { id: assignment?.id ?? '' }, body: { epoch: 1 } })
    expect((await read(shown.id, trainer)).status).toBe(200)
  })

  test('uploading is for managers', async () => {
    const viewer = await server.addToTeam(team.organizationId, 'viewer')
    const attempt = viewer.client.uploadMedia({
      params: { id: projectId },
      body: new Uint8Array(await png(14)),
    })
    await expect(attempt).rejects.toMatchObject({ status: 403, code: 'wrong_role' })
  })
})

describe('an import', () => {
  test('takes images as data URLs, and the tasks hold assets only', async () => {
    const url = dataUrl('text/html', await png(20))
    const result = await importLines([imageLine('d1', url), imageLine('d2', url)].join('\n'))
    expect(result).toMatchObject({ created: 2, rejectedCount: 0 })
    const images = await imagesOf()
    expect(images.get('d1')).toMatchObject({ type: 'image', width: 64, height: 48 })
    expect(images.get('d1')?.assetId).toBe(images.get('d2')?.assetId)
    expect((await read(images.get('d1')?.assetId ?? '', team)).status).toBe(200)
  })

  test('takes photographs inside rows of any format, and shows them before', async () => {
    const id = await newProject(team)
    const photos = await Promise.all(
      [30, 31].map((seed) => {
        const noise = { type: 'gaussian', mean: 128, sigma: 40 + seed } as const
        return sharp({ create: { width: 800, height: 800, channels: 3, background: '#000', noise } })
          .png()
          .toBuffer()
      }),
    )
    const urls = photos.map((each) => dataUrl('image/png', each))
    for (const url of urls) expect(url.length).toBeGreaterThan(1_000_000)
    const raw = urls.map((url, index) => imageLine(`big${index}`, url)).join('\n')
    expect(await importLines(raw, team.client, id)).toMatchObject({ created: 2, rejectedCount: 0 })
    const shown = await team.client.previewImport({ query: { format: 'auto' }, body: raw })
    expect(shown.tasks[0]?.context[0]?.parts[0]).toMatchObject({ assetId: urls[0] })
    const answer = (content: string) => [{ role: 'assistant', content }]
    const trl = urls.map((url, index) =>
      JSON.stringify({
        prompt: [{ role: 'user', content: [{ type: 'image' }, { type: 'text', text: `What is ${index}?` }] }],
        images: [url],
        chosen: answer('Noise.'),
        rejected: answer('A cat.'),
      }),
    )
    expect(await importLines(trl.join('\n'), team.client, id)).toMatchObject({ created: 2, rejectedCount: 0 })
  })

  test('rejects rows by what is wrong with their image', async () => {
    const others = await server.newTeam()
    const foreign = await others.client.uploadMedia({
      params: { id: await newProject(others) },
      body: new Uint8Array(await png(21)),
    })
    const lines = [
      imageLine('r1', 'https://tracker.example/pixel.png'),
      imageLine('r2', '//tracker.example/pixel.png'),
      imageLine('r3', 'images/alone.png'),
      imageLine('r4', '../../etc/passwd'),
      imageLine('r5', 'file:///etc/passwd'),
      imageLine('r6', foreign.id),
      imageLine('r7', dataUrl('image/png', Buffer.from('<svg></svg>'))),
      imageLine('r8', 'data:image/png;base64,%%%'),
      imageLine('r9', (await upload(await png(22))).id),
    ]
    const result = await importLines(lines.join('\n'))
    expect(result.created).toBe(1)
    expect(result.rejected.map(({ line, code }) => [line, code])).toEqual([
      [1, 'image_remote'],
      [2, 'image_remote'],
      [3, 'image_missing'],
      [4, 'image_path'],
      [5, 'image_path'],
      [6, 'image_unknown'],
      [7, 'image_svg'],
      [8, 'image_path'],
    ])
    for (const { message } of result.rejected) expect(message.length).toBeGreaterThan(30)
  })

  test('takes a zip with images beside the rows', async () => {
    const id = await newProject(team)
    const zip = zipOf({
      'set/rows/data.jsonl': [
        imageLine('z1', 'images/a.png'),
        imageLine('z2', './images/b.jpg'),
        imageLine('z3', 'shared/c.png'),
        imageLine('z4', 'images/none.png'),
        imageLine('z5', 'images/fake.png'),
        imageLine('z6', 'images\\a.png'),
        imageLine('z7', 'd.png'),
      ].join('\n'),
      'set/images/a.png': await png(23),
      'set/images/b.jpg': await photo(24),
      'set/images/fake.png': 'not a picture',
      'shared/c.png': await png(25),
      'set/rows/d.png': await png(28),
      'set/d.png': 'the nearer one is taken',
      'set/README.md': '# Set',
      '__MACOSX/set/._data.jsonl': 'x',
    })
    const result = await importLines(zip, team.client, id)
    expect(result.rejected.map(({ line, code }) => [line, code])).toEqual([
      [4, 'image_missing'],
      [5, 'image_type'],
    ])
    expect(result.created).toBe(5)
    const images = await imagesOf(id)
    expect(images.get('z2')).toMatchObject({ width: 48, height: 64 })
    expect(images.get('z6')?.assetId).toBe(images.get('z1')?.assetId)
    // Sent again, everything is there already.
    expect(await importLines(zip, team.client, id)).toMatchObject({ created: 0, duplicates: 5 })
  })

  test('shows the images of its Markdown, and leaves the text as it is', async () => {
    const id = await newProject(team)
    const text =
      'See ![the chart](images/my%20chart.png "x") and ![gone](images/gone.png), ![far](https://x.example/a.png).\n\n![ref][1]\n\n[1]: <b.png>'
    const line = {
      ...JSON.parse(imageLine('m1', 'b.png')),
      candidates: ['a', 'b'].map((name) => ({
        id: name,
        messages: [{ role: 'assistant', parts: [{ type: 'text', text: `${text} ${name}` }] }],
      })),
    }
    const plain = JSON.stringify({ ...line, context: [{ role: 'user', parts: [{ type: 'text', text }] }] })
    const zip = zipOf({
      'rows.jsonl': JSON.stringify(line),
      'images/my chart.png': await png(29),
      'b.png': await png(31),
    })
    expect(await importLines(zip, team.client, id)).toMatchObject({ created: 1, rejectedCount: 0 })
    const [task] = (await team.client.listTasks({ params: { id } })).tasks
    const { payload } = await team.client.getTask({ params: { id, taskId: task?.id ?? '' } })
    const [message] = payload.candidates[0]?.messages ?? []
    expect(message?.parts).toEqual([{ type: 'text', text: `${text} a` }])
    expect(Object.keys(message?.media ?? {}).sort()).toEqual(['b.png', 'images/my%20chart.png'])
    for (const { assetId } of Object.values(message?.media ?? {}))
      expect((await read(assetId, team)).status).toBe(200)
    // A file that comes alone has nothing to show, and is taken as it is.
    const alone = await newProject(team)
    expect(await importLines(plain, team.client, alone)).toMatchObject({ created: 1, rejectedCount: 0 })
  })

  test('without external ids the images tell tasks apart, not their names', async () => {
    const id = await newProject(team)
    const line = JSON.stringify({ ...JSON.parse(imageLine('x', 'a.png')), externalId: undefined })
    const [one, two] = [await png(26), await png(27)]
    const send = (image: Uint8Array) =>
      importLines(zipOf({ 'rows.jsonl': line, 'a.png': image }), team.client, id)
    expect(await send(one)).toMatchObject({ created: 1 })
    expect(await send(one)).toMatchObject({ created: 0, duplicates: 1 })
    expect(await send(two)).toMatchObject({ created: 1 })
  })

  test('refuses zips that are not what they should be', async () => {
    const reason = async (zip: Uint8Array) =>
      importLines(zip).then(
        () => 'taken',
        (error) => error.details?.reason ?? error.body?.details?.reason ?? error.code,
      )
    const row = imageLine('q1', 'a.png')
    const twice = zipOf({ 'rows.jsonl': row, 'a1.png': 'x', 'a2.png': 'y' })
    for (let at = twice.indexOf('a2.png'); at >= 0; at = twice.indexOf('a2.png', at))
      twice.write('a1.png', at)
    const encrypted = zipOf({ 'rows.jsonl': row })
    encrypted.writeUInt16LE(1, encrypted.indexOf('PK\x01\x02') + 8)
    expect({
      outside: await reason(zipOf({ 'rows.jsonl': row, '../outside.png': 'x' })),
      absolute: await reason(zipOf({ 'rows.jsonl': row, '/etc/passwd': 'x' })),
      backslashes: await reason(zipOf({ 'rows.jsonl': row, '..\\outside.png': 'x' })),
      nested: await reason(zipOf({ 'rows.jsonl': row, 'more.zip': zipOf({ a: 'x' }) })),
      bomb: await reason(zipOf({ 'rows.jsonl': row, 'a.png': Buffer.alloc(20 * 1024 * 1024) })),
      twice: await reason(twice),
      encrypted: await reason(encrypted),
      noData: await reason(zipOf({ 'a.png': await png(1) })),
      manyData: await reason(zipOf({ 'a.jsonl': row, 'b.csv': 'a,b' })),
      cut: await reason(zipOf({ 'rows.jsonl': row }).subarray(0, 60)),
      empty: await reason(zipOf({})),
    }).toEqual({
      outside: 'zip_path',
      absolute: 'zip_path',
      backslashes: 'zip_path',
      nested: 'zip_nested',
      bomb: 'zip_ratio',
      twice: 'zip_twice',
      encrypted: 'zip_encrypted',
      noData: 'zip_no_data',
      manyData: 'zip_many_data',
      cut: 'zip_broken',
      empty: 'zip_no_data',
    })
  })
})

test('the command line sends a folder with its images', async () => {
  const id = await newProject(team)
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-folder-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'images'))
  await mkdir(join(folder, '.git'))
  await writeFile(join(folder, 'images/ä.png'), await png(30))
  await writeFile(join(folder, 'notes.txt'), 'not sent')
  await writeFile(join(folder, '.git/other.jsonl'), 'not sent')
  await writeFile(
    join(folder, 'rows.jsonl'),
    [imageLine('f1', 'images/ä.png'), imageLine('f2', 'notes.txt')].join('\n'),
  )
  const result = await runCliJson<{ created: number; rejected: { code: string }[] }>(['import', id, folder], {
    url: server.url,
    apiKey: team.apiKey,
  })
  expect(result).toMatchObject({ created: 1, rejected: [{ line: 2, code: 'image_missing' }] })
  expect((await imagesOf(id)).get('f1')).toMatchObject({ width: 64, height: 48 })
  await rm(join(folder, 'rows.jsonl'))
  const failed = await runCli(['import', id, folder], { url: server.url, apiKey: team.apiKey })
  expect(failed.code).toBe(1)
  expect(failed.stderr).toContain('There is no file with rows')
})
