import pg from 'pg'
import { newId } from '../apps/server/src/platform/index.ts'
import { nextAssignment } from '../apps/server/src/tasks/next-assignment.ts'
import { submitJudgment } from '../apps/server/src/tasks/submit-judgment.ts'
import { anAnswer } from '../apps/server/src/tasks/testing/workplace.ts'
import { Connection } from './connection.ts'
import { count, describe, hammer, type Run, rate, together } from './measure.ts'
import { openPlace, type Place } from './place.ts'
import { ofPostgres, ofProcess } from './processor-time.ts'
import { type Recorded, record, replay } from './same-sql.ts'
import { startServer } from './server.ts'

export type ClaimOptions = { slots: number; trainers: number; seconds: number; poolSize: number }

/** Characters of a task's three texts. */
const TEXT = 500
const BATCH = 10_000
const ROUNDS = 2

/**
 * Claim and submit by many trainers at once: through the whole server, and the same statements sent bare, on one database in one
 * run. A step is one submit with the claim of the next task, as the workbench does it.
 */
export async function benchClaims(options: ClaimOptions): Promise<void> {
  console.log(`Claim + submit: ${options.trainers} trainers at once, ${count(options.slots)} slots`)
  const place = await openPlace(options.trainers, options.poolSize)
  const owner = new pg.Client({ connectionString: place.ownerUrl })
  await owner.connect()
  try {
    const projectId = await fill(place, options.slots)
    const script = await recordStep(place, projectId)
    const [bare, http]: [Run[], Run[]] = [[], []]
    const use = { bare: noUse(), http: noUse() }
    // In turns, so that a busy moment of the machine meets both.
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(
        await runBare(place, projectId, script, options, (run) => timed(use.bare, owner, undefined, run)),
      )
      const server = await startServer(place.ownerUrl, options.poolSize)
      http.push(
        await runHttp(place, projectId, server.url, options, (run) =>
          timed(use.http, owner, server.pid, run),
        ),
      )
      await server.stop()
    }
    const [bareRun, httpRun] = [together(bare), together(http)]
    console.log(
      `  the same SQL bare   ${describe(bareRun)}   (${script.statements.length} statements a step)`,
    )
    console.log(`  through HTTP        ${describe(httpRun)}`)
    const each = (used: number, run: Run) => `${(used / run.steps).toFixed(2)} ms`
    console.log(
      `  processor time      bare: database ${each(use.bare.database, bareRun)}, client ${each(use.bare.client, bareRun)}; ` +
        `HTTP: database ${each(use.http.database, httpRun)}, server ${each(use.http.server, httpRun)}, load ${each(use.http.client, httpRun)}`,
    )
    console.log(`  ratio               ${((100 * rate(httpRun)) / rate(bareRun)).toFixed(0)} % of bare`)
    console.log(`  over-assignments    ${await overAssignments(place)}`)
  } finally {
    await owner.end()
    await place.close()
  }
}

/** Milliseconds of processor time; on a busy machine these say more than the clock. */
type Use = { database: number; server: number; client: number }
type Measured = (run: () => Promise<Run>) => Promise<Run>
const noUse = (): Use => ({ database: 0, server: 0, client: 0 })

/** Adds what a run used to `use`. */
async function timed(
  use: Use,
  owner: pg.Client,
  server: number | undefined,
  run: () => Promise<Run>,
): Promise<Run> {
  const before = {
    database: await ofPostgres(owner),
    server: await ofProcess(server),
    client: process.cpuUsage(),
  }
  const result = await run()
  const { user, system } = process.cpuUsage(before.client)
  use.client += (user + system) / 1000
  use.database += (await ofPostgres(owner)) - before.database
  use.server += (await ofProcess(server)) - before.server
  return result
}

async function fill(place: Place, slots: number): Promise<string> {
  const projectId = await place.newProject({ tasks: 0, funds: '100000000.00' })
  const start = performance.now()
  for (let first = 0; first < slots; first += BATCH) {
    await place.addTasks(projectId, first, Math.min(BATCH, slots - first), TEXT)
  }
  const seconds = (performance.now() - start) / 1000
  console.log(
    `  tasks added         ${count(slots / seconds).padStart(7)}/s   (with their slots, open at once)`,
  )
  const owner = new pg.Client({ connectionString: place.ownerUrl })
  await owner.connect()
  await owner.query('vacuum analyze')
  await owner.query('checkpoint')
  await owner.end()
  return projectId
}

/** One step of one trainer as recorded: its statements, and which ids in them stand for what. */
type Script = {
  statements: Recorded[]
  trainer: string
  /** What the step before had claimed and this one submitted, and what this one claimed instead. */
  submitted: Held
  claimed: Held
}
type Held = { assignment: string; hold: string }

