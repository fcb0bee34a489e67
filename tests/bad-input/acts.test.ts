import { createClient } from '@groundwork/client'
import { api, type Call, type CallName } from '@groundwork/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANSWER, judgeOne, liveProject } from '../support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

const open = new Set<CallName>([
  'getSetup',
  'completeSetup',
  'readInvitation',
  'getFormSchema',
  'getExportKey',
])
const FORM = {
  blocks: [{ type: 'context' }],
  questions: [{ id: 'note', type: 'text', label: 'Note' }],
}
const closed = (Object.entries(api) as [CallName, Call][]).filter(([name]) => !open.has(name))
const bodies: Partial<Record<CallName, unknown>> = {
  updateMe: { name: 'Ada' },
  saveTrainerProfile: {
    displayName: 'A',
    country: 'KE',
    timeZone: 'UTC',
    languages: [{ code: 'en', level: 'C2' }],
  },
  createApiKey: { name: 'key' },
  createOrganization: { name: 'T' },
  updateMember: { role: 'viewer' },
  createInvitation: { email: 'a@b.example', role: 'viewer' },
  setOperator: { operator: true },
  createProject: { template: 'compare-responses', name: 'P' },
  updateProject: { name: 'P' },
  fundProject: { amount: { amount: '1.00', currency: 'USD' } },
  updateGuideline: { markdown: 'x' },
  deleteTasks: { taskIds: ['01900000-0000-7000-8000-000000000000'] },
  createTemplate: { name: 'T', form: FORM },
  updateTemplate: { name: 'T', form: FORM },
  matchAudience: {},
  resolveFlag: { action: 'resume' },
  flagJudgment: { kind: 'other', note: 'Ten characters.' },
  resolveJudgmentFlag: { action: 'keep', note: 'Ten characters.' },
  createExport: { format: 'raw' },
  previewExport: { format: 'raw' },
  createDestination: { name: 'F', place: { kind: 'folder', path: 'x' } },
  showAssignment: { epoch: 1 },
  saveDraft: { epoch: 1, answer: {}, activeMs: 1 },
  heartbeat: { epoch: 1, activeMs: 1 },
  submitJudgment: { epoch: 1, answer: {}, activeMs: 1 },
  skipAssignment: { epoch: 1 },
  takeUpSkipped: { projectId: '01900000-0000-7000-8000-000000000000' },
  flagAssignment: { epoch: 1, reason: 'other' },
  savePreference: { value: 'x' },
  markGuidelineRead: { version: 1 },
  saveCorrectionDraft: { answer: {} },
  correctJudgment: { answer: {}, activeMs: 1 },
  importTasks: '{}',
  createWebhook: { url: 'https://hooks.example/in', events: ['task.finished'] },
  updateWebhook: { enabled: false },
  previewImport: '{}',
  uploadMedia: 'x',
}

test.each(closed)('%s wants to know who asks', async (name, call) => {
  for (const apiKey of [undefined, 'gw_deadbeef_not-a-key']) {
    const client = createClient({ baseUrl: server.url, ...(apiKey ? { apiKey } : {}) })
    const params = Object.fromEntries(
      [...call.path.matchAll(/:(\w+)/g)].map(([, key = '']) => [key, '01900000-0000-7000-8000-000000000000']),
    )
    const attempt = (client[name] as (input: object) => Promise<unknown>)({ params, body: bodies[name] })
    await expect(attempt, name).rejects.toMatchObject({ status: 401, code: 'not_signed_in' })
  }
})

test('a key that may only read changes nothing', async () => {
  const { issueApiKey } = await import('../../apps/server/src/identity/index.ts')
  const { secret } = await server.deps.database.transaction({ person: team.userId }, (tx) =>
    issueApiKey(tx, team.userId, { name: 'reader', scope: 'read', expiresInDays: 1 }),
  )
  const reader = createClient({ baseUrl: server.url, apiKey: secret })
  expect((await reader.listProjects()).items).toEqual([])
  await expect(
    reader.createProject({ body: { template: 'compare-responses', name: 'P' } }),
  ).rejects.toMatchObject({ status: 403, code: 'key_scope' })
})

