import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalOf } from '../../apps/server/src/tasks/testing/http.ts'
import { ANSWER, liveProject } from '../support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

async function claim(person: TestPerson, projectId: string) {
  const { assignment } = await person.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('nothing to judge')
  return assignment
}

test('settings are kept by person, whatever they are, and forgotten with null', async () => {
  const [one, other] = [await server.newTrainer(), team]
  const save = (key: string, value: unknown) =>
    one.client.savePreference({ params: { key }, body: { value: value as null } })
  const value = { layout: 'stacked', zoom: 1.25, notes: 'שלום 👍\u2028', list: [1, null, true] }
  await save('workbench.layout', value)
  await save('b', 'x')
  await save('b', null)
  const { preferences } = await one.client.getPreferences()
  expect(Object.fromEntries(Object.entries(preferences).map(([key, each]) => [key, each.value]))).toEqual({
    'workbench.layout': value,
  })
  expect((await other.client.getPreferences()).preferences).toEqual({})
  expect((await refusalOf(save('big', 'x'.repeat(70_000)))).code).toBe('invalid_input')
  expect((await refusalOf(save('No key', 1))).code).toBe('invalid_input')
  expect((await refusalOf(save('nul', 'a\0b'))).code).toBe('invalid_input')
  for (let n = 1; n < 200; n++) await save(`key.${n}`, n)
  expect((await refusalOf(save('one.more', 1))).code).toBe('conflict')
  await save('key.7', 'changed')
})

test('a guideline says what changed since it was read', async () => {
  const { id } = await liveProject(team, { tasks: 3 })
  const person = await server.newTrainer()
  const first = await claim(person, id)
  const params = { id: first.id }
  const { version, markdown } = first.guideline
  expect(first.guideline.changedSinceRead).toBe(false)
  expect(await person.client.getAssignmentGuideline({ params })).toEqual({
    version,
    markdown,
    lastRead: null,
    since: null,
  })
  await person.client.markGuidelineRead({ params, body: { version } })
  await team.client.updateGuideline({ params: { id }, body: { markdown: '# New\n\nAll is different.' } })
  const second = await person.client.nextAssignment({ body: { projectId: id, except: [first.id] } })
  if (!second.assignment) throw new Error('nothing more')
  expect(second.assignment.guideline).toMatchObject({ version: version + 1, changedSinceRead: true })
  const at = { params: { id: second.assignment.id } }
  expect(await person.client.getAssignmentGuideline(at)).toEqual({
    version: version + 1,
    markdown: '# New\n\nAll is different.',
    lastRead: { version, markdown },
    since: null,
  })
  await person.client.markGuidelineRead({ ...at, body: { version: version + 1 } })
  // Reading an old one again does not make the new one unread.
  await person.client.markGuidelineRead({ ...at, body: { version } })
  const again = await person.client.getAssignment(at)
  expect(again.assignment.guideline.changedSinceRead).toBe(false)
  // What has changed can be looked at again at any time, from any version before.
  const since = async (of: number) =>
    (await person.client.getAssignmentGuideline({ ...at, query: { since: of } })).since
  expect(await since(version)).toEqual({ version, markdown })
  expect(await since(version + 1)).toBeNull()
  expect(await since(version + 7)).toBeNull()
  expect((await refusalOf(person.client.markGuidelineRead({ ...at, body: { version: 99 } }))).code).toBe(
    'invalid_input',
  )
})

test('a device that edits an old draft is given the newer one, and overwrites nothing', async () => {
  const { id } = await liveProject(team)
  const person = await server.newTrainer()
  const assignment = await claim(person, id)
  const save = (reason: string, basedOn?: string | null) =>
    person.client.saveDraft({
      params: { id: assignment.id },
      body: {
        epoch: assignment.epoch,
        answer: { reason },
        activeMs: 0,
        ...(basedOn === undefined ? {} : { basedOn }),
      },
    })
  const first = await save('written on the desk', null)
  const second = await save('written on the desk, more', first.savedAt)
  const longAgo = new Date(Date.parse(first.savedAt) - 60_000).toISOString()
  const conflict = await refusalOf(save('written on the phone', longAgo))
  expect(conflict).toMatchObject({
    status: 409,
    code: 'draft_conflict',
    details: { draft: { answer: { reason: 'written on the desk, more' }, savedAt: second.savedAt } },
  })
  expect((await refusalOf(save('another blank page', null))).code).toBe('draft_conflict')
  // The same words are no conflict, and whoever has seen the newer one may go on.
  await save('written on the desk, more', longAgo)
  const { draft } = (await person.client.getAssignment({ params: { id: assignment.id } })).assignment
  await save('both together', draft?.savedAt)
  await save('without a word of what it was based on')
})

test('a flag closes what is open of a task; whoever holds it goes on, and the team sees both', async () => {
  const { id } = await liveProject(team, { tasks: 1, overlap: 3 })
  const [flagger, holder, late] = [
    await server.newTrainer(),
    await server.newTrainer(),
    await server.newTrainer(),
  ]
  const flagged = await claim(flagger, id)
  const held = await claim(holder, id)
  await flagger.client.flagAssignment({
    params: { id: flagged.id },
    body: { epoch: flagged.epoch, reason: 'private_data', comment: 'A telephone number.' },
  })
  expect(await late.client.nextAssignment({ body: { projectId: id } })).toMatchObject({
    assignment: null,
    reason: 'no_open_slots',
  })
  const kept = await holder.client.saveDraft({
    params: { id: held.id },
    body: { epoch: held.epoch, answer: { reason: 'still at it' }, activeMs: 0 },
  })
  expect(kept.savedAt).toBeTruthy()
  const { items } = await team.client.listFlags({ params: { id } })
  expect(items).toMatchObject([
    { reason: 'private_data', state: 'open', taskId: held.task.id, liveAssignments: 1 },
  ])
  expect((await team.client.listTasks({ params: { id }, query: { state: 'flagged' } })).tasks).toHaveLength(1)
  await holder.client.submitJudgment({
    params: { id: held.id },
    body: { epoch: held.epoch, answer: ANSWER, activeMs: 0, next: false },
  })
  const [after] = (await team.client.listFlags({ params: { id } })).items
  expect(after?.liveAssignments).toBe(0)
  expect((await team.client.listTasks({ params: { id } })).tasks[0]).toMatchObject({
    state: 'flagged',
    judgments: 1,
  })
  await team.client.resolveFlag({ params: { id: after?.id ?? '' }, body: { action: 'resume' } })
  expect((await late.client.nextAssignment({ body: { projectId: id } })).assignment).not.toBeNull()
})
