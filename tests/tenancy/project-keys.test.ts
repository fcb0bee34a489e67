import { type Client, createClient } from '@groundwork/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imageLine, png } from '../support/images.ts'
import { liveProject } from '../support/live-project.ts'
import { createTestServer, TEST_PASSWORD, type TestPerson, type TestServer } from '../support/test-server.ts'

let server: TestServer
let team: TestPerson & { organizationId: string }
let own: string
let other: string
let cookie: string

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  own = (await liveProject(team)).id
  other = (await liveProject(team)).id
  const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: team.email, password: TEST_PASSWORD }),
  })
  cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
})
afterAll(() => server.close())

/** Makes a key as the page does: signed in. */
async function newKey(body: object) {
  const response = await fetch(`${server.url}/api/v1/me/api-keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: server.url },
    body: JSON.stringify({ name: 'key', ...body }),
  })
  const answer = (await response.json()) as {
    secret: string
    key: { organizationId: string; projectId: string }
  }
  return { status: response.status, ...answer }
}

async function limited(body: object = {}): Promise<Client> {
  const { secret } = await newKey({ projectId: own, ...body })
  return createClient({ baseUrl: server.url, apiKey: secret })
}

const missing = { status: 404, code: 'not_found' }

test('a key of a project brings its organization along, and no other project can be named', async () => {
  const made = await newKey({ projectId: own })
  expect(made).toMatchObject({ status: 200, key: { organizationId: team.organizationId, projectId: own } })
  const stranger = await server.newTeam()
  expect(await newKey({ projectId: own, organizationId: stranger.organizationId })).toMatchObject({
    status: 404,
  })
  expect(await newKey({ projectId: (await liveProject(stranger)).id })).toMatchObject({ status: 404 })
})

test('it works on its project and does not know the others', async () => {
  const client = await limited()
  expect((await client.getProject({ params: { id: own } })).id).toBe(own)
  expect((await client.listProjects()).items.map((each) => each.id)).toEqual([own])
  await client.updateProject({ params: { id: own }, body: { name: 'Renamed' } })
  const params = { id: other }
  await expect(client.getProject({ params })).rejects.toMatchObject(missing)
  await expect(client.updateProject({ params, body: { name: 'Taken' } })).rejects.toMatchObject(missing)
  await expect(client.listTasks({ params })).rejects.toMatchObject(missing)
  await expect(client.importTasks({ params, query: { format: 'raw' }, body: '{}' })).rejects.toMatchObject(
    missing,
  )
  await expect(client.createExport({ params, body: { format: 'raw' } })).rejects.toMatchObject(missing)
})

test('it changes and reads nothing of the organization as a whole', async () => {
  const client = await limited()
  const params = { id: team.organizationId }
  await expect(
    client.createProject({ body: { template: 'compare-responses', name: 'New' } }),
  ).rejects.toMatchObject(missing)
  await expect(client.listMembers({ params })).rejects.toMatchObject(missing)
  await expect(
    client.createInvitation({ params, body: { email: 'a@b.example', role: 'viewer' } }),
  ).rejects.toMatchObject(missing)
  await expect(client.listProjects({ query: { organizationId: team.organizationId } })).rejects.toMatchObject(
    missing,
  )
  await expect(client.createOrganization({ body: { name: 'X' } })).rejects.toMatchObject({
    code: 'key_scope',
  })
  await expect(client.listApiKeys()).rejects.toMatchObject({ code: 'key_scope' })
})

test('it is nobody’s key to work with, and may be limited to reading', async () => {
  const client = await limited()
  await expect(client.nextAssignment({ body: { projectId: own } })).rejects.toMatchObject({
    code: 'not_a_trainer',
  })
  const reader = await limited({ scope: 'read' })
  expect((await reader.listTasks({ params: { id: own } })).total).toBe(3)
  await expect(reader.updateProject({ params: { id: own }, body: { name: 'No' } })).rejects.toMatchObject({
    code: 'key_scope',
  })
})

test('it sees the images of its project’s tasks', async () => {
  const client = await limited()
  const read = async (id: string) => client.getMedia({ params: { id } }).then((response) => response.status)
  const [mine, theirs] = await Promise.all(
    [own, other].map(async (id, index) =>
      team.client.uploadMedia({ params: { id }, body: new Uint8Array(await png(60 + index)) }),
    ),
  )
  if (!mine || !theirs) throw new Error('not uploaded')
  await team.client.importTasks({
    params: { id: own },
    query: { format: 'raw' },
    body: imageLine('m', mine.id),
  })
  await team.client.importTasks({
    params: { id: other },
    query: { format: 'raw' },
    body: imageLine('m', theirs.id),
  })
  expect(await read(mine.id)).toBe(200)
  await expect(read(theirs.id)).rejects.toMatchObject(missing)
})
