import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveProject } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'
import { indexNextTexts } from './task-search-queries.ts'

let server: TestServer
let team: Awaited<ReturnType<TestServer['newTeam']>>
let owner: pg.Client

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await server.close()
})

/** Tasks straight into the database; one of a thousand speaks of a wombat. */
async function addTasks(projectId: string, from: number, to: number): Promise<void> {
  await owner.query(
    `insert into tasks (id, organization_id, project_id, external_id, dedupe_key, payload)
     select gen_random_uuid(), $1, $2, 'row-' || n, 'key ' || n, jsonb_build_object(
       'context', jsonb_build_array(jsonb_build_object('role', 'user', 'parts', jsonb_build_array(jsonb_build_object(
         'type', 'text', 'text', 'Question ' || n || ' of ' || md5(n::text) || case when n % 1000 = 7 then ' "wombat" 100%' else '' end)))),
       'candidates', '[]'::jsonb)
     from generate_series($3::int, $4::int) n`,
    [team.organizationId, projectId, from, to],
  )
}

const find = (id: string, search: string, more: object = {}) =>
  team.client.listTasks({ params: { id }, query: { search, ...more } })
const names = async (id: string, search: string) =>
  (await find(id, search)).tasks.map(({ externalId }) => externalId)
const isWanted = async (id: string) =>
  (await owner.query<{ wanted: boolean }>('select wanted from project_searches where project_id = $1', [id]))
    .rows[0]?.wanted

async function indexAll(): Promise<void> {
  while (await server.deps.database.transaction('system', indexNextTexts));
}

test('a small project is looked through as it is: external ids, words of the content, signs that patterns use', async () => {
  const { id } = await liveProject(team, { tasks: 3 })
  await addTasks(id, 7, 8)
  expect(await names(id, 'T2')).toEqual(['t2'])
  expect(await names(id, 'right ANSWER 3.')).toEqual(['t3'])
  expect(await names(id, '"wombat" 100%')).toEqual(['row-7'])
  expect(await names(id, 'w_mbat')).toEqual([])
  // The names of fields are no content.
  expect(await names(id, 'candidates')).toEqual([])
  expect(await isWanted(id)).toBeUndefined()
})

test('a large project: what is found is the same before the index, while it is made, and with it', async () => {
  const { id } = await liveProject(team, { tasks: 1 })
  const other = await liveProject(team, { tasks: 1 })
  await addTasks(other.id, 7, 7)
  await addTasks(id, 1, 20_000)
  const expected = Array.from({ length: 20 }, (_, index) => `row-${index * 1_000 + 7}`)
  expect(await names(id, 'wombat')).toEqual(expected)
  expect(await isWanted(id)).toBe(true)
  for (let round = 0; round < 8; round++) await server.deps.database.transaction('system', indexNextTexts)
  expect(await names(id, 'Wombat')).toEqual(expected)
  await indexAll()
  expect(await isWanted(id)).toBe(false)
  expect(await names(id, 'wombat')).toEqual(expected)
  const page = await find(id, 'wombat', { limit: 6, state: 'open' })
  expect(page).toMatchObject({ total: 20, tasks: { length: 6 } })
  expect((await find(id, 'wombat', { limit: 6, cursor: page.nextCursor })).tasks[0]?.externalId).toBe(
    'row-6007',
  )
  expect((await find(id, 'wombat', { state: 'done' })).total).toBe(0)
  // What comes in later is found at once.
  await addTasks(id, 20_007, 20_007)
  await addTasks(id, 21_007, 21_007)
  expect(await names(id, 'wombat')).toEqual([...expected, 'row-20007', 'row-21007'])
  expect(await isWanted(id)).toBe(false)

  await owner.query('vacuum analyze task_texts')
  const { rows } = await owner.query<{ 'QUERY PLAN': string }>(
    `explain select task_id from task_texts where project_id = '${id}' and content ilike '%wombat%'`,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('task_texts_content')
})

test('a person of another team finds nothing, whatever the index holds', async () => {
  const { id } = await liveProject(team, { tasks: 1 })
  await addTasks(id, 1, 2_500)
  await find(id, 'wombat')
  await indexAll()
  const stranger = await server.newTeam()
  const found = await server.deps.database.transaction(
    { organization: stranger.organizationId },
    async (tx) => {
      const { sql } = await import('../platform/index.ts')
      return (await sql`select gw_find_tasks(${id}::uuid, '%wombat%')`.execute(tx)).rows
    },
  )
  expect(found).toEqual([])
})
