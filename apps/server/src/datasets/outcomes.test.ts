import { type Form, form, type Outcome } from '@groundwork/contract'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestServer, type TestServer } from '../../../../tests/support/test-server.ts'

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

const label = 'L'
const options = [
  { value: 'x', label },
  { value: 'y', label },
]
const asked = form.parse({
  blocks: [{ type: 'context' }, { type: 'candidates' }],
  questions: [
    { id: 'p', type: 'preference', label, axes: [{ id: 'y', label }] },
    { id: 'k', type: 'choice', label, options },
    { id: 'm', type: 'multichoice', label, options },
    { id: 's', type: 'scale', label, each: 'candidate', points: [{ value: 1 }, { value: 5 }] },
    { id: 'r', type: 'ranking', label },
    { id: 'e', type: 'spans', label, categories: options },
    { id: 't', type: 'steps', label },
    { id: 'w', type: 'text', label },
  ],
})

async function projectOf(theForm: Form): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Outcomes',
      organizationId: team.organizationId,
      form: theForm,
    },
  })
  return id
}

type Said = { value: unknown; [more: string]: unknown }

/** Tasks with a consensus as the quality domain would have stored it. */
async function decide(
  projectId: string,
  ...tasks: { consensus: Record<string, Said>; judgments?: number; state?: string }[]
) {
  for (const [index, { consensus, judgments = 3, state = 'done' }] of tasks.entries()) {
    const full = Object.fromEntries(
      Object.entries(consensus).map(([key, said]) => [key, { confidence: 1, distribution: {}, ...said }]),
    )
    await owner.query(
      `with task as (
         insert into tasks (id, organization_id, project_id, external_id, dedupe_key, payload, state)
         values (gen_random_uuid(), $1, $2, $3, gen_random_uuid()::text, '{"context":[],"candidates":[]}', $4) returning id
       ) insert into task_consensus (task_id, organization_id, project_id, judgments, consensus, stale)
         select id, $1, $2, $5, $6, false from task`,
      [team.organizationId, projectId, `t${index}`, state, judgments, JSON.stringify(full)],
    )
  }
}

const outcomes = (id: string) => team.client.getOutcomes({ params: { id } })
const at = (items: Outcome[], key: string) => items.find((item) => item.key === key)

test('each kind of question comes to what its tasks come to; what was taken out or is asked no more counts for nothing', async () => {
  const id = await projectOf(asked)
  const steps = (...labels: number[]) => ({ steps: labels.map((each) => ({ label: each })) })
  await decide(
    id,
    {
      consensus: {
        p: { value: 'a' },
        'p.y': { value: 'tie' },
        k: { value: 'x' },
        m: { value: ['x', 'y'] },
        's.a': { value: 2 },
        's.b': { value: 'na' },
        r: {
          value: {
            ranks: [
              { candidate: 'a', rank: 1 },
              { candidate: 'b', rank: 2 },
            ],
          },
        },
        e: { value: { spans: [{ category: 'x' }, { category: 'x' }, { category: 'y' }] } },
        t: { value: steps(1, -1) },
        w: { value: null, answers: 3 },
        gone: { value: 'x' },
      },
    },
    {
      consensus: {
        p: { value: 'a' },
        'p.y': { value: null },
        m: { value: [], distribution: { x: 0.4, y: 0 } },
        's.a': { value: 4 },
        r: {
          value: {
            ranks: [
              { candidate: 'a', rank: 1 },
              { candidate: 'b', rank: 1 },
            ],
          },
        },
        e: { value: { spans: [], none: true } },
        t: { value: steps(1, 1) },
        w: { value: null },
      },
    },
    {
      consensus: {
        p: { value: null },
        m: { value: [], distribution: { x: 0.9 }, votes: { x: 0 }, answers: 2 },
      },
    },
    { consensus: { p: { value: 'b' } }, state: 'removed' },
  )
  const { items } = await outcomes(id)
  expect(items.map(({ key }) => key)).toEqual(['e', 'k', 'm', 'p', 'p.y', 'r', 's.a', 's.b', 't', 'w'])
  expect(at(items, 'p')).toMatchObject({
    tasks: 3,
    values: [
      { value: 'a', count: 2 },
      { value: 'undecided', count: 1 },
    ],
  })
  expect(at(items, 'p.y')?.values).toEqual([
    { value: 'tie', count: 1 },
    { value: 'undecided', count: 1 },
  ])
  expect(at(items, 'm')).toMatchObject({ tasks: 3 })
  expect(Object.fromEntries(at(items, 'm')?.values.map(({ value, count }) => [value, count]) ?? [])).toEqual({
    x: 1,
    y: 1,
    no_majority: 1,
    none: 1,
  })
  expect(at(items, 's.a')?.means).toEqual([{ target: null, mean: 3, spread: Math.SQRT2, most: 4, tasks: 2 }])
  expect(at(items, 's.b')).toMatchObject({ tasks: 1, means: [] })
  expect(at(items, 'r')?.means).toMatchObject([
    { target: 'a', mean: 1, tasks: 2 },
    { target: 'b', mean: 1.5, most: 2, tasks: 2 },
  ])
  expect(at(items, 'e')).toMatchObject({
    tasks: 2,
    marked: 1,
    values: [
      { value: 'x', count: 2 },
      { value: 'y', count: 1 },
    ],
  })
  expect(at(items, 't')?.values).toEqual([
    { value: '2', count: 1 },
    { value: 'none', count: 1 },
  ])
  expect(at(items, 'w')).toMatchObject({ tasks: 2, answers: 4, values: [] })
})

