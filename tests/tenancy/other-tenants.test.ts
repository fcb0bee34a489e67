import { ApiError, createClient } from '@groundwork/client'
import { api, type Call, type CallName } from '@groundwork/contract'
import { templates } from '@groundwork/templates'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueApiKey } from '../../apps/server/src/identity/index.ts'
import { png } from '../support/images.ts'
import { ANSWER, judgeOne, liveProject, pairLines } from '../support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'

/** Calls whose id is a secret link or which are refused by role before any id is looked at. */
const otherWise: Partial<Record<CallName, string>> = {
  readInvitation: 'the token is the permission',
  acceptInvitation: 'the token is the permission',
  setOperator: 'operators only',
  savePreference: 'the name of an own setting is not an id',
}

const withIds = (Object.entries(api) as [CallName, Call][]).filter(
  ([name, call]) => call.params && !otherWise[name],
)

let server: TestServer
let strangers: TestPerson[]
let ids: Record<string, Record<string, string>>
let image: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  server = await createTestServer()
  const team = await server.newTeam('owner')
  const trainer = await server.newTrainer()
  const project = await liveProject(team)
  const { judgment } = await judgeOne(trainer, project.id)
  const held = await trainer.client.nextAssignment({ body: { projectId: project.id } })
  if (!held.assignment) throw new Error('no assignment')
  const flagger = await server.newTrainer()
  const flagged = await flagger.client.nextAssignment({ body: { projectId: project.id } })
  if (!flagged.assignment) throw new Error('no assignment to flag')
  await flagger.client.flagAssignment({
    params: { id: flagged.assignment.id },
    body: { epoch: flagged.assignment.epoch, reason: 'broken_task', comment: 'The prompt is cut off.' },
  })
  const [flag] = (await team.client.listFlags({ params: { id: project.id } })).items
  const question = await team.client.flagJudgment({
    params: { id: judgment.id },
    body: { kind: 'careless', note: 'Answered within a second.' },
  })
  const job = await team.client.createExport({ params: { id: project.id }, body: { format: 'raw' } })
  const [{ id: importId = '' } = {}] = (await team.client.listImports({ params: { id: project.id } })).items
  const destination = await team.client.createDestination({
    params: { id: team.organizationId },
    body: { name: 'Hub', place: { kind: 'hugging_face', repository: 'team/set' }, secret: 'hf_secret' },
  })
  const { invitation } = await team.client.createInvitation({
    params: { id: team.organizationId },
    body: { email: 'x@test.example', role: 'viewer' },
  })
  const key = await server.deps.database.transaction({ person: team.userId }, (tx) =>
    issueApiKey(tx, team.userId, { name: 'mine', scope: 'read', expiresInDays: 1 }),
  )
  const template = await team.client.createTemplate({ body: templateBody('Ours') })
  image = new Uint8Array(await png(1))
  const asset = await team.client.uploadMedia({ params: { id: project.id }, body: image })
  const { webhook } = await team.client.createWebhook({
    params: { id: team.organizationId },
    body: { url: 'https://hooks.example/in', events: ['task.finished'] },
  })
  const delivery = await team.client.testWebhook({ params: { id: webhook.id } })
  ids = {
    templates: { id: template.id },
    projects: { id: project.id, taskId: judgment.taskId },
    organizations: { id: team.organizationId, userId: team.userId },
    assignments: { id: held.assignment.id },
    judgments: { id: judgment.id },
    flags: { id: flag?.id ?? '' },
    'judgment-flags': { id: question.id },
    exports: { id: job.id, name: 'manifest.json' },
    imports: { id: importId },
    destinations: { id: destination.id },
    invitations: { id: invitation.id },
    me: { id: key.row.id },
    media: { id: asset.id },
    webhooks: { id: webhook.id },
    'webhook-deliveries': { id: delivery.id },
  }
  const otherTrainer = await server.newTrainer()
  // The team's own owner, by a key that is limited to another project.
  const elsewhere = await liveProject(team)
  const limited = await server.deps.database.transaction({ person: team.userId }, (tx) =>
    issueApiKey(tx, team.userId, {
      name: 'limited',
      scope: 'write',
      organizationId: team.organizationId,
      projectId: elsewhere.id,
      expiresInDays: 1,
    }),
  )
  const narrow = createClient({ baseUrl: server.url, apiKey: limited.secret })
  strangers = [await server.newTeam('owner'), otherTrainer, { ...team, client: narrow }]
})
afterAll(() => server.close())

