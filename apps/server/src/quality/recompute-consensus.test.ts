import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeOne, liveProject, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

const taskOf = async (projectId: string) =>
  (await team.client.listTasks({ params: { id: projectId } })).tasks[0]

test('the consensus follows the judgments in the background, and a submission taken back leaves it', async () => {
  const { id } = await liveProject(team, { tasks: 1, overlap: 2 })
  const [first, second] = [await server.newTrainer(), await server.newTrainer()]
  await judgeOne(first, id)
  await until(server, async () => (await taskOf(id))?.consensus?.preference?.value === 'a')
  expect((await taskOf(id))?.consensus?.preference).toMatchObject({
    confidence: 1,
    distribution: { a: 1 },
    strength: -2,
  })

  const taken = await judgeOne(second, id)
  await until(
    server,
    async () => (await team.client.getProject({ params: { id } })).progress.agreement?.percent === 1,
  )
  expect((await team.client.getProject({ params: { id } })).progress).toMatchObject({
    agreement: { percent: 1 },
    confidence: 1,
    gold: { tasks: 1, judged: 1, correct: 1 },
    tasksDone: 1,
  })
  await second.client.undoJudgment({ params: { id: taken.judgment.id } })
  await until(server, async () => (await taskOf(id))?.judgments === 1)
  expect((await taskOf(id))?.state).toBe('open')
})

test('equal votes are decided by strength, and stay undecided when that is equal, too', async () => {
  const { id } = await liveProject(team, { tasks: 2, overlap: 2 })
  const say = async (strengths: number[]) => {
    const trainer = await server.newTrainer()
    for (const strength of strengths) {
      const { assignment } = await trainer.client.nextAssignment({ body: { projectId: id } })
      if (!assignment) throw new Error('nothing to judge')
      const own = strengths[assignment.task.externalId === 't1' ? 0 : 1] ?? strength
      await trainer.client.submitJudgment({
        params: { id: assignment.id },
        body: {
          epoch: assignment.epoch,
          activeMs: 1,
          next: false,
          answer: { preference: { outcome: own < 0 ? 'a' : 'b', strength: own }, reason: 'So it is.' },
        },
      })
    }
  }
  await say([-3, -2])
  await say([1, 2])
  const values = async () => {
    const { tasks } = await team.client.listTasks({ params: { id } })
    return Object.fromEntries(tasks.map((task) => [task.externalId, task.consensus?.preference?.value]))
  }
  await until(server, async () => {
    const { tasks } = await team.client.listTasks({ params: { id } })
    return tasks.every((task) => task.consensus?.preference?.confidence === 0.5)
  })
  expect(await values()).toEqual({ t1: 'a', t2: null })
})
