import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Destination, ExportJob } from '@groundwork/contract'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { imageLine, png } from '../../../../../tests/support/images.ts'
import { until } from '../../../../../tests/support/live-project.ts'
import {
  createTestServer,
  type TestPerson,
  type TestServer,
} from '../../../../../tests/support/test-server.ts'
import { allowNetworks } from '../../platform/index.ts'
import { sendToS3 } from './send-to-s3.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let projectId: string
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  const { id } = await team.client.createProject({ body: { template: 'compare-responses', name: 'Out' } })
  projectId = id
  // Larger than a stored piece, so that parts of files lie across several of them.
  const rows = Array.from({ length: 40 }, (_, n) =>
    JSON.stringify({ idx: n, input: `Question ${n}`, one: 'a'.repeat(60_000), two: `b ${n}` }),
  )
  await team.client.importTasks({
    params: { id },
    query: { format: 'pairs', map: 'prompt=input,a=one,b=two,id=idx' },
    body: rows.join('\n'),
  })
  const asset = await team.client.uploadMedia({ params: { id }, body: new Uint8Array(await png(1)) })
  await team.client.importTasks({
    params: { id },
    query: { format: 'raw' },
    body: imageLine('pictured', asset.id),
  })
})
afterAll(() => server.close())

const bodyOf = async (request: IncomingMessage) =>
  Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))

async function listen(
  handle: (request: IncomingMessage, body: Buffer, url: string) => Answer | Promise<Answer>,
) {
  const calls: string[] = []
  let url = ''
  const stand = createServer(async (request, response) => {
    calls.push(`${request.method} ${request.url}`)
    const answer = await handle(request, await bodyOf(request), url)
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    response.end(answer.json === undefined ? '' : JSON.stringify(answer.json))
  })
  await new Promise<void>((resolve) => stand.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    stand.closeAllConnections()
    stand.close()
  })
  url = `http://127.0.0.1:${(stand.address() as AddressInfo).port}`
  return { url, calls }
}
type Answer = { status?: number; json?: unknown; headers?: Record<string, string> }

async function exportTo(
  destination: Destination,
  media: 'files' | 'references' = 'files',
): Promise<ExportJob> {
  let job = await team.client.createExport({
    params: { id: projectId },
    body: { format: 'raw', destinationId: destination.id, options: { media, provenance: media === 'files' } },
  })
  expect(job.delivery).toMatchObject({ destination: destination.name, state: 'waiting' })
  await until(server, async () => {
    job = await team.client.getExport({ params: { id: job.id } })
    return job.delivery?.state !== 'waiting'
  })
  return job
}
const add = (name: string, place: object, secret?: string) =>
  team.client.createDestination({
    params: { id: team.organizationId },
    body: { name, place: place as never, ...(secret && { secret }) },
  })

