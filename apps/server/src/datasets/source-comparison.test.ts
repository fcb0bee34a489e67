import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANSWER, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

/** A row of HelpSteer3 on which three people of the source and the source itself say how much better the second response is. */
const row = (question: string, overall: number, people: number[]) =>
  JSON.stringify({
    domain: 'general',
    language: 'english',
    context: [{ role: 'user', content: question }],
    response1: `First answer to ${question}`,
    response2: `Second answer to ${question}`,
    overall_preference: overall,
    individual_preference: people.map((score) => ({
      score,
      reasoning: 'As it is.',
      feedback1: 'x',
      feedback2: 'y',
    })),
  })

test('judgments of the source are compared with the consensus, and trainers with the source', async () => {
  const team = await server.newTeam()
  const trainer = await server.newTrainer()
  const { client } = team
  const { id } = await client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Compared',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
    },
  })
  const params = { id }
  expect(await client.getSourceComparison({ params })).toEqual({
    tasks: { seen: 0, all: 0 },
    annotators: [],
    moreAnnotators: 0,
    trainers: [],
  })
  await client.importTasks({
    params,
    query: { format: 'helpsteer3', annotations: 'reference' },
    body: [row('One?', -2, [-2, -1]), row('Two?', -1, [1, -3]), row('Three?', 3, [3, 2])].join('\n'),
  })
  await client.fundProject({ params, body: { amount: { amount: '50.00', currency: 'USD' } } })
  await client.launchProject({ params })
  for (let n = 0; n < 3; n++) {
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId: id } })
    await trainer.client.submitJudgment({
      params: { id: assignment?.id ?? '' },
      body: { epoch: assignment?.epoch ?? 0, answer: ANSWER, activeMs: 1_000, next: false },
    })
  }
  const decided = async () => (await client.getOutcomes({ params })).items[0]?.tasks === 3
  await until(server, decided)

  const { tasks, annotators, trainers } = await client.getSourceComparison({ params })
  expect(tasks).toEqual({ seen: 3, all: 3 })
  const question = 'preference'
  // The trainer, and so the consensus, always prefers the first response.
  const [own, ...people] = annotators.toSorted(
    (one, other) => Number(one.annotator !== null) - Number(other.annotator !== null),
  )
  expect(own).toEqual({ annotator: null, answers: [{ question, tasks: 3, same: 2 }] })
  expect(people.map(({ answers }) => answers)).toEqual([
    [{ question, tasks: 3, same: 1 }],
    [{ question, tasks: 3, same: 2 }],
  ])
  expect(trainers).toEqual([
    { trainer: { id: trainer.userId, name: expect.any(String) }, answers: [{ question, tasks: 3, same: 2 }] },
  ])
})
