import type { Answer, Form, ResultLine, TaskPayload } from '@groundwork/contract'
import { randomAnswer, seededRandom } from '@groundwork/simulator'
import { templates } from '@groundwork/templates'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf, send } from '../../apps/server/src/tasks/testing/http.ts'
import { until } from '../support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'
import { everyType, hostileTasks } from './every-type.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let trainers: TestPerson[]
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  trainers = [await server.newTrainer(), await server.newTrainer()]
})
afterAll(() => server.close())

type Subject = { name: string; form: Form; tasks: TaskPayload[]; pictures?: ReadonlyMap<string, string> }
const subjects: Subject[] = [
  ...Object.entries(everyType).map(([name, form]) => ({
    name: `every type: ${name}`,
    form,
    tasks: hostileTasks,
  })),
  ...[...templates.values()]
    .filter(({ tasks }) => tasks.length > 0)
    .map(({ id, form, tasks, pictures }) => ({
      name: `template ${id}`,
      form,
      pictures,
      tasks: tasks.map(({ task }) => task),
    })),
]

async function projectOf({ name, form, tasks, pictures }: Subject): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name,
      organizationId: team.organizationId,
      overlap: trainers.length,
      pay: { currency: 'USD', hourly: '6.00', estimateSeconds: 60 },
      form,
    },
  })
  const params = { id }
  // Images travel inside the file.
  const lines = tasks.map((task) =>
    JSON.stringify({ task }, (key, value: unknown) =>
      key === 'assetId' ? (pictures?.get(String(value)) ?? value) : value,
    ),
  )
  const imported = await team.client.importTasks({ params, query: { format: 'raw' }, body: lines.join('\n') })
  expect(imported).toMatchObject({ created: tasks.length, rejected: [] })
  await team.client.fundProject({ params, body: { amount: { amount: '100.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  return id
}

/** Lines of the raw export of a project. */
async function rawExport(projectId: string): Promise<{ judgments: { id: string; answer: Answer }[] }[]> {
  let job = await team.client.createExport({ params: { id: projectId }, body: { format: 'raw' } })
  await until(server, async () => {
    job = await team.client.getExport({ params: { id: job.id } })
    expect(job.error).toBeNull()
    return job.status === 'done'
  })
  const names = job.files.map(({ name }) => name).filter((name) => name.endsWith('.jsonl'))
  const texts = await Promise.all(
    names.map(async (name) => (await team.client.getExportFile({ params: { id: job.id, name } })).text()),
  )
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

test.each(subjects)(
  '$name: what is submitted comes out of drafts, results and the raw export unchanged',
  async (subject) => {
    const projectId = await projectOf(subject)
    const submitted = new Map<string, Answer>()
    let turn = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), async (seed, correct) => {
        const person = trainers[turn++ % trainers.length] as TestPerson
        const { assignment } = await person.client.nextAssignment({ body: { projectId } })
        if (!assignment) return
        const params = { id: assignment.id }
        const { epoch, task, form } = assignment
        const write = (by: number) => randomAnswer(form, task, seededRandom(by), { wild: true })
        const answer = write(seed)
        await person.client.saveDraft({ params, body: { epoch, answer, activeMs: 0 } })
        const again = await person.client.getAssignment({ params })
        expect(again.assignment.draft?.answer).toEqual(answer)
        const { judgment } = await person.client.submitJudgment({
          params,
          body: { epoch, answer, activeMs: 0, next: false },
        })
        expect(judgment.answer).toEqual(answer)
        if (!correct) {
          submitted.set(judgment.id, answer)
          return
        }
        const other = write(seed + 1)
        const { judgment: corrected } = await person.client.correctJudgment({
          params: { id: judgment.id },
          body: { answer: other, activeMs: 0 },
        })
        submitted.set(corrected.id, other)
      }),
      { seed: 20_261_122, numRuns: Math.min(12, subject.tasks.length * trainers.length), endOnFailure: true },
    )
    expect(submitted.size).toBeGreaterThan(5)

    const byId = (judgments: { id: string; answer: Answer }[]) =>
      new Map(judgments.map(({ id, answer }) => [id, answer]))
    const results: ResultLine[] = []
    for await (const line of await team.client.getResults({ params: { id: projectId } })) results.push(line)
    expect(byId(results.flatMap(({ judgments }) => judgments))).toEqual(submitted)
    const raw = await rawExport(projectId)
    expect(byId(raw.flatMap(({ judgments }) => judgments))).toEqual(submitted)

    // By the time of an export everything is decided.
    const { tasks } = await team.client.listTasks({ params: { id: projectId } })
    for (const task of tasks) {
      const keys = Object.keys(task.consensus ?? {})
      if (task.judgments > 0) expect(keys.length).toBeGreaterThan(0)
    }
    expect(
      (await team.client.getProject({ params: { id: projectId } })).progress.agreementByQuestion,
    ).toBeDefined()
  },
  60_000,
)

test('half a surrogate pair is refused everywhere in an answer, at any depth', async () => {
  const projectId = await projectOf({ name: 'Halves', form: everyType.marking as Form, tasks: hostileTasks })
  const [person] = trainers as [TestPerson]
  const { assignment } = await person.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('nothing to judge')
  const { epoch, task, form } = assignment
  const answer = randomAnswer(form, task, seededRandom(1))
  for (const bad of ['\\ud800', 'x\\udc00', '\\ud83d\\ud83d', '\\u0000']) {
    for (const spoilt of [
      { ...answer, errors: '@@' },
      { ...answer, errors: { spans: [{ comment: ['@@'] }] } },
      { '@@': 1 },
    ]) {
      for (const [method, act] of [
        ['PUT', 'draft'],
        ['POST', 'submit'],
      ] as const) {
        const body = JSON.stringify({ epoch, activeMs: 0, answer: spoilt }).replace('@@', bad)
        const refused = await send(server, person, method, `/assignments/${assignment.id}/${act}`, body)
        expect([refused.status, refused.code], `${act} ${body}`).toEqual([400, 'invalid_input'])
      }
    }
  }
  await person.client.submitJudgment({
    params: { id: assignment.id },
    body: { epoch, answer, activeMs: 0, next: false },
  })
})

test('an answer to another text is refused beside the task', async () => {
  const projectId = await projectOf({ name: 'Beside', form: everyType.marking as Form, tasks: hostileTasks })
  const [person] = trainers as [TestPerson]
  const { assignment } = await person.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('nothing to judge')
  const { epoch, task, form } = assignment
  const answer = randomAnswer(form, task, seededRandom(4))
  const span = { target: 'a:0', part: 0, start: 0, end: 2, quote: 'no', category: 'α', severity: 'minor' }
  const refusal = await refusalOf(
    person.client.submitJudgment({
      params: { id: assignment.id },
      body: { epoch, activeMs: 0, answer: { ...answer, errors: { spans: [span] } } },
    }),
  )
  expect(refusal).toMatchObject({ status: 400, code: 'invalid_answer' })
  expect(JSON.stringify(refusal.details)).toContain('quote_differs')
})
