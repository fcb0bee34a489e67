import { connect } from 'node:net'
import { api, type Call, type CallName } from '@groundwork/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'

const SOMEBODY = '01900000-0000-7000-8000-000000000000'

const FORM = {
  blocks: [{ type: 'context' }],
  questions: [{ id: 'note', type: 'text', label: 'Note' }],
}

/** A body of each call that its schema accepts; the tests spoil it in one place at a time. */
const good: Partial<Record<CallName, Record<string, unknown>>> = {
  updateMe: { name: 'Ada' },
  saveTrainerProfile: {
    displayName: 'Ada',
    country: 'KE',
    timeZone: 'Africa/Nairobi',
    languages: [{ code: 'en', level: 'C2' }],
    expertise: [{ domain: 'law', level: 'domain_expert', evidence: 'bar' }],
    headline: 'x',
  },
  createApiKey: { name: 'key' },
  createOrganization: { name: 'Team' },
  updateMember: { role: 'viewer' },
  createInvitation: { email: 'a@b.example', role: 'viewer' },
  createWebhook: { url: 'https://hooks.example/in', events: ['task.finished'], description: 'x' },
  updateWebhook: { description: 'x' },
  completeSetup: {
    token: 'x',
    name: 'Ada',
    email: 'a@b.example',
    password: 'a long enough one',
    organization: 'Team',
  },
  setOperator: { operator: true },
  createProject: { template: 'compare-responses', name: 'P', guideline: '# G' },
  updateProject: { name: 'P' },
  fundProject: { amount: { amount: '1.00', currency: 'USD' } },
  updateGuideline: { markdown: '# G' },
  deleteTasks: { taskIds: ['01900000-0000-7000-8000-000000000000'] },
  createTemplate: { name: 'T', form: FORM, guideline: '# G' },
  updateTemplate: { name: 'T', form: FORM, guideline: '# G' },
  matchAudience: {},
  resolveFlag: { action: 'resume', note: '' },
  flagJudgment: { kind: 'other', note: 'Ten characters.' },
  resolveJudgmentFlag: { action: 'keep', note: 'Ten characters.' },
  createExport: { format: 'raw' },
  previewExport: { format: 'raw' },
  createDestination: {
    name: 'Hub',
    place: { kind: 'hugging_face', repository: 'team/set' },
    secret: 'hf_secret',
  },
  nextAssignment: {},
  showAssignment: { epoch: 1 },
  saveDraft: { epoch: 1, answer: { reason: 'x' }, activeMs: 1 },
  heartbeat: { epoch: 1, activeMs: 1 },
  submitJudgment: { epoch: 1, answer: { reason: 'x' }, activeMs: 1 },
  skipAssignment: { epoch: 1, reason: 'x' },
  takeUpSkipped: { projectId: '01900000-0000-7000-8000-000000000000' },
  flagAssignment: { epoch: 1, reason: 'other', comment: 'x' },
  savePreference: { value: 'x' },
  markGuidelineRead: { version: 1 },
  saveCorrectionDraft: { answer: { reason: 'x' }, basedOn: '2026-01-01T00:00:00.000Z' },
  correctJudgment: { answer: { reason: 'x' }, activeMs: 1 },
}

const withBodies = (Object.entries(api) as [CallName, Call][]).filter(
  ([, call]) => call.body && !call.bodyType,
)

let server: TestServer
let person: TestPerson
beforeAll(async () => {
  server = await createTestServer()
  person = await server.newTrainer()
})
afterAll(() => server.close())

async function send(call: Call, body: string | Uint8Array<ArrayBuffer>, contentType = 'application/json') {
  const path = call.path.replace(':key', 'a.setting').replace(/:\w+/g, SOMEBODY)
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: call.method,
    headers: { authorization: `Bearer ${person.apiKey}`, 'content-type': contentType },
    body,
  })
  const answer = (await response.json()) as {
    error?: { code: string; message: string; details?: { issues?: { path: string; code: string }[] } }
  }
  return { status: response.status, error: answer.error, issues: answer.error?.details?.issues ?? [] }
}

/** Every text in a body, with the path to it. */
function* texts(value: unknown, path: string[] = []): Generator<string[]> {
  if (typeof value === 'string') yield path
  else if (value && typeof value === 'object')
    for (const [key, each] of Object.entries(value)) yield* texts(each, [...path, key])
}

function withValue(body: unknown, path: string[], put: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return put
  if (Array.isArray(body))
    return body.map((each, index) => (String(index) === key ? withValue(each, rest, put) : each))
  return { ...(body as object), [key]: withValue((body as Record<string, unknown>)[key], rest, put) }
}

test('every call with a body is tried', () => {
  expect(withBodies.map(([name]) => name).filter((name) => !good[name])).toEqual([])
})

