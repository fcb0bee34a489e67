import type { CallName } from '@groundwork/contract'
import { errorFrom, OfflineError } from './errors.ts'
import { readLines } from './ndjson.ts'
import { routes } from './routes.generated.ts'
import type { CallOptions, Client, StreamBody } from './types.ts'
import { canReportUpload, countingStream, isBlob, uploadWithProgress } from './upload.ts'

export type ClientOptions = {
  /** Where the server is, without a path: `http://127.0.0.1:4100`; empty in a page that the server itself gave out. */
  baseUrl?: string
  /** A personal API key (`gw_…`); without it the session cookie of the browser counts. */
  apiKey?: string
  fetch?: typeof globalThis.fetch
}

type Route = {
  method: string
  path: string
  bodyType?: 'stream'
  responseType?: 'ndjson' | 'file' | 'csv'
}
type AnyInput = CallOptions & {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/**
 * A client of the whole API: one method per call of the contract.
 * Every method rejects with `ApiError` when the server refuses and with `OfflineError` when no answer comes.
 */
export function createClient(options: ClientOptions = {}): Client {
  const methods = Object.keys(routes).map((name) => [
    name,
    (input: AnyInput = {}) => send(options, name as CallName, input),
  ])
  return Object.fromEntries(methods) as Client
}

/** The address of a call, for links and downloads. */
export function callUrl(
  name: CallName,
  { baseUrl = '', params = {}, query = {} }: Pick<ClientOptions, 'baseUrl'> & AnyInput = {},
): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new TypeError(`${name} needs params.${key}.`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
  const text = search.toString()
  return `${baseUrl.replace(/\/$/, '')}/api/v1${path}${text ? `?${text}` : ''}`
}

async function send(options: ClientOptions, name: CallName, input: AnyInput): Promise<unknown> {
  const route: Route = routes[name]
  const url = callUrl(name, { ...input, baseUrl: options.baseUrl ?? '' })
  const headers = new Headers({ accept: 'application/json' })
  if (options.apiKey) headers.set('authorization', `Bearer ${options.apiKey}`)
  if (input.idempotencyKey) headers.set('idempotency-key', input.idempotencyKey)

  const init: RequestInit & { duplex?: 'half' } = { method: route.method, headers }
  if (input.signal) init.signal = input.signal
  if (input.keepalive) init.keepalive = true
  if (route.bodyType === 'stream') {
    headers.set('content-type', input.contentType ?? 'application/octet-stream')
    const body = input.body as StreamBody
    if (input.onProgress && isBlob(body) && canReportUpload) {
      return parseJson(await uploadWithProgress(url, init, body, input.onProgress))
    }
    init.body = countingStream(body, input.onProgress)
    init.duplex = 'half'
  } else if (input.body !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(input.body)
  }

  const response = await reach(options.fetch ?? globalThis.fetch, url, init)
  if (!response.ok) throw errorFrom(response.status, await response.text().catch(() => ''))
  if (route.responseType === 'ndjson') return readLines(response)
  if (route.responseType) return response
  return parseJson(await response.text().catch(asOffline))
}

async function reach(fetcher: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetcher(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    return asOffline(error)
  }
}

function asOffline(error: unknown): never {
  throw error instanceof Error && error.name === 'AbortError' ? error : new OfflineError(error)
}

const parseJson = (text: string): unknown => (text === '' ? null : JSON.parse(text))
