import { openAsBlob } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { type BlobSource, type BlobStore, type ByteRange, checkKey } from './blob-store.ts'

export type S3Options = {
  /** Such as `https://s3.eu-central-1.amazonaws.com` or `http://127.0.0.1:9000`. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  pathStyle: boolean
  /** Stands before every key, such as `groundwork/`. */
  prefix?: string | undefined
}

const TRIES_AGAIN = 3
/** Until the answer begins; the bytes of a large answer may take longer, and those that are sent count extra. */
const ANSWER_MS = 30_000
const SLOWEST_BYTES_PER_MS = 100

/** Keeps blobs in a bucket of any store that speaks the S3 protocol. Objects of up to 5 GB. */
export function s3Store(options: S3Options): BlobStore {
  const client = new AwsClient({
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    service: 's3',
    region: options.region,
    retries: TRIES_AGAIN,
  })
  const base = baseUrl(options)
  const urlOf = (key: string) => `${base}${options.prefix ?? ''}${checkKey(key)}`
  /** Every answer but 2xx and 404 is an error. */
  const ask = async (key: string, init: RequestInit): Promise<Response | null> => {
    const size = init.body instanceof Blob ? init.body.size : 0
    const response = await withinTime(ANSWER_MS + size / SLOWEST_BYTES_PER_MS, (signal) =>
      client.fetch(urlOf(key), { ...init, signal }),
    )
    if (response.ok) return response
    const said = await response.text().catch(() => '')
    if (response.status === 404) return null
    const code = /<Code>(\w+)<\/Code>/.exec(said)?.[1] ?? 'no code'
    throw new Error(`The S3 store answered ${init.method} ${key} with ${response.status} (${code}).`)
  }
  const head: BlobStore['head'] = async (key) => {
    const response = await ask(key, { method: 'HEAD' })
    return response && { bytes: Number(response.headers.get('content-length') ?? 0) }
  }
  return {
    head,
    exists: async (key) => (await head(key)) !== null,
    put: (key, source, type) =>
      asBlob(source, type, async (body) => {
        const done = await ask(key, { method: 'PUT', body, headers: { 'content-type': type } })
        if (!done) throw new Error(`The S3 store has no bucket ${options.bucket}.`)
      }),
    remove: async (key) => {
      await ask(key, { method: 'DELETE' })
    },
    get: async (key, range) => {
      const response = await ask(key, { method: 'GET', ...(range && { headers: rangeHeader(range) }) })
      if (!response) return null
      if (range && response.status !== 206) throw new Error('The S3 store does not know ranges.')
      return response.body ?? emptyStream()
    },
  }
}

const rangeHeader = ({ start, end }: ByteRange) => ({ range: `bytes=${start}-${end}` })

function baseUrl({ endpoint, bucket, pathStyle }: S3Options): string {
  const url = new URL(endpoint)
  const root = `${url.pathname.replace(/\/$/, '')}/`
  if (pathStyle) return `${url.origin}${root}${bucket}/`
  return `${url.protocol}//${bucket}.${url.host}${root}`
}

async function* emptyStream(): AsyncGenerator<Uint8Array> {}

/** The clock only runs until the answer begins. */
async function withinTime(ms: number, ask: (signal: AbortSignal) => Promise<Response>): Promise<Response> {
  const cancel = new AbortController()
  const timer = setTimeout(() => cancel.abort(new Error('The S3 store does not answer.')), ms)
  try {
    return await ask(cancel.signal)
  } finally {
    clearTimeout(timer)
  }
}

/** The protocol wants the length first, so a stream of unknown length takes the way over a file. */
async function asBlob(source: BlobSource, type: string, use: (blob: Blob) => Promise<void>): Promise<void> {
  if (source instanceof Uint8Array) return use(new Blob([Buffer.from(source)], { type }))
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-put-'))
  try {
    const path = join(folder, 'blob')
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of source) await file.writeFile(chunk)
    } finally {
      await file.close()
    }
    await use(await openAsBlob(path, { type }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