function templateBody(name: string) {
  const form = templates.get('compare-responses')?.form
  if (!form) throw new Error('The template is gone.')
  return { name, form }
}

/** A body that would be accepted, so that nothing but the foreign id can be the reason. */
const bodies: Partial<Record<CallName, unknown>> = {
  updateMember: { role: 'viewer' },
  createInvitation: { email: 'y@test.example', role: 'viewer' },
  createWebhook: { url: 'https://hooks.example/in', events: ['task.finished'] },
  updateWebhook: { enabled: false },
  updateProject: { name: 'Taken over' },
  fundProject: { amount: { amount: '1.00', currency: 'USD' } },
  updateGuideline: { markdown: 'x' },
  deleteTasks: { taskIds: ['01900000-0000-7000-8000-000000000000'] },
  updateTemplate: templateBody('Theirs'),
  importTasks: pairLines(1),
  resolveFlag: { action: 'resume' },
  flagJudgment: { kind: 'other', note: 'Nothing of theirs.' },
  resolveJudgmentFlag: { action: 'exclude', note: 'Nothing of theirs.' },
  createExport: { format: 'raw' },
  previewExport: { format: 'raw' },
  createDestination: {
    name: 'Hub',
    place: { kind: 'hugging_face', repository: 'team/set' },
    secret: 'hf_secret',
  },
  showAssignment: { epoch: 1 },
  saveDraft: { epoch: 1, answer: ANSWER, activeMs: 1 },
  heartbeat: { epoch: 1, activeMs: 1 },
  submitJudgment: { epoch: 1, answer: ANSWER, activeMs: 1 },
  skipAssignment: { epoch: 1 },
  flagAssignment: { epoch: 1, reason: 'other' },
  markGuidelineRead: { version: 1 },
  saveCorrectionDraft: { answer: ANSWER },
  correctJudgment: { answer: ANSWER, activeMs: 1 },
}

async function attempt(person: TestPerson, name: CallName): Promise<unknown> {
  const noun = api[name].path.split('/')[1] ?? ''
  const call = person.client[name] as (input: object) => Promise<unknown>
  try {
    return await call({ params: ids[noun], body: name === 'uploadMedia' ? image : bodies[name] })
  } catch (error) {
    return error
  }
}

test.each(withIds)('%s does not know the id of another tenant', async (name, call) => {
  const noun = call.path.split('/')[1] ?? ''
  expect(ids[noun], `this test needs an id for /${noun}`).toBeDefined()
  for (const stranger of strangers) {
    const answer = await attempt(stranger, name)
    expect(answer, `${name} answered a stranger`).toBeInstanceOf(ApiError)
    const { status, code } = answer as ApiError
    // A person who is no trainer is told so before any assignment is looked at, a limited key before anything of the account is.
    expect(code === 'not_a_trainer' || code === 'key_scope' ? 404 : status, `${name}: ${code}`).toBe(404)
  }
})

test('row-level security alone keeps tenants apart: a query without any condition sees one organization', async () => {
  const [stranger] = strangers as [TestPerson & { organizationId: string }]
  const tables = [
    'projects',
    'tasks',
    'task_texts',
    'project_searches',
    'slot_work',
    'slots',
    'assignments',
    'judgments',
    'flags',
    'judgment_flags',
    'exports',
    'ledger_transfers',
    'ledger_entries',
    'ledger_holds',
    'ledger_accounts',
    'invitations',
    'guidelines',
    'pay_terms',
    'project_forms',
    'team_templates',
    'drafts',
    'correction_drafts',
    'guideline_reads',
    'person_preferences',
    'outbox',
    'imports',
    'import_chunks',
    'import_rejects',
    'reference_judgments',
    'export_destinations',
    'assets',
    'asset_sources',
    'task_assets',
    'webhook_endpoints',
    'webhook_deliveries',
    'webhook_attempts',
  ]
  const counts = await server.deps.database.transaction(
    { organization: stranger.organizationId },
    async (tx) => {
      const { sql } = await import('../../apps/server/src/platform/database.ts')
      const found: Record<string, number> = {}
      for (const table of tables) {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
          tx,
        )
        found[table] = rows[0]?.n ?? -1
      }
      return found
    },
  )
  expect(counts).toEqual(Object.fromEntries(tables.map((table) => [table, 0])))
  const outside = await server.deps.database.pool.query('select count(*)::int as n from judgments')
  expect(outside.rows[0].n).toBe(0)
})
