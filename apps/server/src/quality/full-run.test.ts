import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PAIR_MAP, until } from '../../../../tests/support/live-project.ts'
import { createTestServer, type TestPerson, type TestServer } from '../../../../tests/support/test-server.ts'
import { openDatabase } from '../platform/database.ts'
import { type Deps, sql } from '../platform/index.ts'
import { inferProject } from './infer-project.ts'
import { recomputeConsensus } from './recompute-consensus.ts'
import { inferInThread, stopInference } from './run-inference.ts'

type Team = TestPerson & { organizationId: string }
type Outcome = 'a' | 'b'

let server: TestServer
let team: Team
/** Another process: a pool of its own on the same database. */
let second: Deps

beforeAll(async () => {
  server = await createTestServer()
  team = await server.newTeam()
  second = { ...server.deps, database: openDatabase(server.ownerUrl, 5) }
})
afterAll(async () => {
  await second.database.close()
  await server.close()
})

const truthOf = (externalId: string): Outcome => (Number(externalId.slice(1)) % 2 === 0 ? 'a' : 'b')

/** A number in 0..1 that a person and a task always get, in whatever order tasks are handed out. */
function chance(person: number, task: string): number {
  let hash = 2_166_136_261 ^ person
  for (const character of `${person}/${task}/${person}`)
    hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 15), 739_982_445)
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32
}

/** Right with probability `skill`; a spammer's is .5. */
const answerOf = (person: number, skill: number, task: string): Outcome =>
  chance(person, task) < skill ? truthOf(task) : truthOf(task) === 'a' ? 'b' : 'a'

