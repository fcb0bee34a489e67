import { request } from 'node:http'
import { type ApiError, createClient } from '@groundwork/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveProject, PAIR_MAP, pairLines } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { untilWaitingOrDone } from '../../../../tests/support/until-waiting.ts'
import { projectHeader, setProjectState } from '../projects/index.ts'
import { beginOpening } from '../tasks/slot-work-queries.ts'
import { importTasks } from './import-tasks.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
})
afterAll(() => server.close())

const draft = async () => {
  const { id } = await team.client.createProject({ body: { template: 'compare-responses', name: 'Import' } })
  return { params: { id } }
}
const preference = (n: number, extra: object = {}) =>
  JSON.stringify({
    prompt: [{ role: 'user', content: `Question ${n}?` }],
    chosen: [{ role: 'assistant', content: `Good ${n}` }],
    rejected: [{ role: 'assistant', content: `Bad ${n}` }],
    ...extra,
  })

test('good rows go in, bad rows are told by line with a code, blank lines are nothing', async () => {
  const project = await draft()
  const lines = [
    preference(1),
    '',
    '{"prompt": oops}',
    JSON.stringify({ prompt: 'x' }),
    preference(2),
    '[1,2]',
    preference(3).replace('Good 3', 'nul \\u0000 here'),
  ]
  const imported = await team.client.importTasks({
    ...project,
    query: { format: 'trl-preference' },
    body: lines.join('\n'),
  })
  expect(imported).toMatchObject({ created: 2, duplicates: 0, rejectedCount: 4, format: 'trl-preference' })
  expect(imported.rejected.map((row) => [row.line, row.code])).toEqual([
    [3, 'bad_json'],
    [4, 'missing_field'],
    [6, 'not_an_object'],
    [7, 'nul_character'],
  ])
  for (const row of imported.rejected) expect(row.message.length).toBeGreaterThan(10)
  const { items } = await team.client.listImports(project)
  expect(items[0]).toMatchObject({ state: 'done', created: 2, rejectedCount: 4 })
})

test('the same rows sent again are duplicates, with and without ids of their own', async () => {
  const project = await draft()
  const body = [preference(1), preference(2)].join('\n')
  expect(await team.client.importTasks({ ...project, body })).toMatchObject({ created: 2, duplicates: 0 })
  expect(await team.client.importTasks({ ...project, body: `${body}\n${preference(3)}` })).toMatchObject({
    created: 1,
    duplicates: 2,
  })
  const pairs = { ...project, query: { format: 'pairs', map: PAIR_MAP } as const }
  expect(await team.client.importTasks({ ...pairs, body: pairLines(5) })).toMatchObject({
    created: 5,
    duplicates: 0,
  })
  expect(await team.client.importTasks({ ...pairs, body: pairLines(3, 4) })).toMatchObject({
    created: 1,
    duplicates: 2,
  })
  expect((await team.client.listTasks(project)).total).toBe(9)
})

test('the format is recognised, and a JSON array and CSV are read like lines', async () => {
  const project = await draft()
  expect(
    await team.client.importTasks({ ...project, body: `[${preference(1)},\n${preference(2)}]` }),
  ).toMatchObject({ created: 2, format: 'trl-preference' })
  const csv = 'id,q,x,y\n1,"=HYPERLINK(""http://evil.example"")","line one\nline two",other\n2,plain,a,b\n'
  const imported = await team.client.importTasks({
    ...project,
    query: { map: 'prompt=q,a=x,b=y,id=id' },
    body: csv,
  })
  expect(imported).toMatchObject({ created: 2, format: 'pairs' })
  const { tasks } = await team.client.listTasks({ ...project, query: { search: 'HYPERLINK' } })
  expect(tasks[0]?.excerpt).toBe('=HYPERLINK("http://evil.example")')
})

test('a file that nothing can be made of is refused whole, and says why', async () => {
  const project = await draft()
  const refusal = (body: string, query: object = {}) =>
    team.client.importTasks({ ...project, query, body }).then(
      () => null,
      (error: unknown) => error as ApiError,
    )
  expect(await refusal('')).toMatchObject({ status: 422, code: 'import_rejected' })
  expect(await refusal('{"colour":"red"}\n{"colour":"blue"}')).toMatchObject({
    status: 422,
    code: 'import_rejected',
  })
  expect(await refusal(pairLines(1), { format: 'pairs', map: 'prompt=input,c=one' })).toMatchObject({
    status: 422,
    code: 'import_rejected',
  })
  expect(await refusal(pairLines(1), { format: 'parquet' })).toMatchObject({
    status: 400,
    code: 'invalid_input',
  })
})

