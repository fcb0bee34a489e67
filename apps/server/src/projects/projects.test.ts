import { ApiError, type Client, createClient } from '@groundwork/client'
import type { CreateProject } from '@groundwork/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { untilWaitingOrDone } from '../../../../tests/support/until-waiting.ts'
import { newId } from '../platform/index.ts'
import { projectHeader, setProjectState } from './index.ts'
import { putPayTerms } from './version-queries.ts'

let server: TestServer
let manager: TestPerson
let reviewer: TestPerson
let stranger: TestPerson
let organizationId: string
let nobody: Client

beforeAll(async () => {
  server = await createTestServer()
  const team = await server.newTeam()
  organizationId = team.organizationId
  manager = await server.addToTeam(organizationId, 'manager')
  reviewer = await server.addToTeam(organizationId, 'reviewer')
  stranger = await server.newTeam()
  nobody = createClient({ baseUrl: server.url })
})

afterAll(() => server.close())

const settings: CreateProject = {
  template: 'compare-responses',
  name: 'Coding answers',
  overlap: 3,
  pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
}
const usd = (amount: string) => ({ amount, currency: 'USD' as const })

const newProject = async (changes: Partial<CreateProject> = {}) =>
  manager.client.createProject({ body: { ...settings, ...changes } })

/** How a call was refused: `code`, or `code path` of the first wrong field. */
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      return [error.code, error.issues[0]?.path].filter(Boolean).join(' ')
    },
  )

const inside = <T>(work: Parameters<typeof server.deps.database.transaction<T>>[1]) =>
  server.deps.database.transaction({ organization: organizationId }, work)

const setState = (projectId: string, to: 'live' | 'paused' | 'finished') =>
  inside((tx) => setProjectState(tx, projectId, ['draft', 'live', 'paused'], to, manager))

const actionsOn = async (projectId: string) =>
  inside(async (tx) => {
    const rows = await tx
      .selectFrom('audit_events')
      .select('action')
      .where('subject_id', '=', projectId)
      .orderBy('id')
      .execute()
    return rows.map((row) => row.action)
  })

test('a project starts as a draft with the form and guideline of its template and pay derived from its rate', async () => {
  const project = await newProject({ pay: { currency: 'USD', hourly: '31.00', estimateSeconds: 61 } })
  expect(project).toMatchObject({
    organizationId,
    name: 'Coding answers',
    state: 'draft',
    overlap: { kind: 'fixed', judgments: 3 },
    // 31 × 61 / 3600 = 0.52527…, rounded up to the cent
    pay: { version: 1, currency: 'USD', hourly: '31.00', estimateSeconds: 61, perJudgment: usd('0.53') },
    reviewWindowDays: 7,
    leaseMinutes: 30,
    guideline: { version: 1 },
    launchedAt: null,
    progress: { tasks: 0, judgments: 0, money: { funded: usd('0.00'), free: usd('0.00') }, trueWage: null },
  })
  const { items } = await manager.client.listTemplates()
  expect(project.form).toEqual(items[0]?.form)
  expect(project.guideline.markdown).toBe(items[0]?.guideline)
  expect(await actionsOn(project.id)).toEqual(['project.created'])
})

test('form and guideline can be given', async () => {
  const { items } = await manager.client.listTemplates()
  const [template] = items
  if (!template) throw new Error('no template')
  const form = { ...template.form, questions: template.form.questions.slice(0, 1) }
  const project = await newProject({ form, guideline: '# Short' })
  expect(project.form.questions).toHaveLength(1)
  expect(project.guideline.markdown).toBe('# Short')
})