/** Records what one trainer does again and again, once the caches of the process are warm. */
async function recordStep(place: Place, projectId: string): Promise<Script> {
  const trainer = place.trainers[0]?.id ?? ''
  let submitted = await claim(place, trainer, projectId)
  const step = async () => {
    const input = { epoch: 1, answer: anAnswer(), activeMs: 5, next: true }
    await submitJudgment(place.deps, trainer, submitted.assignment, input)
  }
  await step()
  submitted = await claim(place, trainer, projectId)
  const statements = await record(step)
  return { statements, trainer, submitted, claimed: await claim(place, trainer, projectId) }
}

/** What the trainer holds, or a new claim. */
async function claim(place: Place, trainer: string, projectId: string): Promise<Held> {
  const { assignment } = await nextAssignment(place.deps, trainer, { projectId })
  if (!assignment) throw new Error('No slots are left; give more with --slots.')
  const row = await place.deps.database.transaction({ person: trainer }, (tx) =>
    tx.selectFrom('assignments').select('hold_id').where('id', '=', assignment.id).executeTakeFirstOrThrow(),
  )
  return { assignment: assignment.id, hold: row.hold_id }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

async function runBare(
  place: Place,
  projectId: string,
  script: Script,
  options: ClaimOptions,
  measured: Measured,
): Promise<Run> {
  const pool = new pg.Pool({
    connectionString: place.ownerUrl,
    max: options.poolSize,
    options: '-c role=groundwork_app -c timezone=UTC',
  })
  const holding: Held[] = []
  for (const each of place.trainers) holding.push(await claim(place, each.id, projectId))
  const fixed = new Set([projectId, place.organizationId])
  const before = await countJudgments(place)
  let steps = 0
  const step = async (worker: number) => {
    const held = holding[worker]
    const next = { assignment: newId(), hold: newId() }
    const ids = new Map([
      [script.trainer, place.trainers[worker]?.id ?? ''],
      [script.submitted.assignment, held?.assignment ?? ''],
      [script.submitted.hold, held?.hold ?? ''],
      [script.claimed.assignment, next.assignment],
      [script.claimed.hold, next.hold],
    ])
    const freshId = (id: string) => {
      if (fixed.has(id)) return id
      const known = ids.get(id) ?? newId()
      ids.set(id, known)
      return known
    }
    const client = await pool.connect()
    try {
      await replay(client, script.statements, (value) => {
        // The only big number is the key at which a claim begins to search.
        if (typeof value === 'number' && value > 1_000_000) return Math.floor(Math.random() * 2_147_483_647)
        return typeof value === 'string' ? value.replace(UUID, freshId) : value
      })
    } finally {
      client.release()
    }
    holding[worker] = next
    steps++
  }
  const run = await measured(() => hammer(options.trainers, options.seconds, step))
  await pool.end()
  const judged = (await countJudgments(place)) - before
  if (judged !== steps)
    throw new Error(`${steps} bare steps made ${judged} judgments: they did not do the work.`)
  return run
}

async function countJudgments(place: Place): Promise<number> {
  const row = await place.deps.database.transaction('system', (tx) =>
    tx
      .selectFrom('judgments')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow(),
  )
  return Number(row.n)
}

async function runHttp(
  place: Place,
  projectId: string,
  url: string,
  options: ClaimOptions,
  measured: Measured,
): Promise<Run> {
  const connections = place.trainers.map((each) => new Connection(url, each.apiKey))
  type Shown = { id: string; epoch: number }
  const holding: (Shown | null)[] = await Promise.all(
    connections.map(async (each) => {
      const { body } = await each.post('/assignments/next', { projectId })
      return (body as { assignment: Shown | null }).assignment
    }),
  )
  try {
    const step = async (worker: number) => {
      const held = holding[worker]
      if (!held) throw new Error('No slots are left; give more with --slots.')
      const answer = await connections[worker]?.post(`/assignments/${held.id}/submit`, {
        epoch: held.epoch,
        answer: anAnswer(),
        activeMs: 5,
      })
      if (answer?.status !== 200) throw new Error(`The server answered ${JSON.stringify(answer)}`)
      holding[worker] = (answer.body as { next: { assignment: Shown | null } }).next.assignment
    }
    return await measured(() => hammer(options.trainers, options.seconds, step))
  } finally {
    for (const each of connections) each.close()
  }
}

/** Slots with more than one live assignment or counted judgment, and trainers with two assignments of one task. */
async function overAssignments(place: Place): Promise<number> {
  const client = new pg.Client({ connectionString: place.ownerUrl })
  await client.connect()
  const { rows } = await client.query(`
    select (select count(*) from (
        select slot_id from assignments where state in ('live', 'submitted') group by slot_id having count(*) > 1) slots)::int
      + (select count(*) from (select 1 from assignments group by trainer_id, task_id having count(*) > 1) people)::int
      + (select count(*) from (select 1 from judgments where not late group by task_id having count(*) > 1) tasks)::int as n`)
  await client.end()
  return rows[0].n
}
