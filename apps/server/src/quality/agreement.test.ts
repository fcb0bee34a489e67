import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { recomputeConsensus } from './recompute-consensus.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

const points = [1, 2, 3, 4, 5].map((value) => ({ value }))
const form = {
  blocks: [{ type: 'context' as const }, { type: 'candidates' as const }],
  questions: [
    { id: 'good', type: 'scale' as const, label: 'How good?', each: 'candidate' as const, points },
    {
      id: 'order',
      type: 'ranking' as const,
      label: 'In which order?',
    },
    { id: 'why', type: 'text' as const, label: 'Why?' },
  ],
}

test('severity of raters is corrected by a full run, and every question has its agreement', async () => {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Ratings',
      organizationId: team.organizationId,
      overlap: 3,
      pay: { currency: 'USD', hourly: '6.00', estimateSeconds: 60 },
      form,
    },
  })
  const TASKS = 24
  const message = (text: string) => [{ role: 'assistant', parts: [{ type: 'text', text }] }]
  await team.client.importTasks({
    params: { id },
    query: { format: 'raw' },
    body: Array.from({ length: TASKS }, (_, index) =>
      JSON.stringify({
        version: 1,
        task: {
          externalId: `t${index}`,
          context: [{ role: 'user', parts: [{ type: 'text', text: `Question ${index}` }] }],
          candidates: [
            { id: 'a', messages: message(`One ${index}`) },
            { id: 'b', messages: message(`Two ${index}`) },
          ],
        },
      }),
    ).join('\n'),
  })
  await team.client.fundProject({ params: { id }, body: { amount: { amount: '50.00', currency: 'USD' } } })
  await team.client.launchProject({ params: { id } })
  // The second of four people gives two points less than the others; everybody judges three of four tasks.
  for (const severity of [0, 2, 0, 0]) {
    const person = await server.newTrainer()
    let { assignment } = await person.client.nextAssignment({ body: { projectId: id } })
    for (let count = 0; assignment && count < 18; count++) {
      const n = Number(assignment.task.externalId?.slice(1))
      const rate = (shift: number) => Math.max(1, 3 + ((n + shift) % 3) - severity)
      const { next } = await person.client.submitJudgment({
        params: { id: assignment.id },
        body: {
          epoch: assignment.epoch,
          activeMs: 0,
          answer: {
            good: { a: rate(0), b: rate(1) },
            order: {
              ranks: [
                { candidate: 'a', rank: n % 3 === 2 ? 1 : 2 },
                { candidate: 'b', rank: n % 3 === 2 ? 2 : 1 },
              ],
            },
            why: 'Because it is so.',
          },
        },
      })
      assignment = next.assignment
    }
  }
  const tasks = async () => (await team.client.listTasks({ params: { id }, query: { limit: 100 } })).tasks
  /** How far the values of equally good responses lie apart. */
  const spread = async () => {
    const errors = (await tasks()).flatMap((task) => {
      const value = task.consensus?.['good.a']?.value
      return typeof value === 'number' ? value - (3 + (Number(task.externalId?.slice(1)) % 3)) : []
    })
    expect(errors).toHaveLength(TASKS)
    const mean = errors.reduce((sum, each) => sum + each, 0) / TASKS
    return Math.sqrt(errors.reduce((sum, each) => sum + (each - mean) ** 2, 0) / TASKS)
  }
  await until(server, async () => (await tasks()).every((task) => task.consensus?.['good.a']))
  const quick = await spread()
  expect(quick).toBeGreaterThan(0.2)
  const [one] = await tasks()
  expect(one?.consensus?.['good.a']).toMatchObject({ answers: one?.judgments, low: expect.any(Number) })

  await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  expect(await spread()).toBeLessThan(quick / 2)
  for (const { externalId, consensus } of await tasks()) {
    const best = Number(externalId?.slice(1)) % 3 === 2 ? 'a' : 'b'
    expect(consensus?.order?.value).toMatchObject({ ranks: [{ candidate: best, rank: 1 }, { rank: 2 }] })
  }
  const { progress } = await team.client.getProject({ params: { id } })
  expect(progress.agreementByQuestion).toMatchObject([
    { question: 'good', type: 'scale', measure: 'alpha_ordinal', low: expect.any(Number) },
    { question: 'order', type: 'ranking', measure: 'kendall_tau', value: 1, percent: 1 },
  ])
  expect(progress.agreement).toMatchObject({ percent: progress.agreementByQuestion[0]?.percent })
  expect(progress.confidence).toBeGreaterThan(0)
})