/** What the Hub does with the calls of an upload; refuses what it would refuse. */
async function standInHub(options: { exists?: boolean; failures?: number } = {}) {
  const stored = new Map<string, Buffer>()
  const parts = new Map<string, Buffer[]>()
  const committed = new Map<string, Buffer>()
  let failures = options.failures ?? 0
  const PART = 700_000
  const hub = await listen(async (request, body, url) => {
    const path = request.url ?? ''
    if (path.startsWith('/bucket/')) {
      // Signed addresses: whoever has one may put; a token must not come here.
      if (request.headers.authorization) return { status: 400 }
      const [, , oid = '', part] = path.split('/')
      if (Number(request.headers['content-length']) !== body.length) return { status: 411 }
      if (part === undefined) stored.set(oid, body)
      else {
        const known = parts.get(oid) ?? []
        known[Number(part) - 1] = body
        parts.set(oid, known)
      }
      return { headers: { etag: `"${oid.slice(0, 4)}-${part ?? 0}"` } }
    }
    if (path.startsWith('/complete/')) {
      const { oid, parts: receipts } = JSON.parse(body.toString())
      const all = parts.get(oid) ?? []
      const right = receipts.every(
        ({ partNumber, etag }: { partNumber: number; etag: string }, index: number) =>
          partNumber === index + 1 && etag === `"${oid.slice(0, 4)}-${partNumber}"`,
      )
      if (!right || receipts.length !== all.length) return { status: 400 }
      stored.set(oid, Buffer.concat(all))
      return { json: {} }
    }
    if (path === '/verify') {
      const { oid, size } = JSON.parse(body.toString())
      return { status: stored.get(oid)?.length === size ? 200 : 404, json: {} }
    }
    if (request.headers.authorization !== 'Bearer hf_right')
      return { status: 401, json: { error: 'Invalid token' } }
    if (failures-- > 0) return { status: 503 }
    if (path === '/api/repos/create') {
      expect(JSON.parse(body.toString())).toEqual({
        type: 'dataset',
        name: 'preferences',
        organization: 'my-team',
        private: true,
      })
      return options.exists
        ? { status: 409, json: { error: 'You already created this dataset repo' } }
        : { json: {} }
    }
    if (path === '/api/datasets/my-team/preferences/preupload/main') {
      const { files } = JSON.parse(body.toString())
      return {
        json: {
          files: files.map(({ path: name, size, sample }: { path: string; size: number; sample: string }) => {
            expect(Buffer.from(sample, 'base64').length).toBe(Math.min(512, size))
            return { path: name, uploadMode: size > 100_000 || name.endsWith('.json') ? 'lfs' : 'regular' }
          }),
        },
      }
    }
    if (path === '/datasets/my-team/preferences.git/info/lfs/objects/batch') {
      expect(request.headers['content-type']).toBe('application/vnd.git-lfs+json')
      const asked = JSON.parse(body.toString())
      expect(asked).toMatchObject({
        operation: 'upload',
        transfers: ['basic', 'multipart'],
        hash_algo: 'sha256',
      })
      return {
        json: {
          objects: asked.objects.map(({ oid, size }: { oid: string; size: number }) => {
            const verify = { href: `${url}/verify` }
            if (size <= PART)
              return { oid, size, actions: { upload: { href: `${url}/bucket/${oid}` }, verify } }
            const header: Record<string, string> = { chunk_size: String(PART) }
            for (let part = 1; part <= Math.ceil(size / PART); part++)
              header[String(part).padStart(5, '0')] = `${url}/bucket/${oid}/${part}`
            return { oid, size, actions: { upload: { href: `${url}/complete/${oid}`, header }, verify } }
          }),
        },
      }
    }
    if (path === '/api/datasets/my-team/preferences/paths-info/main') {
      const { paths } = JSON.parse(body.toString())
      return {
        json: paths.flatMap((name: string) => (committed.has(name) ? [{ path: name, type: 'file' }] : [])),
      }
    }
    if (path === '/api/datasets/my-team/preferences/commit/main') {
      expect(request.headers['content-type']).toBe('application/x-ndjson')
      const [header, ...files] = body
        .toString()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(header).toMatchObject({ key: 'header', value: { summary: 'Export of Out' } })
      for (const { key, value } of files) {
        if (key === 'deletedFile') {
          if (!committed.delete(value.path)) return { status: 400, json: { error: 'No such file' } }
          continue
        }
        const large = stored.get(value.oid)
        if (key === 'lfsFile' && (!large || value.algo !== 'sha256' || large.length !== value.size))
          return { status: 400, json: { error: 'LFS pointer without its object' } }
        committed.set(value.path, key === 'file' ? Buffer.from(value.content, 'base64') : (large as Buffer))
      }
      return { json: { success: true, commitOid: 'abc' } }
    }
    return { status: 404 }
  })
  server.deps.exportPlaces = { ...server.deps.exportPlaces, huggingFaceUrl: hub.url }
  return { ...hub, committed }
}

async function expectSameFiles(
  job: ExportJob,
  there: (name: string) => Promise<Buffer> | Buffer | undefined,
) {
  const manifest = JSON.parse(String(await there('manifest.json')))
  const images = manifest.files.filter(({ name }: { name: string }) => name.startsWith('images/'))
  expect(images).toHaveLength(1)
  for (const file of [...job.files, ...images]) {
    const bytes = await there(file.name)
    expect(
      createHash('sha256')
        .update(bytes ?? '')
        .digest('hex'),
      file.name,
    ).toBe(file.sha256)
  }
}