test.each<[string, Partial<CreateProject> & Record<string, unknown>]>([
  ['invalid_input template', { template: 'constructor' }],
  ['invalid_input name', { name: ' ' }],
  ['invalid_input colour', { colour: 'red' }],
  ['invalid_input pay.hourly', { pay: { currency: 'USD', hourly: '30.123', estimateSeconds: 60 } }],
  ['invalid_input pay.hourly', { pay: { currency: 'JPY', hourly: '30.5', estimateSeconds: 60 } }],
  ['invalid_input pay.hourly', { pay: { currency: 'USD', hourly: '0.00', estimateSeconds: 60 } }],
  ['invalid_input pay.hourly', { pay: { currency: 'USD', hourly: '-3', estimateSeconds: 60 } }],
  ['invalid_input pay.currency', { pay: { currency: 'XXX' as 'USD', hourly: '3', estimateSeconds: 60 } }],
  ['invalid_input audience.countries.0', { audience: { countries: ['Kenya'] } }],
  ['invalid_input overlap', { overlap: 0 }],
])('creating is refused: %s', async (expected, changes) => {
  expect(await refusal(newProject(changes))).toBe(expected)
})

test('creating needs a manager of the organization', async () => {
  const body = { ...settings, organizationId }
  expect(await refusal(nobody.createProject({ body }))).toBe('not_signed_in')
  expect(await refusal(reviewer.client.createProject({ body }))).toBe('wrong_role')
  expect(await refusal(stranger.client.createProject({ body }))).toBe('not_found')
})

test('the same idempotency key gives the same project, and refuses other settings', async () => {
  const idempotencyKey = newId()
  const created = await Promise.all(
    [1, 2, 3].map(() => manager.client.createProject({ body: settings, idempotencyKey })),
  )
  expect(new Set(created.map((project) => project.id)).size).toBe(1)
  expect(await actionsOn(created[0]?.id ?? '')).toEqual(['project.created'])
  const other = manager.client.createProject({ body: { ...settings, name: 'Other' }, idempotencyKey })
  expect(await refusal(other)).toBe('idempotency_mismatch')
  expect((await newProject()).id).not.toBe((await newProject()).id)
})

test('a draft changes in place; after launch pay and form get a new version', async () => {
  const { id, form } = await newProject()
  const update = (body: Parameters<Client['updateProject']>[0]['body']) =>
    manager.client.updateProject({ params: { id }, body })
  const pay = { currency: 'EUR' as const, hourly: '40.00', estimateSeconds: 90 }
  expect((await update({ pay, name: 'Renamed', overlap: 5, leaseMinutes: 10 })).pay).toMatchObject({
    version: 1,
    perJudgment: { amount: '1.00', currency: 'EUR' },
  })
  await setState(id, 'live')
  const shorter = { ...form, questions: form.questions.slice(0, 1) }
  const changed = await update({ pay: { ...pay, hourly: '44.00' }, form: shorter })
  expect(changed).toMatchObject({
    name: 'Renamed',
    overlap: { judgments: 5 },
    leaseMinutes: 10,
    pay: { version: 2, hourly: '44.00', perJudgment: { amount: '1.10' } },
    form: shorter,
  })
  expect((await update({ pay: { ...pay, hourly: '44.00' } })).pay.version).toBe(2)
  expect(await refusal(update({ pay: { ...pay, currency: 'USD' } }))).toBe('invalid_input pay.currency')
  await setState(id, 'finished')
  expect(await refusal(update({ name: 'Too late' }))).toBe('project_closed')
})

test('changing needs a manager of the organization', async () => {
  const { id } = await newProject()
  const input = { params: { id }, body: { name: 'Mine now' } }
  expect(await refusal(nobody.updateProject(input))).toBe('not_signed_in')
  expect(await refusal(reviewer.client.updateProject(input))).toBe('wrong_role')
  expect(await refusal(stranger.client.updateProject(input))).toBe('not_found')
  expect(await refusal(manager.client.updateProject({ ...input, params: { id: newId() } }))).toBe('not_found')
})

