import type { ApiError } from '@groundwork/client'
import type { UpdateProject } from '@groundwork/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveProject } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'

let server: TestServer

beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

const blocks = [{ type: 'context' as const }, { type: 'candidates' as const }]
const boxes = {
  blocks,
  questions: [
    { id: 'found', type: 'boxes' as const, label: 'Mark it', labels: [{ value: 'cat', label: 'Cat' }] },
  ],
}

test('a project keeps its form when its tasks could not be judged with the new one', async () => {
  const team = await server.newTeam()
  const { id, form } = await liveProject(team, { tasks: 5 })
  const change = (next: NonNullable<UpdateProject['form']>) =>
    team.client.updateProject({ params: { id }, body: { form: next } })

  const refused = await change(boxes).catch((error: ApiError) => error)
  expect(refused).toMatchObject({ code: 'invalid_input' })
  expect((refused as ApiError).issues).toHaveLength(3)
  expect((refused as ApiError).issues[0]).toMatchObject({
    path: 'form',
    code: 'tasks_do_not_fit',
    message: expect.stringMatching(
      /^The task "t\d" of this project could not be judged with this form\. "Mark it" marks images; the row has none\.$/,
    ),
  })
  expect((await team.client.getProject({ params: { id } })).form).toEqual(form)

  // A form that asks the same of its tasks is taken.
  const other = { blocks, questions: [{ id: 'better', type: 'preference' as const, label: 'Which one?' }] }
  expect((await change(other)).form.questions).toMatchObject([{ id: 'better' }])
})

test('a draft without tasks takes any form', async () => {
  const team = await server.newTeam()
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Drawn',
      organizationId: team.organizationId,
      overlap: 1,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
    },
  })
  const changed = await team.client.updateProject({ params: { id }, body: { form: boxes } })
  expect(changed.form.questions).toMatchObject([{ id: 'found' }])
})
