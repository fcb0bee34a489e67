import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { issueApiKey } from '../apps/server/src/identity/index.ts'
import { newId } from '../apps/server/src/platform/index.ts'
import { count } from './measure.ts'
import { openPlace, type Place } from './place.ts'
import { ofEndedChildren, ofPostgres, ofProcess } from './processor-time.ts'
import { type Server, startServer } from './server.ts'

export type FileOptions = { tasks: number; judgments: number }

/** Import and results through the API beside Postgres' own COPY of the same content, one after the other on one database. */
export async function benchFiles(options: FileOptions): Promise<void> {
  console.log(
    `Files: ${count(options.tasks)} tasks of about 1.5 KB in, ${options.judgments} judgments each out`,
  )
  const place = await openPlace(options.judgments, 8)
  const owner = new pg.Client({ connectionString: place.ownerUrl })
  await owner.connect()
  const server = await startServer(place.ownerUrl, 8)
  try {
    const apiKey = await keyOf(place)
    const projectId = await place.newProject({ tasks: 0, overlap: options.judgments })
    const copied = await copyIn(owner, options.tasks)
    const imported = await importTasks(owner, server, options.tasks, () =>
      importFile(server, apiKey, projectId, options.tasks),
    )
    line('import', imported.rate, 'tasks/s')
    line('COPY of the same lines', copied.rate, 'tasks/s')
    console.log(
      `  import is           ${percent(imported.rate, copied.rate)} of COPY, with validation, canonical form, duplicates and slots`,
    )
    // What counts where others use the machine, too.
    const { database, server: own, reader, memory, readerMemory } = imported
    console.log(
      `  processor time      import: database ${database.toFixed(0)} µs a task, server ${own.toFixed(0)}, reader ${reader.toFixed(0)}; COPY: ${copied.database.toFixed(0)}`,
    )
    console.log(
      `  two cores allow     ${count(Math.min(2e6 / (database + own + reader), 1e6 / Math.max(database, own, reader)))} tasks/s`,
    )
    console.log(`  memory at most      server ${memory ?? 'unknown'} MiB, reader ${readerMemory} MiB`)

    await judgeAll(owner, place, projectId)
    const [all] = await Promise.all([countJudgments(owner)])
    const results = await readResults(server, apiKey, projectId, all)
    const copiedOut = await copyOut(owner, projectId, all)
    line('results', results, 'judgments/s')
    line('COPY of judgments', copiedOut, 'judgments/s')
    console.log(
      `  results are         ${percent(results, copiedOut)} of COPY, with tasks, names and consensus`,
    )
    console.log(`  memory of the server, at most: ${(await server.peakMemory()) ?? 'unknown'} MiB`)
  } finally {
    await server.stop()
    await owner.end()
    await place.close()
  }
}

const percent = (one: number, other: number) => `${((100 * one) / other).toFixed(0)} %`
const line = (what: string, value: number, unit: string) =>
  console.log(`  ${what.padEnd(24)}${count(value).padStart(9)} ${unit}`)

/** Rows a second of a piece of work. */
async function perSecond(rows: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return rows / ((performance.now() - start) / 1000)
}

const words = 'the quick brown fox jumps over the lazy dog and asks what came of it '
const record = (n: number) =>
  `${JSON.stringify({
    prompt: [{ role: 'user', content: `Question ${n}: ${words.repeat(7)}` }],
    chosen: [{ role: 'assistant', content: `Better answer to ${n}: ${words.repeat(7)}` }],
    rejected: [{ role: 'assistant', content: `Worse answer to ${n}: ${words.repeat(7)}` }],
    id: `pair-${n}`,
  })}\n`

async function* records(tasks: number): AsyncGenerator<Buffer> {
  for (let first = 0; first < tasks; first += 200) {
    const lines = Array.from({ length: Math.min(200, tasks - first) }, (_, index) => record(first + index))
    yield Buffer.from(lines.join(''))
  }
}

function importFile(server: Server, apiKey: string, projectId: string, tasks: number): Promise<number> {
  return perSecond(tasks, async () => {
    const response = await fetch(`${server.url}/api/v1/projects/${projectId}/import?format=trl-preference`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/octet-stream' },
      body: Readable.toWeb(Readable.from(records(tasks))) as ReadableStream<Uint8Array>,
      duplex: 'half',
    } as RequestInit)
    const answer = (await response.json()) as { created?: number }
    if (answer.created !== tasks)
      throw new Error(`The import answered ${JSON.stringify(answer).slice(0, 500)}`)
  })
}