test('Hugging Face: the repository is made, large files go by LFS in parts, and one commit holds them all', async () => {
  const hub = await standInHub({ failures: 1 })
  const destination = await add(
    'Hub',
    { kind: 'hugging_face', repository: 'my-team/preferences' },
    'hf_right',
  )
  expect(destination).toMatchObject({ hasSecret: true })
  expect(JSON.stringify(destination)).not.toContain('hf_right')
  const job = await exportTo(destination)
  expect(job.delivery).toEqual({
    destination: 'Hub',
    state: 'done',
    url: `${hub.url}/datasets/my-team/preferences`,
    error: null,
  })
  await expectSameFiles(job, (name) => hub.committed.get(name))
  hub.committed.set('notes.txt', Buffer.from('Of somebody else.'))
  const next = await exportTo(destination, 'references')
  expect(next.delivery).toMatchObject({ state: 'done' })
  expect([...hub.committed.keys()].sort()).toEqual(
    [...next.files.map(({ name }) => name), 'notes.txt'].sort(),
  )
  expect(hub.calls.filter((call) => /\/bucket\/[0-9a-f]{64}\/\d+$/.test(call)).length).toBeGreaterThan(2)
  const { rows } = await server.deps.database.transaction('system', async (tx) => {
    const { sql } = await import('../../platform/index.ts')
    return sql<{
      secret: Buffer
    }>`select secret from export_destinations where id = ${destination.id}`.execute(tx)
  })
  expect(rows[0]?.secret.includes('hf_right')).toBe(false)
})

test('Hugging Face: a repository that is there is used; a wrong token is said in words and can be tried again', async () => {
  await standInHub({ exists: true })
  const wrong = await add('Wrong', { kind: 'hugging_face', repository: 'my-team/preferences' }, 'hf_wrong')
  const job = await exportTo(wrong)
  expect(job).toMatchObject({ status: 'done', delivery: { state: 'failed', url: null } })
  expect(job.delivery?.error).toMatch(/401 \(Invalid token\).*allowed to write/)
  expect(await team.client.deliverExport({ params: { id: job.id } })).toMatchObject({
    delivery: { state: 'waiting' },
  })
  const right = await add('Right', { kind: 'hugging_face', repository: 'my-team/preferences' }, 'hf_right')
  expect((await exportTo(right)).delivery).toMatchObject({ state: 'done' })
})