test('a record of fifty megabytes is refused in passing; what stands around it goes in', async () => {
  const project = await draft()
  async function* body() {
    yield Buffer.from(`${preference(1)}\n{"prompt":"`)
    const megabyte = Buffer.alloc(1024 * 1024, 'x')
    for (let sent = 0; sent < 50; sent++) yield megabyte
    yield Buffer.from(`"}\n${preference(2)}\n`)
  }
  const imported = await team.client.importTasks({
    ...project,
    query: { format: 'trl-preference' },
    body: body(),
  })
  expect(imported).toMatchObject({ created: 2, rejectedCount: 1 })
  expect(imported.rejected[0]).toMatchObject({ line: 2, code: 'too_long' })
})

test('a connection that breaks off leaves what came, says so, and the file can be sent again', async () => {
  const project = await draft()
  const lines = pairLines(1_500)
  const url = new URL(
    `${server.url}/api/v1/projects/${project.params.id}/import?format=pairs&map=${encodeURIComponent(PAIR_MAP)}`,
  )
  await new Promise<void>((resolve) => {
    const sending = request(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${team.apiKey}`,
        'content-type': 'application/octet-stream',
        'content-length': lines.length + 1000,
      },
    })
    sending.on('error', () => {})
    sending.on('close', resolve)
    sending.write(lines, () => sending.destroy())
  })
  const state = async () => (await team.client.listImports(project)).items[0]
  let last = await state()
  for (let round = 0; last?.state !== 'broken_off' && round < 500; round++) last = await state()
  expect(last?.state).toBe('broken_off')
  const again = await team.client.importTasks({
    ...project,
    query: { format: 'pairs', map: PAIR_MAP },
    body: lines,
  })
  expect(again.created + again.duplicates).toBe(1_500)
  expect(again.duplicates).toBe(last?.created ?? -1)
  expect((await team.client.listTasks(project)).total).toBe(1_500)
})

test('who may import: managers and owners; a finished project takes nothing', async () => {
  const project = await draft()
  const body = pairLines(1)
  const reviewer = await server.addToTeam(team.organizationId, 'reviewer')
  await expect(reviewer.client.importTasks({ ...project, body })).rejects.toMatchObject({
    status: 403,
    code: 'wrong_role',
  })
  await expect(createClient({ baseUrl: server.url }).importTasks({ ...project, body })).rejects.toMatchObject(
    { status: 401, code: 'not_signed_in' },
  )
  const live = await liveProject(team)
  await team.client.finishProject({ params: { id: live.id } })
  await expect(team.client.importTasks({ params: { id: live.id }, body })).rejects.toMatchObject({
    status: 409,
    code: 'project_closed',
  })
})

test('a preview recognises a file and stores nothing', async () => {
  const preview = await team.client.previewImport({ body: pairLines(10) })
  // Nothing says which of these fields are the two answers: a person has to.
  expect(preview).toMatchObject({ format: null, tasks: [] })
  expect(preview.fields).toEqual(['idx', 'input', 'one', 'two', 'label'])
  const mapped = await team.client.previewImport({
    query: { format: 'pairs', map: PAIR_MAP },
    body: pairLines(10),
  })
  expect(mapped.tasks).toHaveLength(3)
  expect(mapped.tasks[0]?.candidates.map((candidate) => candidate.id)).toEqual(['a', 'b'])
  const trl = await team.client.previewImport({ body: preference(1) })
  expect(trl).toMatchObject({ format: 'trl-preference', rejected: [] })
  expect(trl.evidence).toMatch(/chosen/)
})

test('tasks of a running project get their slots at once', async () => {
  const live = await liveProject(team, { tasks: 2, overlap: 3 })
  await team.client.importTasks({
    params: { id: live.id },
    query: { format: 'pairs', map: PAIR_MAP },
    body: pairLines(4, 10),
  })
  const { progress } = await team.client.getProject({ params: { id: live.id } })
  expect(progress.tasks).toBe(6)
  expect(progress.slots.open).toBe(18)
})

test('a launch while a file comes in leaves no task without slots', async () => {
  const { params } = await draft()
  const scope = { organization: team.organizationId }
  const { database } = server.deps
  const project = await database.transaction(scope, (tx) => projectHeader(tx, params.id))
  if (!project) throw new Error('no such project')
  const rows = Promise.withResolvers<Uint8Array>()
  const asked = Promise.withResolvers<void>()
  async function* source() {
    asked.resolve()
    yield await rows.promise
  }
  const importing = importTasks(server.deps, {
    project,
    source: source(),
    format: 'trl-preference',
    startedBy: null,
  })
  await asked.promise
  // The launch has opened the slots that it sees and is about to commit when the rows arrive.
  await database.transaction(scope, async (tx) => {
    const { pay_version: payVersion } = await setProjectState(tx, project.id, ['draft'], 'live', team)
    const { organizationId } = team
    await beginOpening(tx, { id: project.id, organizationId, payVersion, slots: 3 })
    rows.resolve(Buffer.from(preference(1)))
    await untilWaitingOrDone(server.ownerUrl, importing)
  })
  expect(await importing).toMatchObject({ created: 1 })
  const { progress } = await team.client.getProject({ params })
  expect(progress).toMatchObject({ tasks: 1, slots: { open: 3 } })
})

test('a task that the form cannot show is refused; candidates get the ids that answers speak of', async () => {
  const project = await draft()
  const candidate = (id: string) => ({
    id,
    messages: [{ role: 'assistant', parts: [{ type: 'text', text: `Answer ${id}` }] }],
  })
  const context = [{ role: 'user', parts: [{ type: 'text', text: 'Which?' }] }]
  const lines = [
    { context, candidates: [candidate('x'), candidate('y')] },
    { context, candidates: [candidate('x'), candidate('y'), candidate('z')] },
    { context, candidates: [candidate('x')] },
  ]
  const imported = await team.client.importTasks({
    ...project,
    query: { format: 'raw' },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
  })
  expect(imported).toMatchObject({ created: 1, rejectedCount: 2 })
  expect(imported.rejected.map((row) => [row.line, row.code])).toEqual([
    [2, 'not_a_pair'],
    [3, 'not_a_pair'],
  ])
  const { tasks } = await team.client.listTasks(project)
  const detail = await team.client.getTask({ params: { ...project.params, taskId: tasks[0]?.id ?? '' } })
  expect(detail.payload.candidates.map((each) => each.id)).toEqual(['a', 'b'])
})

test('a preview for a project says which rows its form cannot judge, as the import would', async () => {
  const project = await draft()
  const candidate = (id: string) => ({
    id,
    messages: [{ role: 'assistant', parts: [{ type: 'text', text: `Answer ${id}` }] }],
  })
  const row = (n: number, ...ids: string[]) =>
    JSON.stringify({
      externalId: `t${n}`,
      context: [{ role: 'user', parts: [{ type: 'text', text: 'Which?' }] }],
      candidates: ids.map(candidate),
    })
  const body = Array.from({ length: 120 }, (_, n) =>
    n === 6 ? row(n, 'x') : n === 40 ? row(n, 'x', 'y', 'z') : n === 110 ? row(n) : row(n, 'x', 'y'),
  ).join('\n')
  const query = { format: 'raw' as const }
  const shown = await team.client.previewImport({ query: { ...query, projectId: project.params.id }, body })
  expect(shown.fit?.rows).toBe(100)
  expect(shown.fit?.misfits.map(({ line, code }) => [line, code])).toEqual([
    [7, 'not_a_pair'],
    [41, 'not_a_pair'],
  ])
  expect(shown.tasks).toHaveLength(3)
  expect((await team.client.previewImport({ query, body })).fit).toBeNull()
  const imported = await team.client.importTasks({ ...project, query, body })
  expect(imported.rejected.map(({ line, code }) => [line, code])).toEqual([
    [7, 'not_a_pair'],
    [41, 'not_a_pair'],
    [111, 'not_a_pair'],
  ])
  // A form of boxes has no use for texts: none of it becomes a task that nobody can answer.
  const boxes = await team.client.createProject({ body: { template: 'image-boxes', name: 'Boxes' } })
  const none = await team.client.previewImport({ query: { ...query, projectId: boxes.id }, body })
  expect(none.tasks).toEqual([])
  expect(none.fit?.misfits).toHaveLength(100)
  expect(none.fit?.misfits[0]).toMatchObject({ line: 1, code: 'no_image' })
})

test('the form of a project is shown to nobody else by a preview', async () => {
  const project = await draft()
  const other = await server.newTeam()
  const asked = other.client.previewImport({ query: { projectId: project.params.id }, body: '{}' })
  await expect(asked).rejects.toMatchObject({ status: 404, code: 'not_found' })
})