/** Microseconds of processor time for each task, MiB of memory, and the rate. */
async function importTasks(owner: pg.Client, server: Server, tasks: number, work: () => Promise<number>) {
  const use = async () => ({
    database: await ofPostgres(owner),
    server: await ofProcess(server.pid),
    reader: await ofEndedChildren(server.pid),
  })
  const readerMemory = server.watchChildren()
  const before = await use()
  const rate = await work()
  const after = await use()
  const each = (what: keyof typeof before) => ((after[what] - before[what]) * 1000) / tasks
  return {
    rate,
    database: each('database'),
    server: each('server'),
    reader: each('reader'),
    memory: await server.peakMemory(),
    readerMemory: readerMemory(),
  }
}

/** The same lines into a table of one jsonb column with an index of the same kind as that of tasks. */
async function copyIn(owner: pg.Client, tasks: number): Promise<{ rate: number; database: number }> {
  await owner.query(
    `create table bench_copy (seq bigint generated always as identity primary key, line jsonb)`,
  )
  const before = await ofPostgres(owner)
  const rate = await perSecond(tasks, async () => {
    // CSV with quoting characters that JSON text never holds.
    const sink = owner.query(
      copyFrom(`copy bench_copy (line) from stdin (format csv, quote e'\\x01', delimiter e'\\x02')`),
    )
    await pipeline(Readable.from(records(tasks)), sink)
  })
  const database = (((await ofPostgres(owner)) - before) * 1000) / tasks
  await owner.query('drop table bench_copy')
  return { rate, database }
}

/** Fills every slot with a judgment, as if it had been worked off. */
async function judgeAll(owner: pg.Client, place: Place, projectId: string): Promise<void> {
  await owner.query(
    `insert into ledger_holds (id, organization_id, project_id, account_id, currency, amount, state)
     select $1, organization_id, $2, id, 'USD', 1, 'released' from ledger_accounts where owner_id = $2`,
    [newId(), projectId],
  )
  await owner.query(
    `with numbered as (
       select s.*, row_number() over (partition by task_id order by id) as n from slots s where project_id = $1
     ), trainers as (select id, row_number() over () as n from unnest($2::uuid[]) as id)
     insert into assignments (id, organization_id, project_id, task_id, slot_id, trainer_id, state, expires_at, lease_seconds,
       candidate_order, form_version, guideline_version, pay_version, hold_id)
     select gen_random_uuid(), s.organization_id, s.project_id, s.task_id, s.id, t.id, 'submitted', now(), 1800, '["a","b"]',
       1, 1, 1, (select id from ledger_holds limit 1)
     from numbered s join trainers t using (n)`,
    [projectId, place.trainers.map((each) => each.id)],
  )
  await owner.query(
    `insert into judgments (id, organization_id, project_id, task_id, trainer_id, assignment_id, epoch, answer, candidate_order,
       active_ms, form_version, guideline_version, currency, pay, pay_state, receipt_state, idempotency_key, request_hash,
       review_until)
     select gen_random_uuid(), organization_id, project_id, task_id, trainer_id, id, 1,
       jsonb_build_object('preference', jsonb_build_object('outcome', 'a', 'strength', -2), 'reason', repeat('because ', 20)),
       candidate_order, 60000, 1, 1, 'USD', 1, 'pending', 'pending', id || ':1', '', now()
     from assignments where project_id = $1`,
    [projectId],
  )
  await owner.query(`update slots set state = 2 where project_id = $1`, [projectId])
  await owner.query('vacuum analyze')
}

async function countJudgments(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query('select count(*)::int as n from judgments')
  return rows[0].n
}

function readResults(server: Server, apiKey: string, projectId: string, judgments: number): Promise<number> {
  return perSecond(judgments, async () => {
    const response = await fetch(`${server.url}/api/v1/projects/${projectId}/results`, {
      headers: { authorization: `Bearer ${apiKey}` },
    })
    if (!response.body) throw new Error('The results came without a body.')
    let bytes = 0
    for await (const chunk of response.body) bytes += chunk.length
    if (!response.ok || bytes === 0) throw new Error(`The results answered ${response.status}`)
  })
}

function copyOut(owner: pg.Client, projectId: string, judgments: number): Promise<number> {
  return perSecond(judgments, async () => {
    const source = owner.query(
      copyTo(`copy (select task_id, trainer_id, answer, submitted_at, active_ms from judgments
        where project_id = '${projectId}' order by task_id) to stdout`),
    )
    source.resume()
    await once(source, 'end')
  })
}

async function keyOf(place: Place): Promise<string> {
  const { userId } = place.owner
  const { secret } = await place.deps.database.transaction({ person: userId }, (tx) =>
    issueApiKey(tx, userId, { name: 'bench', scope: 'write', expiresInDays: 1 }),
  )
  return secret
}
