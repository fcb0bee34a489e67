import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Webhook as Endpoint, WebhookEvent } from '@groundwork/contract'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { judgeOne, liveProject, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { publish, sql } from '../platform/index.ts'
import { deliverDue } from './index.ts'

type Message = { path: string; headers: IncomingHttpHeaders; body: string }
type Payload = { type: string; timestamp: string; data: Record<string, unknown> }

let server: TestServer
let team: TestPerson & { organizationId: string }
let receiver: ReturnType<typeof createServer>
let base: string
let received: Message[] = []
/** What the receiver answers, by path. */
let answers: Record<string, number> = {}

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  receiver = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    const path = request.url ?? ''
    received.push({ path, headers: request.headers, body })
    response.writeHead(answers[path] ?? 200).end(`seen ${path}`)
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
})
afterEach(() => {
  received = []
  answers = {}
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await server.close()
})

let count = 0
async function endpoint(events: WebhookEvent[], more: { projectId?: string } = {}) {
  const path = `/hook-${++count}`
  const { webhook, secret } = await team.client.createWebhook({
    params: { id: team.organizationId },
    body: { url: `${base}${path}`, events, ...more },
  })
  return { webhook, secret, path, got: () => received.filter((message) => message.path === path) }
}

const verified = (secret: string, { body, headers }: Message) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as Payload

const deliveries = async (webhook: Endpoint) =>
  (await team.client.listWebhookDeliveries({ params: { id: webhook.id } })).items

/** Makes what waits for its next try due now. */
const skipAhead = () =>
  server.deps.database.transaction('system', (tx) =>
    sql`update webhook_deliveries set next_try_at = now() where state = 'waiting'`.execute(tx),
  )

