import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { form, type KnownAnswerShare } from '@groundwork/contract'
import { act, drawBehaviours, type SimulationReport, simulate } from '@groundwork/simulator'
import { type Template, templates } from '@groundwork/templates'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { runCliJson } from '../support/run-cli.ts'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'

const OVERLAP = 3
let server: TestServer
let team: TestPerson & { organizationId: string }
let trainers: TestPerson[]
beforeAll(async () => {
  server = await createTestServer({ jobs: true })
  team = await server.newTeam()
  trainers = []
  // More than the overlap: everybody skips a task now and then.
  for (let n = 0; n < OVERLAP + 2; n++) trainers.push(await server.newTrainer())
})
afterAll(() => server.close())

async function projectOf(template: Template): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: template.id,
      name: template.name,
      organizationId: team.organizationId,
      overlap: OVERLAP,
      pay: { currency: 'USD', hourly: '6.00', estimateSeconds: 60 },
    },
  })
  const params = { id }
  await team.client.importTasks({
    params,
    query: { format: 'raw' },
    body: template.tasks
      .map(({ task }) =>
        JSON.stringify({ task }, (key, value: unknown) =>
          key === 'assetId' ? (template.pictures.get(String(value)) ?? value) : value,
        ),
      )
      .join('\n'),
  })
  await team.client.fundProject({ params, body: { amount: { amount: '50.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  return id
}

const filled = [...templates.values()].filter(({ tasks }) => tasks.length > 0)

test.each(filled)(
  'synthetic trainers finish the tasks of $id, and nothing they say is refused',
  async (template) => {
    const projectId = await projectOf(template)
    const behaviours = drawBehaviours(trainers.length, { seed: 5, spamShare: 0.2, laziness: 0.2, skill: 0.6 })
    const report = await simulate({
      projectId,
      trainers: behaviours.map((behaviour, index) => ({
        name: behaviour.name,
        client: (trainers[index] as TestPerson).client,
        act: (assignment) => act({ ...behaviour, skips: 0 }, assignment, {}, 5),
      })),
    })
    expect(report.errors).toEqual({})
    expect(report.judgments).toBe(template.tasks.length * OVERLAP)
  },
)

test('the command works on a project of any form', { timeout: 60_000 }, async () => {
  const template = templates.get('grade-rubric')
  if (!template) throw new Error('there is no such template')
  const projectId = await projectOf(template)
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-simulate-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const keys = join(folder, 'keys')
  await writeFile(keys, trainers.map(({ apiKey }) => apiKey).join('\n'))
  const report = await runCliJson<SimulationReport>(
    ['simulate', projectId, '--trainers', String(trainers.length), '--judgments', '6', '--keys', keys],
    { url: server.url, apiKey: team.apiKey },
  )
  expect(report).toMatchObject({ errors: {} })
  expect(report.judgments).toBeGreaterThan(0)
})

test('the command tells of every question with known answers how often the consensus is right', {
  timeout: 60_000,
}, async () => {
  const options = ['x', 'y'].map((value) => ({ value, label: value }))
  const ask = form.parse({
    blocks: [{ type: 'context' }],
    questions: [
      { id: 'tone', type: 'choice', label: 'Which tone?', options },
      { id: 'tags', type: 'multichoice', label: 'Which tags?', options },
      { id: 'grade', type: 'scale', label: 'How good?', points: [{ value: 1 }, { value: 5 }] },
      { id: 'why', type: 'text', label: 'Why?', required: false },
    ],
  })
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Known answers',
      organizationId: team.organizationId,
      overlap: OVERLAP,
      pay: { currency: 'USD', hourly: '6.00', estimateSeconds: 60 },
      form: ask,
    },
  })
  const params = { id }
  const imported = await team.client.importTasks({
    params,
    query: { format: 'raw' },
    body: Array.from({ length: 6 }, (_, n) =>
      JSON.stringify({
        task: { context: [{ role: 'user', parts: [{ type: 'text', text: `Text ${n}` }] }], candidates: [] },
        ...(n < 4 && { known: { tone: 'x', ...(n < 2 && { tags: ['y'], grade: 5 }) } }),
      }),
    ).join('\n'),
  })
  expect(imported).toMatchObject({ created: 6, rejectedCount: 0 })
  await team.client.fundProject({ params, body: { amount: { amount: '50.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-simulate-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const keys = join(folder, 'keys')
  await writeFile(keys, trainers.map(({ apiKey }) => apiKey).join('\n'))
  const { knownAnswers } = await runCliJson<{ knownAnswers: KnownAnswerShare[] }>(
    ['simulate', id, '--trainers', String(trainers.length), '--keys', keys],
    { url: server.url, apiKey: team.apiKey },
  )
  expect(knownAnswers).toMatchObject([
    { question: 'tone', label: 'Which tone?', tasks: 4, decided: 4 },
    { question: 'tags', tasks: 2, decided: 2 },
    { question: 'grade', tasks: 2, decided: 2 },
  ])
  expect(knownAnswers[0]?.correct).toBeLessThanOrEqual(4)
})