test('a stale epoch is refused and the draft is kept', async () => {
  const project = await liveProject(team)
  const trainer = await server.newTrainer()
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
  if (!assignment) throw new Error('nothing to judge')
  const params = { id: assignment.id }
  const stale = { epoch: assignment.epoch + 1, answer: { reason: 'Half a thought' }, activeMs: 10 }
  await expect(trainer.client.saveDraft({ params, body: stale })).rejects.toMatchObject({
    status: 409,
    code: 'stale_epoch',
  })
  await expect(
    trainer.client.submitJudgment({ params, body: { ...stale, answer: ANSWER } }),
  ).rejects.toMatchObject({ status: 409, code: 'stale_epoch' })
  const { assignment: again } = await trainer.client.getAssignment({ params })
  expect(again.draft?.answer.reason).toBeDefined()
})

test('an answer that does not fit its form is refused by question, and kept as a draft', async () => {
  const project = await liveProject(team)
  const trainer = await server.newTrainer()
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
  if (!assignment) throw new Error('nothing to judge')
  const params = { id: assignment.id }
  const { epoch } = assignment
  for (const [answer, path] of [
    [{}, 'answer.preference'],
    [{ preference: { outcome: 'a', strength: 3 } }, 'answer.preference.strength'],
    [{ preference: { outcome: 'left', strength: -1 } }, 'answer.preference.outcome'],
    [{ ...ANSWER, mood: 'good' }, 'answer.mood'],
  ] as const) {
    const attempt = trainer.client.submitJudgment({ params, body: { epoch, answer, activeMs: 1 } })
    await expect(attempt).rejects.toMatchObject({ status: 400, code: 'invalid_answer', issues: [{ path }] })
  }
  const { judgment } = await trainer.client.submitJudgment({
    params,
    body: { epoch, answer: ANSWER, activeMs: 1 },
  })
  expect(judgment.answer).toEqual(ANSWER)
})

test('the same key with another body is 422; with the same body it is the first answer again', async () => {
  const project = await liveProject(team)
  const trainer = await server.newTrainer()
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId: project.id } })
  if (!assignment) throw new Error('nothing to judge')
  const call = {
    params: { id: assignment.id },
    body: { epoch: assignment.epoch, answer: ANSWER, activeMs: 5 },
    idempotencyKey: 'once',
  }
  const first = await trainer.client.submitJudgment(call)
  expect(await trainer.client.submitJudgment(call)).toEqual(first)
  await expect(
    trainer.client.submitJudgment({
      ...call,
      body: { ...call.body, answer: { ...ANSWER, reason: 'Other.' } },
    }),
  ).rejects.toMatchObject({
    status: 422,
    code: 'idempotency_mismatch',
  })
  const params = { id: project.id }
  const fund = {
    params,
    body: { amount: { amount: '5.00', currency: 'USD' } },
    idempotencyKey: 'five',
  } as const
  expect(await team.client.fundProject(fund)).toEqual(await team.client.fundProject(fund))
  await expect(
    team.client.fundProject({ ...fund, body: { amount: { amount: '6.00', currency: 'USD' } } }),
  ).rejects.toMatchObject({ status: 422 })
})

test('a finished project says so', async () => {
  const project = await liveProject(team)
  const params = { id: project.id }
  await judgeOne(await server.newTrainer(), project.id)
  await team.client.finishProject({ params })
  for (const attempt of [
    () => team.client.launchProject({ params }),
    () => team.client.pauseProject({ params }),
    () => team.client.fundProject({ params, body: { amount: { amount: '1.00', currency: 'USD' } } }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ status: 409, code: 'project_closed' })
  }
})

test('money that is no money is refused with its path', async () => {
  const project = await liveProject(team)
  const fund = (amount: object) =>
    team.client.fundProject({ params: { id: project.id }, body: { amount } as never })
  await expect(fund({ amount: '1.234', currency: 'USD' })).rejects.toMatchObject({
    status: 400,
    issues: [{ path: 'amount.amount' }],
  })
  await expect(fund({ amount: '-1', currency: 'USD' })).rejects.toMatchObject({
    status: 400,
    issues: [{ path: 'amount.amount' }],
  })
  await expect(fund({ amount: 1, currency: 'USD' })).rejects.toMatchObject({
    status: 400,
    issues: [{ path: 'amount.amount' }],
  })
  await expect(fund({ amount: '1.00', currency: 'XXX' })).rejects.toMatchObject({
    status: 400,
    issues: [{ path: 'amount.currency' }],
  })
  await expect(fund({ amount: '1.00', currency: 'EUR' })).rejects.toMatchObject({ status: 400 })
})
