import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { api } from '@groundwork/contract'
import { afterEach, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { ApiError, OfflineError } from './errors.ts'
import { renderRoutes, routesFile } from './generate-routes.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
  server = undefined
})

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => unknown) {
  server = createServer(handle)
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

const refuse = (response: ServerResponse, status: number, error: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))

test('the table of routes is that of the contract', async () => {
  expect(await readFile(routesFile, 'utf8')).toBe(renderRoutes(api))
})

test('sends path, query, body, key and idempotency key', async () => {
  const seen: unknown[] = []
  const baseUrl = await serve(async (request, response) => {
    seen.push([
      request.method,
      request.url,
      request.headers.authorization,
      request.headers['idempotency-key'],
    ])
    seen.push(await bodyOf(request))
    response.end('{"ok":true}')
  })
  const client = createClient({ baseUrl, apiKey: 'gw_secret' })
  await client.fundProject({
    params: { id: 'a/b' },
    body: { amount: { amount: '1.00', currency: 'USD' } },
    idempotencyKey: 'key-1',
  })
  await client.getEarnings({ query: { limit: 5 } })
  await client.nextAssignment()
  expect(seen).toEqual([
    ['POST', '/api/v1/projects/a%2Fb/fund', 'Bearer gw_secret', 'key-1'],
    '{"amount":{"amount":"1.00","currency":"USD"}}',
    ['GET', '/api/v1/me/earnings?limit=5', 'Bearer gw_secret', undefined],
    '',
    ['POST', '/api/v1/assignments/next', 'Bearer gw_secret', undefined],
    '',
  ])
})

test('a refusal becomes an ApiError with its issues', async () => {
  const issues = [{ path: 'pay.hourly', code: 'invalid_format', message: 'Write "30.00".' }]
  const baseUrl = await serve((_, response) =>
    refuse(response, 400, { code: 'invalid_input', message: 'Look at the fields.', details: issues }),
  )
  const failure = await createClient({ baseUrl })
    .getMe()
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ApiError)
  expect(failure).toMatchObject({
    status: 400,
    code: 'invalid_input',
    message: 'Look at the fields.',
    issues,
  })
})

test('a page of a proxy becomes an ApiError by its status', async () => {
  const baseUrl = await serve((_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'))
  await expect(createClient({ baseUrl }).getMe()).rejects.toMatchObject({ status: 502, code: 'unavailable' })
})

test('no server becomes an OfflineError, also in the middle of an answer', async () => {
  await expect(createClient({ baseUrl: 'http://127.0.0.1:1' }).getMe()).rejects.toBeInstanceOf(OfflineError)
  const baseUrl = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"half', () => response.destroy())
  })
  await expect(createClient({ baseUrl }).getMe()).rejects.toBeInstanceOf(OfflineError)
})

test('a cancelled call rejects as cancelled, not as offline', async () => {
  const baseUrl = await serve(() => {})
  const cancel = new AbortController()
  const call = createClient({ baseUrl }).getMe({ signal: cancel.signal })
  cancel.abort()
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
})

test('NDJSON comes line by line, whatever the chunks, and an error line is thrown', async () => {
  const baseUrl = await serve((_, response) => {
    response.write('{"task":{"id":"1","externalId":"ä')
    response.write('"}}\n{"task":{"id":"2","externalId":null}}\n')
    response.end('{"error":{"code":"internal","message":"The database went away."}}\n')
  })
  const lines: unknown[] = []
  const read = async () => {
    for await (const line of await createClient({ baseUrl }).getResults({ params: { id: 'p' } })) {
      lines.push(line.task)
    }
  }
  await expect(read()).rejects.toMatchObject({ code: 'internal', message: 'The database went away.' })
  expect(lines).toEqual([
    { id: '1', externalId: 'ä' },
    { id: '2', externalId: null },
  ])
})

test('a streamed body is sent chunk by chunk with its progress', async () => {
  const baseUrl = await serve(async (request, response) => {
    const text = await bodyOf(request)
    response.end(JSON.stringify({ created: text.length, type: request.headers['content-type'] }))
  })
  async function* chunks() {
    for (let index = 0; index < 3; index++) yield new TextEncoder().encode('x'.repeat(1000))
  }
  const progress: number[] = []
  const imported = await createClient({ baseUrl }).importTasks({
    params: { id: 'p' },
    query: { format: 'hh-rlhf' },
    body: chunks(),
    contentType: 'application/x-ndjson',
    onProgress: (sent) => progress.push(sent),
  })
  expect(imported).toMatchObject({ created: 3000, type: 'application/x-ndjson' })
  expect(progress).toEqual([1000, 2000, 3000])
})

test('files come as the raw response', async () => {
  const baseUrl = await serve((_, response) => response.end('date,amount\n'))
  const response = await createClient({ baseUrl }).getEarningsCsv()
  expect(await response.text()).toBe('date,amount\n')
})