/** A live project whose tasks t0, t1, … have a known answer where `gold` says so. */
async function project(tasks: number, overlap: number, gold: (index: number) => boolean = () => false) {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'Who is right',
      organizationId: team.organizationId,
      overlap,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
    },
  })
  const lines = Array.from({ length: tasks }, (_, index) =>
    JSON.stringify({
      idx: `t${index}`,
      input: `Question ${index}?`,
      one: `One answer to ${index}.`,
      two: `Another answer to ${index}.`,
      ...(gold(index) ? { label: truthOf(`t${index}`) === 'a' ? 1 : 2 } : {}),
    }),
  )
  const params = { id }
  const imported = await team.client.importTasks({
    params,
    query: { format: 'pairs', map: PAIR_MAP },
    body: lines.join('\n'),
  })
  expect(imported).toMatchObject({ created: tasks, rejectedCount: 0 })
  await team.client.fundProject({ params, body: { amount: { amount: '500.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  return id
}

/** Judges up to `most` tasks; returns the receipt of the last judgment. */
async function judge(
  trainer: TestPerson,
  projectId: string,
  say: (task: string) => Outcome,
  most = Number.POSITIVE_INFINITY,
) {
  let last: Awaited<ReturnType<TestPerson['client']['submitJudgment']>> | undefined
  let { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
  for (let done = 1; assignment; done++) {
    const outcome = say(assignment.task.externalId ?? '')
    last = await trainer.client.submitJudgment({
      params: { id: assignment.id },
      body: {
        epoch: assignment.epoch,
        answer: { preference: { outcome, strength: outcome === 'a' ? -1 : 1 }, reason: 'So it is.' },
        activeMs: 1_000,
        next: done < most,
      },
    })
    assignment = last.next?.assignment ?? null
  }
  return last
}

const rows = async <Row>(statement: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  (await server.deps.database.transaction('system', (tx) => statement.execute(tx))).rows

const runsOf = (projectId: string) =>
  rows(sql<{
    id: string
    level: string
    method: string
    version: string
    seed: number | null
    tasks: number
    judgments: number
    duration: number | null
  }>`select id, level, method, version, seed, tasks, judgments, duration_ms as duration
    from consensus_runs where project_id = ${projectId} order by at`)

const fullRunsOf = async (projectId: string) =>
  (await runsOf(projectId)).filter((run) => run.level === 'full' && run.duration !== null)

/** What the consensus and the majority make of each task, and how many judgments each counts. */
async function decided(projectId: string) {
  return rows(sql<{
    task: string
    value: Outcome | null
    confidence: number
    counted: number
    judgments: number
    votes: Outcome[]
    run: string
  }>`select t.external_id as task, c.consensus #>> '{preference,value}' as value, c.confidence, c.judgments as counted,
      count(j.id)::int as judgments, array_agg(j.answer #>> '{preference,outcome}' order by j.id) as votes, c.run_id as run
    from tasks t join task_consensus c on c.task_id = t.id
      left join judgments j on j.task_id = t.id and j.withdrawn_at is null and not j.late
    where t.project_id = ${projectId} group by t.id, c.task_id order by t.seq`)
}

const isRight = (task: string, value: Outcome | null) => (value === truthOf(task) ? 1 : 0)
const accuracy = (tasks: { task: string; value: Outcome | null }[]) =>
  tasks.reduce((sum, { task, value }) => sum + isRight(task, value), 0) / tasks.length
const majority = (votes: Outcome[]): Outcome | null => {
  const lead = votes.filter((vote) => vote === 'a').length - votes.filter((vote) => vote === 'b').length
  return lead > 0 ? 'a' : lead < 0 ? 'b' : null
}

/** Three who know and two who guess. */
const SKILLS = [0.92, 0.9, 0.88, 0.5, 0.5]

/** A project on which everybody has judged everything, with the trainers in the order of SKILLS. */
async function judgedProject(tasks: number, gold?: (index: number) => boolean) {
  const id = await project(tasks, SKILLS.length, gold)
  const trainers = await Promise.all(SKILLS.map(() => server.newTrainer()))
  await Promise.all(
    trainers.map((trainer, person) =>
      judge(trainer, id, (task) => answerOf(person, SKILLS[person] ?? 0, task)),
    ),
  )
  return { id, trainers }
}

test('the majority decides first; then a full run takes over, does better, and tells the good from the random', async () => {
  const id = await project(60, SKILLS.length, (index) => index % 6 === 0)
  const trainers = await Promise.all(SKILLS.map(() => server.newTrainer()))
  const say = (person: number) => (task: string) => answerOf(person, SKILLS[person] ?? 0, task)

  for (const person of [0, 3]) await judge(trainers[person] as TestPerson, id, say(person), 25)
  await until(server, async () => (await decided(id)).reduce((sum, task) => sum + task.counted, 0) === 50)
  expect(await fullRunsOf(id)).toEqual([])
  for (const task of await decided(id))
    expect(task.value).toBe(task.counted === 1 ? task.votes[0] : task.value)
  const early = await team.client.listProjectPeople({ params: { id } })
  expect(early.items.map((person) => person.reliability)).toEqual([null, null])

  await Promise.all(trainers.map((trainer, person) => judge(trainer, id, say(person))))
  await until(server, async () => (await fullRunsOf(id)).at(-1)?.judgments === 300)
  const [full] = await fullRunsOf(id)
  expect(full).toMatchObject({ level: 'full', method: 'auto', version: '0.1.0', seed: 1, tasks: 60 })
  expect(full?.duration).toBeGreaterThan(0)

  const tasks = await decided(id)
  expect(tasks.every((task) => task.run === full?.id && task.counted === 5)).toBe(true)
  const byVotes = accuracy(tasks.map(({ task, votes }) => ({ task, value: majority(votes) })))
  expect(accuracy(tasks)).toBeGreaterThan(byVotes + 0.03)

  const { progress } = await team.client.getProject({ params: { id } })
  const known = tasks.filter(({ task }) => Number(task.slice(1)) % 6 === 0)
  expect(progress.gold).toEqual({
    tasks: 10,
    judged: 10,
    correct: known.reduce((sum, { task, value }) => sum + isRight(task, value), 0),
  })
  const { percent, low, high } = progress.agreement ?? {}
  expect(low).toBeLessThan(percent ?? 0)
  expect(high).toBeGreaterThan(percent ?? 1)

  const { items: people } = await team.client.listProjectPeople({ params: { id } })
  const reliability = trainers.map(
    (trainer) => people.find((person) => person.trainerId === trainer.userId)?.reliability,
  )
  const [good, random] = [reliability.slice(0, 3), reliability.slice(3)]
  for (const each of good) expect(each?.value).toBeGreaterThan(0.8)
  for (const each of random) expect(each?.value).toBeLessThan(0.7)
  const worst = Math.min(...good.map((each) => each?.low ?? 0))
  for (const each of random) expect(each?.high).toBeLessThan(Math.max(worst, 0.75))
})

test('known answers change what is thought of people and never what people said', async () => {
  const { id } = await judgedProject(40, (index) => index % 2 === 0)
  const look = async () => {
    await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
    const { items } = await team.client.listProjectPeople({ params: { id } })
    return {
      said: (await decided(id)).map(({ task, value, confidence }) => ({ task, value, confidence })),
      people: items.map(({ reliability }) => reliability ?? { value: 0, low: 0, high: 0 }),
    }
  }
  const informed = await look()
  await rows(sql`update tasks set gold = null where project_id = ${id}`)
  await rows(sql`update task_consensus set basis = null where project_id = ${id}`)
  const plain = await look()
  expect(await fullRunsOf(id)).toHaveLength(2)
  expect(informed.said).toEqual(plain.said)
  const width = (people: { low: number; high: number }[]) =>
    people.reduce((sum, person) => sum + person.high - person.low, 0)
  expect(width(informed.people)).toBeLessThan(width(plain.people))
})

test('after a full run a new judgment is weighed by what is known of its person, at once', async () => {
  const { id, trainers } = await judgedProject(40)
  await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  const params = { id }
  const lines = ['t100', 't101'].map((idx) =>
    JSON.stringify({ idx, input: `Late ${idx}?`, one: 'One.', two: 'Two.' }),
  )
  await team.client.importTasks({ params, query: { format: 'pairs', map: PAIR_MAP }, body: lines.join('\n') })
  // One who knows against one who guesses: the votes are equal, and so are their strengths.
  await judge(trainers[0] as TestPerson, id, truthOf)
  await judge(trainers[3] as TestPerson, id, (task) => (truthOf(task) === 'a' ? 'b' : 'a'))
  const lateOnes = async () => (await decided(id)).filter(({ task }) => task.length === 4)
  await until(server, async () => (await lateOnes()).filter((task) => task.counted === 2).length === 2)
  const late = await lateOnes()
  expect(late.map(({ task, value }) => [task, value])).toEqual([
    ['t100', 'a'],
    ['t101', 'b'],
  ])
  expect((await runsOf(id)).at(-1)).toMatchObject({ level: 'quick', method: 'crowd-model', judgments: 204 })
  expect(await fullRunsOf(id)).toHaveLength(1)
})

test('a submission taken back leaves consistent numbers, and the next full run does not know it', async () => {
  const id = await project(30, 3)
  const trainers = [await server.newTrainer(), await server.newTrainer(), await server.newTrainer()]
  let last: Awaited<ReturnType<typeof judge>>
  for (const [person, trainer] of trainers.entries())
    last = await judge(trainer, id, (task) => answerOf(person, 0.9, task))
  await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  expect((await fullRunsOf(id)).at(-1)?.judgments).toBe(90)

  // What is taken back must be of the last seconds, and a full run may take longer.
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query('update judgments set submitted_at = now() where id = $1', [last?.judgment.id])
  await owner.end()
  await trainers[2]?.client.undoJudgment({ params: { id: last?.judgment.id ?? '' } })
  await until(server, async () => (await decided(id)).every((task) => task.counted === task.judgments))
  expect((await runsOf(id)).at(-1)).toMatchObject({ level: 'quick', judgments: 89 })
  await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  expect((await fullRunsOf(id)).map((run) => run.judgments)).toEqual([90, 89])
  expect((await decided(id)).reduce((sum, task) => sum + task.counted, 0)).toBe(89)
  const { items } = await team.client.listProjectPeople({ params: { id } })
  const [counted] = await rows(sql<{ n: number }>`select sum(judgments)::int as n
    from project_reliability where project_id = ${id}`)
  expect(items.reduce((sum, person) => sum + person.judgments, 0)).toBe(counted?.n)
})

test('two processes at once neither double the work nor lose any', async () => {
  const { id } = await judgedProject(40)
  const both = [server.deps, second]
  await Promise.all(both.map((deps) => recomputeConsensus(deps, id, team.organizationId, { full: true })))
  const full = await fullRunsOf(id)
  expect(full).toHaveLength(1)
  expect(full[0]).toMatchObject({ tasks: 40, judgments: 200 })
  const tasks = await decided(id)
  expect(tasks).toHaveLength(40)
  expect(tasks.every((task) => task.run === full[0]?.id && task.counted === 5)).toBe(true)

  // One that comes while another is at work and does not wait leaves it to that one.
  await rows(sql`update task_consensus set stale = true, basis = null where project_id = ${id}`)
  let release = () => {}
  let started = () => {}
  const running = new Promise<void>((resolve) => {
    started = resolve
  })
  const held = inferProject(server.deps, id, team.organizationId, {
    infer: async (...input) => {
      started()
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return inferInThread(...input)
    },
  })
  await running
  await inferProject(second, id, team.organizationId)
  expect(await fullRunsOf(id)).toHaveLength(1)
  release()
  await held
  expect(await fullRunsOf(id)).toHaveLength(2)
})

test('judgments that come while a full run is at work are not overwritten by it', async () => {
  const { id } = await judgedProject(30)
  const extra = await server.newTrainer()
  await rows(sql`update slots set state = 0 where id = (
    select s.id from slots s join tasks t on t.id = s.task_id where t.project_id = ${id} and t.external_id = 't7' limit 1)`)
  await rows(
    sql`update tasks set state = 'open', done_at = null where project_id = ${id} and external_id = 't7'`,
  )
  await recomputeConsensus(server.deps, id, team.organizationId)
  await inferProject(server.deps, id, team.organizationId, {
    infer: async (...input) => {
      await judge(extra, id, () => 'b', 1)
      await until(server, async () => (await decided(id)).some((task) => task.counted === 6))
      return inferInThread(...input)
    },
  })
  const [full] = await fullRunsOf(id)
  const tasks = await decided(id)
  expect(tasks.filter((task) => task.run !== full?.id).map(({ task, counted }) => [task, counted])).toEqual([
    ['t7', 6],
  ])
})

test('a thread that breaks fails the job and nothing else', async () => {
  const { id } = await judgedProject(30)
  await recomputeConsensus(server.deps, id, team.organizationId)
  const before = await decided(id)
  for (const program of ['process.exit(3)', 'throw new Error("no memory")']) {
    const broken = inferProject(server.deps, id, team.organizationId, {
      infer: (database, task) =>
        inferInThread(database, task, new URL(`data:text/javascript,${encodeURIComponent(program)}`)),
    })
    await expect(broken).rejects.toThrow(/code 3|no memory/)
  }
  expect(await fullRunsOf(id)).toEqual([])
  expect(await decided(id)).toEqual(before)
  expect((await team.client.getProject({ params: { id } })).progress.judgments).toBe(150)

  // A server that stops breaks it off too; another one does it.
  const other: Deps = { ...second, database: openDatabase(server.ownerUrl, 3) }
  const stopped = inferProject(other, id, team.organizationId, {
    infer: (database, task) => {
      const result = inferInThread(database, task)
      void stopInference(database)
      return result
    },
  })
  await expect(stopped).rejects.toThrow(/broken off/)
  await expect(inferProject(other, id, team.organizationId)).rejects.toThrow(/stopping/)
  await other.database.close()
  await inferProject(server.deps, id, team.organizationId)
  expect(await fullRunsOf(id)).toHaveLength(1)
})

test('with few judgments counting decides, in an export too', async () => {
  const id = await project(25, 2)
  for (const person of [0, 1]) {
    const trainer = await server.newTrainer()
    await judge(trainer, id, (task) => answerOf(person, 0.8, task))
  }
  expect(await recomputeConsensus(server.deps, id, team.organizationId, { full: true })).toMatchObject({
    level: 'quick',
    method: 'majority',
  })
  expect(await fullRunsOf(id)).toEqual([])
  for (const task of await decided(id)) {
    expect(task.value).toBe(majority(task.votes))
    expect([0.5, 1]).toContain(task.confidence)
  }
})

test('where everybody agrees there is nothing to infer, and that is not found out again and again', async () => {
  const id = await project(30, 3)
  const trainers = await Promise.all([1, 2, 3].map(() => server.newTrainer()))
  await Promise.all(trainers.map((trainer) => judge(trainer, id, () => 'a')))
  for (let times = 0; times < 2; times++)
    await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  expect(await fullRunsOf(id)).toMatchObject([{ method: 'majority', tasks: 30, judgments: 90 }])
  expect((await decided(id)).every((task) => task.value === 'a' && task.confidence === 1)).toBe(true)
  const { progress } = await team.client.getProject({ params: { id } })
  expect(progress.agreement).toMatchObject({ percent: 1, low: 1, high: 1, alpha: null })
})

test('an export brings everything up to date by itself', async () => {
  const { id } = await judgedProject(30)
  expect(await decided(id)).toEqual([])
  const source = await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  expect(source).toEqual({ level: 'full', method: 'auto', version: '0.1.0' })
  const first = await decided(id)
  expect(first.every((task) => task.counted === 5)).toBe(true)
  // What events tell afterwards is nothing new, and a second export has nothing to infer.
  await until(server, async () => (await rows(sql`select 1 from outbox`)).length === 0)
  await recomputeConsensus(server.deps, id, team.organizationId, { full: true })
  expect(await decided(id)).toEqual(first)
  expect(await fullRunsOf(id)).toHaveLength(1)
})