test('states change along the life of a project only, each with its audit event', async () => {
  const { id } = await newProject()
  const change = (from: ('draft' | 'live' | 'paused')[], to: 'live' | 'paused' | 'finished') =>
    inside((tx) => setProjectState(tx, id, from, to, manager))
  await expect(change(['live'], 'paused')).rejects.toMatchObject({
    code: 'project_closed',
    details: { state: 'draft' },
  })
  const { launched_at: launchedAt } = await change(['draft', 'paused'], 'live')
  await change(['live'], 'paused')
  expect((await change(['draft', 'paused'], 'live')).launched_at).toEqual(launchedAt)
  expect(await change(['live'], 'finished')).toMatchObject({
    state: 'finished',
    finished_at: expect.any(Date),
  })
  await expect(change(['draft', 'paused'], 'live')).rejects.toMatchObject({ code: 'project_closed' })
  expect(await actionsOn(id)).toEqual([
    'project.created',
    'project.launched',
    'project.paused',
    'project.resumed',
    'project.finished',
  ])
})

test('funding moves money into escrow, once for each key, and tells who waits for it', async () => {
  const { id } = await newProject()
  const fund = (amount: string, idempotencyKey?: string) =>
    manager.client.fundProject({
      params: { id },
      body: { amount: usd(amount) },
      ...(idempotencyKey ? { idempotencyKey } : {}),
    })
  const key = newId()
  const [first, second] = await Promise.all([fund('100.00', key), fund('100.0', key)])
  expect(first).toEqual(second)
  expect(first.escrow).toEqual(usd('100.00'))
  expect(await refusal(fund('100.01', key))).toBe('idempotency_mismatch')
  await fund('0.5')
  expect((await fund('0.5')).escrow).toEqual(usd('101.00'))
  expect((await manager.client.getProject({ params: { id } })).progress.money).toEqual({
    funded: usd('101.00'),
    spent: usd('0.00'),
    held: usd('0.00'),
    free: usd('101.00'),
  })
  expect((await actionsOn(id)).filter((action) => action === 'project.funded')).toHaveLength(3)
  const events = await inside((tx) =>
    tx.selectFrom('outbox').select('payload').where('kind', '=', 'project.funded').execute(),
  )
  expect(events.filter((event) => JSON.stringify(event.payload).includes(id))).toHaveLength(3)
  await setState(id, 'finished')
  expect(await refusal(fund('1'))).toBe('project_closed')
  expect(await fund('100', key)).toMatchObject({ transferId: first.transferId })
})

test.each([
  ['invalid_input amount.amount', { amount: '1.005', currency: 'USD' as const }],
  ['invalid_input amount.amount', { amount: '0.00', currency: 'USD' as const }],
  ['invalid_input amount.amount', { amount: '-1.00', currency: 'USD' as const }],
  ['invalid_input amount.amount', { amount: '1e9', currency: 'USD' as const }],
  ['invalid_input amount.currency', { amount: '1.00', currency: 'EUR' as const }],
])('funding is refused: %s', async (expected, amount) => {
  const { id } = await newProject()
  expect(await refusal(manager.client.fundProject({ params: { id }, body: { amount } }))).toBe(expected)
})

test('an escrow takes no more than an amount can say', async () => {
  const { id } = await newProject()
  const fund = (amount: string) =>
    manager.client.fundProject({ params: { id }, body: { amount: usd(amount) } })
  await fund('999999999999')
  expect(await refusal(fund('1'))).toBe('invalid_input amount.amount')
  expect((await fund('0.99')).escrow).toEqual(usd('999999999999.99'))
})

test('funding needs a manager of the organization', async () => {
  const { id } = await newProject()
  const input = { params: { id }, body: { amount: usd('1.00') } }
  expect(await refusal(nobody.fundProject(input))).toBe('not_signed_in')
  expect(await refusal(reviewer.client.fundProject(input))).toBe('wrong_role')
  expect(await refusal(stranger.client.fundProject(input))).toBe('not_found')
})