test('an S3 store: signed, one object a file; only where the operator allows it', async () => {
  const objects = new Map<string, Buffer>()
  const store = await listen((request, body) => {
    if (!/^AWS4-HMAC-SHA256 Credential=the-key\/\d{8}\/eu-1\/s3\//.test(request.headers.authorization ?? ''))
      return { status: 403 }
    if (request.method === 'DELETE') objects.delete(decodeURIComponent(request.url ?? ''))
    else objects.set(decodeURIComponent(request.url ?? ''), body)
    return {}
  })
  const place = {
    ...{ kind: 's3', endpoint: store.url, region: 'eu-1', bucket: 'feedback' },
    ...{ prefix: 'team/sets', accessKeyId: 'the-key' },
  }
  const destination = await add('Bucket', place, 'key-secret')
  const ways = [
    { hosts: [], networks: [], error: /https/ },
    { hosts: ['s3.example.org'], networks: ['127.0.0.0/8'], error: /operator/ },
    { hosts: [], networks: ['127.0.0.0/8'], error: null },
    { hosts: [new URL(store.url).host], networks: [], error: null },
  ]
  for (const { hosts, networks, error } of ways) {
    objects.clear()
    server.deps.exportPlaces = { ...server.deps.exportPlaces, s3Hosts: hosts }
    server.deps.allowedNetworks = allowNetworks(networks)
    const job = await exportTo(destination)
    if (error) {
      expect(job.delivery).toMatchObject({ state: 'failed', error: expect.stringMatching(error) })
      continue
    }
    expect(job.delivery).toMatchObject({ state: 'done', url: 's3://feedback/team/sets' })
    await expectSameFiles(job, (name) => objects.get(`/feedback/team/sets/${name}`))
    objects.set('/feedback/team/sets/notes.txt', Buffer.from('Of somebody else.'))
    const next = await exportTo(destination, 'references')
    expect([...objects.keys()].sort()).toEqual(
      [...next.files.map(({ name }) => name), 'notes.txt']
        .map((name) => `/feedback/team/sets/${name}`)
        .sort(),
    )
  }
})

test('a team reaches no machine of the network that the server stands in', async () => {
  for (const host of [
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '[::1]',
    '[fd00::1]',
    '[::ffff:10.0.0.1]',
    'localhost',
  ]) {
    const place = {
      kind: 's3',
      endpoint: `https://${host}/`,
      region: 'x',
      bucket: 'b',
      prefix: '',
      accessKeyId: 'k',
    }
    const sent = sendToS3(
      place as never,
      'secret',
      { hosts: [], networks: allowNetworks([]) },
      {
        files: [{ name: 'a', bytes: 1, sha256: 'x', read: async function* () {} }],
        stale: [],
      },
    )
    await expect(sent, host).rejects.toThrow(/public internet/)
  }
  const named = { hosts: ['s3.example.org'], networks: allowNetworks([]) }
  const place = {
    kind: 's3',
    endpoint: 'https://93.184.216.34/',
    region: 'x',
    bucket: 'b',
    prefix: '',
    accessKeyId: 'k',
  }
  await expect(sendToS3(place as never, 'secret', named, { files: [], stale: [] })).rejects.toThrow(
    /operator/,
  )
})

test('a folder: below the one that the operator allows, whole files only', async () => {
  const root = await mkdtemp(join(tmpdir(), 'groundwork-exports-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await expect(add('Folder', { kind: 'folder', path: 'team/sets' })).rejects.toMatchObject({ status: 400 })
  server.deps.exportPlaces = { ...server.deps.exportPlaces, folder: root }
  for (const path of ['../out', '/etc', 'a/../../out'])
    await expect(add('Folder', { kind: 'folder', path })).rejects.toMatchObject({ status: 400 })
  const destination = await add('Folder', { kind: 'folder', path: 'team/sets' })
  await expect(add('Folder', { kind: 'folder', path: 'other' })).rejects.toMatchObject({ status: 409 })
  const job = await exportTo(destination)
  const folder = join(root, 'team', 'sets')
  expect(job.delivery).toMatchObject({ state: 'done', url: folder })
  expect((await readdir(folder)).sort()).toEqual([...job.files.map(({ name }) => name), 'images'].sort())
  await expectSameFiles(job, (name) => readFile(join(folder, name)))
  // What this export does not have goes away, and nothing that is not ours.
  await writeFile(join(folder, 'notes.txt'), 'Of somebody else.')
  const next = await exportTo(destination, 'references')
  expect((await readdir(folder)).sort()).toEqual([...next.files.map(({ name }) => name), 'notes.txt'].sort())
  const elsewhere = await mkdtemp(join(tmpdir(), 'groundwork-elsewhere-'))
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }))
  await symlink(elsewhere, join(root, 'link'))
  const led = await exportTo(await add('Link', { kind: 'folder', path: 'link/deep' }))
  expect(led.delivery).toMatchObject({ state: 'failed', error: expect.stringMatching(/leads out/) })
  expect(await readdir(elsewhere)).toEqual([])
})

test('a destination that is removed is gone with its secret; exports remember its name', async () => {
  await standInHub()
  const destination = await add(
    'Gone',
    { kind: 'hugging_face', repository: 'my-team/preferences' },
    'hf_right',
  )
  const job = await exportTo(destination)
  await team.client.removeDestination({ params: { id: destination.id } })
  const { items } = await team.client.listDestinations({ params: { id: team.organizationId } })
  expect(items.map(({ name }) => name)).not.toContain('Gone')
  expect((await team.client.getExport({ params: { id: job.id } })).delivery).toMatchObject({
    destination: 'Gone',
  })
  await expect(team.client.deliverExport({ params: { id: job.id } })).rejects.toMatchObject({ status: 409 })
})