test('a test message arrives as Standard Webhooks has it, and is logged', async () => {
  const { webhook, secret, got } = await endpoint(['task.finished'])
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  const sent = await team.client.testWebhook({ params: { id: webhook.id } })
  expect(sent).toMatchObject({ state: 'waiting', event: 'webhook.test', attempts: [] })
  await deliverDue(server.deps)
  const [message] = got()
  if (!message) throw new Error('nothing arrived')
  expect(message.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': sent.messageId,
    'user-agent': 'Groundwork/0.0.0-test',
  })
  expect(verified(secret, message)).toMatchObject({ type: 'webhook.test', timestamp: expect.any(String) })
  expect(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`, message)).toThrow(
    'No matching signature',
  )
  expect(await deliveries(webhook)).toMatchObject([
    {
      id: sent.id,
      state: 'delivered',
      nextTryAt: null,
      attemptCount: 1,
      payload: message.body,
      attempts: [{ status: 200, response: `seen ${message.path}` }],
    },
  ])
})

test('what happens in projects is told to those who asked, once', async () => {
  const project = await liveProject(team, { tasks: 2, overlap: 1 })
  const all = await endpoint([
    'task.finished',
    'task.flagged',
    'judgment.flagged',
    'project.finished',
    'export.ready',
  ])
  const tasksOnly = await endpoint(['task.finished'])
  const elsewhere = await endpoint(['task.finished', 'project.finished'], {
    projectId: (await liveProject(team)).id,
  })
  const here = await endpoint(['project.finished'], { projectId: project.id })
  const params = { id: project.id }

  const { judgment } = await judgeOne(await server.newTrainer(), project.id)
  const flagger = await server.newTrainer()
  const { assignment } = await flagger.client.nextAssignment({ body: { projectId: project.id } })
  if (!assignment) throw new Error('nothing to flag')
  await flagger.client.flagAssignment({
    params: { id: assignment.id },
    body: { epoch: assignment.epoch, reason: 'broken_task', comment: 'Cut off.' },
  })
  // A flag leaves the judgment out of what is told of its task from then on.
  await until(server, async () => all.got().length >= 1)
  const question = await team.client.flagJudgment({
    params: { id: judgment.id },
    body: { kind: 'off_guideline', note: 'The shorter one was asked for.' },
  })
  const job = await team.client.createExport({ params, body: { format: 'raw' } })
  await team.client.finishProject({ params })
  await until(server, async () => all.got().length >= 5)
  // Handed out once more, as after a crash, the events make no second message.
  await server.deps.database.transaction({ organization: team.organizationId }, (tx) =>
    publish(tx, {
      kind: 'project.finished',
      organizationId: team.organizationId,
      payload: { projectId: project.id },
    }),
  )
  await until(server, async () => {
    const { rows } = await server.deps.database.transaction('system', (tx) =>
      sql`select from outbox`.execute(tx),
    )
    return rows.length === 0
  })
  await deliverDue(server.deps)

  const told = Object.fromEntries(
    all.got().map((message) => {
      const { type, data } = verified(all.secret, message)
      return [type, data]
    }),
  )
  expect(all.got().length).toBe(5)
  const projectId = project.id
  expect(told).toMatchObject({
    'task.finished': {
      projectId,
      taskId: judgment.taskId,
      externalId: expect.stringMatching(/^t\d$/),
      judgments: 1,
      consensus: { preference: { value: 'a' } },
    },
    'judgment.flagged': {
      projectId,
      taskId: judgment.taskId,
      externalId: expect.stringMatching(/^t\d$/),
      judgmentId: judgment.id,
      flagId: question.id,
      kind: 'off_guideline',
      note: 'The shorter one was asked for.',
      memberId: team.userId,
    },
    'task.flagged': { projectId, taskId: assignment.task.id, reason: 'broken_task', comment: 'Cut off.' },
    'export.ready': { projectId, exportId: job.id, format: 'raw' },
    'project.finished': { projectId, name: 'A project' },
  })
  const { files } = told['export.ready'] as { files: { name: string; url: string; sha256: string }[] }
  expect(files.map((file) => file.name)).toContain('manifest.json')
  expect(files[0]?.url).toContain(`/api/v1/exports/${job.id}/files/`)
  expect(tasksOnly.got().map((message) => verified(tasksOnly.secret, message).type)).toEqual([
    'task.finished',
  ])
  expect(here.got().map((message) => verified(here.secret, message).type)).toEqual(['project.finished'])
  expect(elsewhere.got()).toEqual([])
})

test('what did not arrive is tried again under the same id, and given up in the end', async () => {
  const { webhook, path, got } = await endpoint(['task.finished'])
  answers[path] = 500
  await team.client.testWebhook({ params: { id: webhook.id } })
  await deliverDue(server.deps)
  const [first] = await deliveries(webhook)
  expect(first).toMatchObject({ state: 'waiting', attemptCount: 1, attempts: [{ status: 500 }] })
  const wait = Date.parse(first?.nextTryAt ?? '') - Date.parse(first?.attempts[0]?.at ?? '')
  expect(wait).toBeGreaterThan(4_000)
  expect(wait).toBeLessThan(6_000)
  // Nothing is due before its time.
  await deliverDue(server.deps)
  expect(got().length).toBe(1)
  for (let round = 0; round < 12; round++) {
    await skipAhead()
    await deliverDue(server.deps)
  }
  const [last] = await deliveries(webhook)
  expect(last).toMatchObject({ state: 'failed', attemptCount: 10, nextTryAt: null })
  expect(new Set(got().map((message) => message.headers['webhook-id'])).size).toBe(1)
  expect((await webhookOf(webhook.id)).failingSince).not.toBeNull()

  // A replay is the same message, and begins the plan anew.
  answers[path] = 204
  await team.client.replayWebhookDelivery({ params: { id: last?.id ?? '' } })
  await deliverDue(server.deps)
  expect(await deliveries(webhook)).toMatchObject([{ state: 'delivered', attemptCount: 11 }])
  expect(got().at(-1)?.body).toBe(got()[0]?.body)
  expect(await webhookOf(webhook.id)).toMatchObject({ failingSince: null, state: 'on' })
})

async function webhookOf(id: string): Promise<Endpoint> {
  const found = (await team.client.listWebhooks({ params: { id: team.organizationId } })).items.find(
    (each) => each.id === id,
  )
  if (!found) throw new Error('no such webhook')
  return found
}

test('both secrets sign for a day after a rotation', async () => {
  const { webhook, secret, got } = await endpoint(['task.finished'])
  const rotated = await team.client.rotateWebhookSecret({ params: { id: webhook.id } })
  expect(rotated.secret).not.toBe(secret)
  const hours = (Date.parse(rotated.webhook.previousSecretUntil ?? '') - Date.now()) / 3_600_000
  expect(hours).toBeCloseTo(24, 1)
  await team.client.testWebhook({ params: { id: webhook.id } })
  await deliverDue(server.deps)
  const [message] = got()
  if (!message) throw new Error('nothing arrived')
  expect(String(message.headers['webhook-signature']).split(' ').length).toBe(2)
  for (const each of [secret, rotated.secret]) expect(verified(each, message).type).toBe('webhook.test')

  await server.deps.database.transaction('system', (tx) =>
    sql`update webhook_endpoints set previous_until = now() where id = ${webhook.id}`.execute(tx),
  )
  await team.client.testWebhook({ params: { id: webhook.id } })
  await deliverDue(server.deps)
  const later = got()[1]
  if (!later) throw new Error('nothing arrived')
  expect(verified(rotated.secret, later).type).toBe('webhook.test')
  expect(() => verified(secret, later)).toThrow('No matching signature')
})

test('secrets are not in the database as they are', async () => {
  const { webhook, secret } = await endpoint(['task.finished'])
  const { rows } = await server.deps.database.transaction('system', (tx) =>
    sql<{
      text: string
    }>`select secret::text || coalesce(previous_secret::text, '') as text from webhook_endpoints
      where id = ${webhook.id}`.execute(tx),
  )
  const plain = secret.replace('whsec_', '')
  expect(rows[0]?.text).not.toContain(Buffer.from(secret).toString('hex'))
  expect(rows[0]?.text).not.toContain(Buffer.from(plain, 'base64').toString('hex'))
})

test('a receiver that is gone stops its endpoint, so does one that is silent for days', async () => {
  const gone = await endpoint(['task.finished'])
  answers[gone.path] = 410
  await team.client.testWebhook({ params: { id: gone.webhook.id } })
  await deliverDue(server.deps)
  expect(await webhookOf(gone.webhook.id)).toMatchObject({ state: 'stopped' })
  expect(await deliveries(gone.webhook)).toMatchObject([{ state: 'failed', attemptCount: 1 }])
  await expect(team.client.testWebhook({ params: { id: gone.webhook.id } })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(
    await team.client.updateWebhook({ params: { id: gone.webhook.id }, body: { enabled: true } }),
  ).toMatchObject({ state: 'on', failingSince: null })

  const silent = await endpoint(['task.finished'])
  answers[silent.path] = 503
  await team.client.testWebhook({ params: { id: silent.webhook.id } })
  await deliverDue(server.deps)
  await server.deps.database.transaction('system', (tx) =>
    sql`update webhook_endpoints set failing_since = now() - interval '6 days' where id = ${silent.webhook.id}`.execute(
      tx,
    ),
  )
  await skipAhead()
  await deliverDue(server.deps)
  expect(await webhookOf(silent.webhook.id)).toMatchObject({ state: 'stopped' })
})

test('redirects are not followed, and an endpoint that is off is not told', async () => {
  const { webhook, path, got } = await endpoint(['task.finished'])
  answers[path] = 302
  await team.client.testWebhook({ params: { id: webhook.id } })
  await deliverDue(server.deps)
  expect(await deliveries(webhook)).toMatchObject([{ state: 'waiting', attempts: [{ status: 302 }] }])
  await team.client.updateWebhook({ params: { id: webhook.id }, body: { enabled: false } })
  await skipAhead()
  await deliverDue(server.deps)
  expect(got().length).toBe(1)
})

test.each([
  ['http://example.org/in', 'https://'],
  ['https://10.0.0.1/in', 'not on the public internet'],
  ['https://169.254.169.254/latest/meta-data', 'not on the public internet'],
  ['https://[fd00::1]/', 'not on the public internet'],
  ['file:///etc/passwd', 'https://'],
  ['https://me:secret@example.org/', 'password'],
  ['nowhere', 'no address'],
])('the address %s is refused', async (url, why) => {
  const attempt = team.client.createWebhook({
    params: { id: team.organizationId },
    body: { url, events: ['task.finished'] },
  })
  await expect(attempt).rejects.toMatchObject({
    status: 400,
    issues: [{ path: 'url', message: expect.stringContaining(why) }],
  })
})

test('endpoints are for managers, and of their own organization', async () => {
  const { webhook } = await endpoint(['task.finished'])
  const reviewer = await server.addToTeam(team.organizationId, 'reviewer')
  await expect(reviewer.client.listWebhooks({ params: { id: team.organizationId } })).rejects.toMatchObject({
    code: 'wrong_role',
  })
  const stranger = await server.newTeam()
  await expect(stranger.client.rotateWebhookSecret({ params: { id: webhook.id } })).rejects.toMatchObject({
    code: 'not_found',
  })
  const project = await liveProject(stranger)
  const attempt = team.client.createWebhook({
    params: { id: team.organizationId },
    body: { url: `${base}/x`, events: ['task.finished'], projectId: project.id },
  })
  await expect(attempt).rejects.toMatchObject({ code: 'not_found' })
  await team.client.deleteWebhook({ params: { id: webhook.id } })
  await expect(team.client.testWebhook({ params: { id: webhook.id } })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('deliveries come page by page', async () => {
  const { webhook } = await endpoint(['task.finished'])
  const params = { id: webhook.id }
  for (let index = 0; index < 3; index++) await team.client.testWebhook({ params })
  const first = await team.client.listWebhookDeliveries({ params, query: { limit: 2 } })
  const second = await team.client.listWebhookDeliveries({
    params,
    query: { limit: 2, cursor: first.nextCursor ?? '' },
  })
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
  await expect(team.client.listWebhookDeliveries({ params, query: { cursor: 'x' } })).rejects.toMatchObject({
    status: 400,
  })
})