describe.each(withBodies)('%s', (name, call) => {
  const body = good[name] ?? {}

  test('an unknown field is named', async () => {
    const { status, error, issues } = await send(call, JSON.stringify({ ...body, colour: 'red' }))
    expect(status).toBe(400)
    expect(error?.code).toBe('invalid_input')
    expect(issues.map((issue) => issue.path)).toContain('colour')
  })

  test('a value of the wrong type is named with its path', async () => {
    for (const key of Object.keys(body)) {
      const { status, issues } = await send(
        call,
        JSON.stringify({ ...body, [key]: { not: ['what', 'is', 'wanted'] } }),
      )
      // These hold whatever JSON somebody keeps in them.
      if (key === 'answer' || (name === 'savePreference' && key === 'value')) continue
      expect(status, key).toBe(400)
      expect(
        issues.some((issue) => issue.path.startsWith(key)),
        `${key}: ${JSON.stringify(issues)}`,
      ).toBe(true)
    }
  })

  test('NUL and lone surrogates are refused wherever text can stand', async () => {
    for (const path of texts(body)) {
      // A draft may hold half-finished values of any kind; what cannot be stored is refused all the same.
      for (const bad of ['a\\u0000b', 'a\\ud800b', 'a\\udc00']) {
        const json = JSON.stringify(withValue(body, path, '@@')).replace('@@', bad)
        const { status, error } = await send(call, json)
        expect(status, `${path.join('.')} = ${bad}: ${error?.code} ${error?.message}`).toBe(400)
        expect(error?.message.length).toBeGreaterThan(5)
      }
    }
  })

  test('what is not JSON, not an object or not UTF-8 is refused', async () => {
    expect(await send(call, '{"a":')).toMatchObject({ status: 400, error: { code: 'malformed_json' } })
    expect(await send(call, '[]')).toMatchObject({ status: 400, error: { code: 'invalid_input' } })
    expect(await send(call, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).toMatchObject({
      status: 400,
      error: { code: 'invalid_encoding' },
    })
    expect(await send(call, '{"__proto__":{"operator":true}}')).toMatchObject({ status: 400 })
    expect(await send(call, 'a=b', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 415,
      error: { code: 'unsupported_media_type' },
    })
  })
})

test('text that is too long is refused, not cut', async () => {
  const long = 'x'.repeat(300_000)
  expect(await send(api.updateMe, JSON.stringify({ name: long }))).toMatchObject({
    status: 400,
    issues: [{ path: 'name', code: 'too_big' }],
  })
  expect(await send(api.updateGuideline, JSON.stringify({ markdown: long }))).toMatchObject({
    status: 400,
    issues: [{ path: 'markdown' }],
  })
})

test('an answer nested deeper than any question asks is refused', async () => {
  const body = (levels: number) =>
    `{"epoch":1,"activeMs":0,"answer":{"reason":${'['.repeat(levels)}${']'.repeat(levels)}}}`
  for (const call of [api.saveDraft, api.submitJudgment]) {
    for (const levels of [30, 100_000]) {
      expect(await send(call, body(levels))).toMatchObject({ status: 400, error: { code: 'invalid_input' } })
    }
  }
})

test('an id that is none, and a query that is none, are bad input', async () => {
  const get = async (path: string) =>
    (await fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${person.apiKey}` } }))
      .status
  expect(await get('/projects/1')).toBe(400)
  expect(await get("/projects/'; drop table tasks; --")).toBe(400)
  expect(await get(`/projects/${SOMEBODY}`)).toBe(404)
  expect(await get('/me/earnings?limit=0')).toBe(400)
  expect(await get('/me/earnings?limit=many')).toBe(400)
  expect(await get('/me/earnings?from=0000-01-01')).toBe(400)
  expect(await get('/nowhere')).toBe(404)
})

test('a body over its limit is refused before it is sent', async () => {
  const { hostname, port } = new URL(server.url)
  const answer = await new Promise<string>((resolve, reject) => {
    let seen = ''
    const socket = connect(Number(port), hostname, () => {
      // Announces a gigabyte and sends nothing of it: the answer has to come from the announcement alone.
      socket.write(
        `PUT /api/v1/projects/${SOMEBODY}/guideline HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${person.apiKey}\r\n` +
          'content-type: application/json\r\ncontent-length: 1073741824\r\n\r\n',
      )
    })
    socket.on('data', (chunk) => {
      seen += chunk
      if (seen.includes('}')) socket.destroy()
    })
    socket.on('close', () => resolve(seen))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1.1 413/)
  expect(answer).toContain('body_too_large')
})

test('a streamed body over the limit is broken off', async () => {
  let sent = 0
  async function* endless() {
    const piece = Buffer.alloc(256 * 1024, 'x')
    for (; sent < 200; sent++) yield piece
  }
  const response = await fetch(`${server.url}/api/v1/projects/${SOMEBODY}/guideline`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${person.apiKey}`, 'content-type': 'application/json' },
    body: endless() as never,
    duplex: 'half',
  } as RequestInit).catch(() => null)
  // Either the refusal arrives or the connection is closed under the sender; in no case is everything taken in.
  expect(response?.status ?? 413).toBe(413)
  expect(sent).toBeLessThan(200)
})
