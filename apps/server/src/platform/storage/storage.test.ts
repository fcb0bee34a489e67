import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../config.ts'
import { type BlobStore, folderStore, openStorage, s3Store } from './index.ts'

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-storage-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function bytesOf(stream: AsyncIterable<Uint8Array> | null): Promise<Buffer | null> {
  return stream && Buffer.concat(await Array.fromAsync(stream))
}

/** What such a store does with PUT, GET with ranges and HEAD; refuses whatever is not signed for it. */
async function standInStore(options: { failures?: number } = {}) {
  const objects = new Map<string, { bytes: Buffer; type: string }>()
  const seen: { method: string; path: string; length: string | undefined }[] = []
  let failures = options.failures ?? 0
  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    const path = request.url ?? ''
    seen.push({ method: request.method ?? '', path, length: request.headers['content-length'] })
    const refused = fault(request)
    if (refused) return response.writeHead(403).end(`<Error><Code>${refused}</Code></Error>`)
    if (failures-- > 0) return response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>')
    if (request.method === 'PUT') {
      objects.set(path, { bytes: body, type: request.headers['content-type'] ?? '' })
      return response.writeHead(200).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(path)
      return response.writeHead(204).end()
    }
    const found = objects.get(path)
    if (!found) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const part = range ? found.bytes.subarray(Number(range[1]), Number(range[2]) + 1) : found.bytes
    response.writeHead(range ? 206 : 200, { 'content-length': part.length, 'content-type': found.type })
    response.end(request.method === 'HEAD' ? undefined : part)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, seen }
}

function fault({ headers }: IncomingMessage): string | null {
  const day = String(headers['x-amz-date'] ?? '').slice(0, 8)
  const signed = new RegExp(
    `^AWS4-HMAC-SHA256 Credential=the-key/${day}/eu-central-1/s3/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$`,
  )
  if (!/^\d{8}$/.test(day)) return 'MissingSecurityHeader'
  if (!headers['x-amz-content-sha256']) return 'MissingSecurityHeader'
  return signed.test(headers.authorization ?? '') ? null : 'SignatureDoesNotMatch'
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>))
}

const keys = { bucket: 'feedback', region: 'eu-central-1', accessKeyId: 'the-key', secretAccessKey: 'x' }

describe.each(['folder', 's3'])('a store: %s', (kind) => {
  const open = async (): Promise<BlobStore> =>
    kind === 'folder'
      ? folderStore(await newFolder())
      : s3Store({ ...keys, endpoint: (await standInStore()).endpoint, pathStyle: true })

  test('gives back what was put, whole and in parts', async () => {
    const store = await open()
    const bytes = randomBytes(300_000)
    const key = `media/ab/${createHash('sha256').update(bytes).digest('hex')}`
    expect(await store.get(key)).toBeNull()
    expect(await store.head(key)).toBeNull()
    expect(await store.exists(key)).toBe(false)
    await store.put(key, bytes, 'image/png')
    await store.put(key, bytes, 'image/png')
    expect(await store.head(key)).toEqual({ bytes: 300_000 })
    expect(await store.exists(key)).toBe(true)
    expect(await bytesOf(await store.get(key))).toEqual(bytes)
    expect(await bytesOf(await store.get(key, { start: 100_000, end: 100_009 }))).toEqual(
      bytes.subarray(100_000, 100_010),
    )
  })

  test('forgets what is removed, and does not mind when it is gone already', async () => {
    const store = await open()
    await store.put('media/ab/one', randomBytes(10), 'image/png')
    await store.put('media/ab/two', randomBytes(10), 'image/png')
    await store.remove('media/ab/one')
    await store.remove('media/ab/one')
    expect(await store.exists('media/ab/one')).toBe(false)
    expect(await store.exists('media/ab/two')).toBe(true)
  })

  test('takes a stream of unknown length', async () => {
    const store = await open()
    const bytes = randomBytes(200_000)
    async function* pieces() {
      for (let from = 0; from < bytes.length; from += 7_777) yield bytes.subarray(from, from + 7_777)
    }
    await store.put('exports/one.jsonl', pieces(), 'application/x-ndjson')
    expect(await bytesOf(await store.get('exports/one.jsonl'))).toEqual(bytes)
  })

  test('a stream that breaks off leaves nothing behind', async () => {
    const store = await open()
    async function* broken() {
      yield randomBytes(10)
      throw new Error('broke off')
    }
    await expect(store.put('exports/two', broken(), 'text/plain')).rejects.toThrow('broke off')
    expect(await store.exists('exports/two')).toBe(false)
  })

  test.each(['../x', 'a/../b', '/etc/passwd', 'a//b', 'A', '', 'a/', '.hidden'])(
    'refuses the key %j',
    async (key) => {
      const store = await open()
      await expect(async () => store.put(key, Buffer.from('x'), 'text/plain')).rejects.toThrow('Not a key')
    },
  )
})

test('a file is under its name only when it is whole', async () => {
  const folder = await newFolder()
  const store = folderStore(folder)
  const started = Promise.withResolvers<void>()
  const go = Promise.withResolvers<void>()
  async function* slow() {
    yield Buffer.from('first')
    started.resolve()
    await go.promise
    yield Buffer.from(' second')
  }
  const put = store.put('media/ab/x', slow(), 'text/plain')
  await started.promise
  expect(await store.exists('media/ab/x')).toBe(false)
  go.resolve()
  await put
  expect(await readdir(join(folder, 'media/ab'))).toEqual(['x'])
})

test('the S3 store names its bucket in the path, keeps the prefix and tries again', async () => {
  const { endpoint, objects, seen } = await standInStore({ failures: 2 })
  const store = s3Store({ ...keys, endpoint, pathStyle: true, prefix: 'groundwork/' })
  await store.put('media/ab/x', Buffer.from('abc'), 'image/png')
  expect([...objects]).toEqual([
    ['/feedback/groundwork/media/ab/x', { bytes: Buffer.from('abc'), type: 'image/png' }],
  ])
  expect(seen.map(({ method, length }) => [method, length])).toEqual([
    ['PUT', '3'],
    ['PUT', '3'],
    ['PUT', '3'],
  ])
})

test('a store that refuses says why', async () => {
  const { endpoint } = await standInStore()
  const store = s3Store({ ...keys, region: 'elsewhere', endpoint, pathStyle: true })
  await expect(store.put('a', Buffer.from('x'), 'text/plain')).rejects.toThrow(
    'PUT a with 403 (SignatureDoesNotMatch)',
  )
})

test('settings of the S3 store come together or not at all', async () => {
  expect(readConfig({}).s3).toBeUndefined()
  expect(() => readConfig({ GROUNDWORK_S3_BUCKET: 'b' })).toThrow(
    'GROUNDWORK_S3_ENDPOINT, GROUNDWORK_S3_KEY_ID, GROUNDWORK_S3_KEY_SECRET',
  )
  const { s3 } = readConfig({
    GROUNDWORK_S3_ENDPOINT: 'http://127.0.0.1:9000',
    GROUNDWORK_S3_BUCKET: 'b',
    GROUNDWORK_S3_KEY_ID: 'k',
    GROUNDWORK_S3_KEY_SECRET: 's',
    GROUNDWORK_S3_PREFIX: 'gw',
  })
  expect(s3).toMatchObject({ region: 'us-east-1', pathStyle: true, prefix: 'gw/' })
  const folder = await newFolder()
  await openStorage({ s3: undefined, dataFolder: folder }).put('a', Buffer.from('x'), 'text/plain')
  expect(await readdir(folder)).toEqual(['a'])
})