test('the most split tasks come first, with what they differ on; agreed ones and single voices are left out', async () => {
  const id = await projectOf(asked)
  const split = (judgments: number, distribution: object, more: Record<string, Said> = {}) => ({
    judgments,
    consensus: { p: { value: null, distribution }, ...more },
  })
  await decide(
    id,
    split(3, { a: 1 }),
    split(3, { a: 0.67, b: 0.33 }),
    split(3, { a: 0.34, b: 0.33, tie: 0.33 }),
    split(3, { a: 1 }, { m: { value: [], distribution: { x: 0.5 } } }),
    split(1, { a: 0.6, b: 0.4 }),
    split(
      2,
      { a: 0.6, b: 0.4 },
      { p: { value: 'a', distribution: { a: 0.6, b: 0.4 }, votes: { a: 2 }, answers: 2 } },
    ),
    split(2, { a: 1 }, { e: { value: { spans: [] }, agreement: 0.9 } }),
  )
  const found = (await outcomes(id)).split
  expect(found.total).toBe(4)
  expect(found.tasks.map(({ task, key }) => `${task.externalId} ${key}`)).toEqual([
    't2 p',
    't3 m',
    't1 p',
    't6 e',
  ])
})

test('twenty thousand tasks are all counted, and found by the index of their project', async () => {
  const id = await projectOf(asked)
  const other = await projectOf(asked)
  for (const project of [id, other]) {
    await owner.query(
      `with made as (
         insert into tasks (id, organization_id, project_id, external_id, dedupe_key, payload, state)
         select gen_random_uuid(), $1, $2, n::text, n::text, '{"context":[],"candidates":[]}', 'done' from generate_series(1, 20000) n
         returning id, external_id::int as n
       ) insert into task_consensus (task_id, organization_id, project_id, judgments, consensus, stale)
         select id, $1, $2, 3, jsonb_build_object('p', jsonb_build_object('value', case when n % 4 = 0 then 'b' else 'a' end,
           'confidence', 1, 'distribution', case when n <= 150 then '{"a":0.5,"b":0.5}'::jsonb else '{"a":1}'::jsonb end),
           's.a', jsonb_build_object('value', n % 5, 'confidence', 1, 'distribution', '{}'::jsonb)), false from made`,
      [team.organizationId, project],
    )
  }
  await owner.query('analyze tasks, task_consensus')
  const { items, split } = await outcomes(id)
  expect(at(items, 'p')?.values).toEqual([
    { value: 'a', count: 15_000 },
    { value: 'b', count: 5_000 },
  ])
  expect(at(items, 's.a')?.means).toMatchObject([{ mean: 2, most: 4, tasks: 20_000 }])
  expect(split.total).toBe(150)
  expect(split.tasks).toHaveLength(100)
  const { rows } = await owner.query<{ 'QUERY PLAN': string }>(
    `explain select id from tasks where project_id = '${id}' and state = 'removed'`,
  )
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('tasks_removed')
})

test('outcomes are for the members of the team', async () => {
  const id = await projectOf(asked)
  const stranger = await server.newTrainer()
  await expect(stranger.client.getOutcomes({ params: { id } })).rejects.toMatchObject({ status: 404 })
})