test('a funded draft keeps its currency', async () => {
  const { id } = await newProject()
  await manager.client.fundProject({ params: { id }, body: { amount: usd('1.00') } })
  const pay = { currency: 'EUR' as const, hourly: '40.00', estimateSeconds: 90 }
  expect(await refusal(manager.client.updateProject({ params: { id }, body: { pay } }))).toBe(
    'invalid_input pay.currency',
  )
})

test('the trial balance names the accounts and sums to zero', async () => {
  const { id } = await newProject()
  await manager.client.fundProject({ params: { id }, body: { amount: usd('12.34') } })
  expect(await reviewer.client.getLedger({ params: { id } })).toEqual({
    accounts: [
      {
        kind: 'funding_source',
        owner: { id: organizationId, name: expect.stringMatching(/^Team/) },
        currency: 'USD',
        posted: '-12.34',
        held: '0.00',
      },
      {
        kind: 'escrow',
        owner: { id, name: 'Coding answers' },
        currency: 'USD',
        posted: '12.34',
        held: '0.00',
      },
    ],
    sums: { USD: '0.00' },
  })
  const { id: unfunded } = await newProject({ pay: { currency: 'JPY', hourly: '3000', estimateSeconds: 60 } })
  expect(await manager.client.getLedger({ params: { id: unfunded } })).toEqual({
    accounts: [],
    sums: { JPY: '0' },
  })
  expect(await refusal(nobody.getLedger({ params: { id } }))).toBe('not_signed_in')
  expect(await refusal(stranger.client.getLedger({ params: { id } }))).toBe('not_found')
})

test('a guideline is kept in versions', async () => {
  const { id } = await newProject({ guideline: 'One' })
  const put = (client: Client, markdown: string) =>
    client.updateGuideline({ params: { id }, body: { markdown } })
  const second = await put(manager.client, 'Two')
  expect(second).toMatchObject({ version: 2, markdown: 'Two', createdBy: 'Test manager' })
  expect((await put(manager.client, 'Two')).version).toBe(2)
  const { items } = await reviewer.client.listGuidelines({ params: { id } })
  expect(items.map((each) => each.markdown)).toEqual(['Two', 'One'])
  expect((await manager.client.getProject({ params: { id } })).guideline).toMatchObject({ version: 2 })
  expect(await refusal(put(manager.client, ''))).toBe('invalid_input markdown')
  expect(await refusal(put(manager.client, 'a\u0000b'))).toBe('invalid_input markdown')
  expect(await refusal(put(nobody, 'x'))).toBe('not_signed_in')
  expect(await refusal(put(reviewer.client, 'x'))).toBe('wrong_role')
  expect(await refusal(put(stranger.client, 'x'))).toBe('not_found')
  expect(await refusal(stranger.client.listGuidelines({ params: { id } }))).toBe('not_found')
  expect(await refusal(nobody.listGuidelines({ params: { id } }))).toBe('not_signed_in')
  await setState(id, 'finished')
  expect(await refusal(put(manager.client, 'x'))).toBe('project_closed')
})

test('templates are for people who are signed in', async () => {
  expect(await refusal(nobody.listTemplates())).toBe('not_signed_in')
})

test('a funding that waits for a change of the pay terms goes by the new ones', async () => {
  const { id } = await newProject()
  await setState(id, 'live')
  let funding: Promise<unknown> | undefined
  await inside(async (tx) => {
    const project = await projectHeader(tx, id, 'update')
    if (!project) throw new Error('no such project')
    await putPayTerms(tx, project, 2, {
      currency: 'USD',
      hourly: 60_000_000n,
      estimateSeconds: 60,
      perJudgment: 1_000_000n,
    })
    funding = manager.client.fundProject({ params: { id }, body: { amount: usd('5.00') } })
    await untilWaitingOrDone(server.ownerUrl, funding)
  })
  await expect(funding).resolves.toMatchObject({ escrow: usd('5.00') })
})
