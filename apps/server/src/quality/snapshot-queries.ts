import { type Database, sql, type Tx } from '../platform/index.ts'

/** One judgment: the classes that it gives to the questions asked for, null where it leaves one open; and answers as they are. */
export type SnapshotRow = {
  id: string
  task: string
  worker: string
  classes: (string | null)[]
  /** Whole answers to the questions asked for, null where one is left open. */
  answers: unknown[]
}

/**
 * All judgments of a project that count, by task and in the order of submission, in pages. One cursor: the pages are of one moment.
 * @param paths where in an answer each question's class stands
 * @param scales ids of the questions whose answers are wanted
 */
export async function* judgmentPages(
  tx: Tx,
  projectId: string,
  paths: string[][],
  scales: string[],
  size: number,
): AsyncGenerator<SnapshotRow[]> {
  const classes =
    paths.length > 0
      ? sql`array[${sql.join(paths.map((path) => sql`answer #>> ${path}::text[]`))}]::text[]`
      : sql`'{}'::text[]`
  const answers =
    scales.length > 0
      ? sql`jsonb_build_array(${sql.join(scales.map((id) => sql`answer -> ${id}::text`))})`
      : sql`'[]'::jsonb`
  await sql`declare counted_judgments no scroll cursor for
    select id, task_id as task, trainer_id as worker, ${classes} as classes, ${answers} as answers
    from judgments where project_id = ${projectId} and not late and withdrawn_at is null
      and superseded_at is null and set_aside is null
    order by task_id, submitted_at, id`.execute(tx)
  yield* pages<SnapshotRow>(tx, 'counted_judgments', size)
}

/** The known answers of a project, by task, in pages. */
export async function* goldPages(
  tx: Tx,
  projectId: string,
  size: number,
): AsyncGenerator<{ task: string; gold: Record<string, unknown> }[]> {
  await sql`declare known_answers no scroll cursor for
    select id as task, gold from tasks where project_id = ${projectId} and gold is not null order by id`.execute(
    tx,
  )
  yield* pages<{ task: string; gold: Record<string, unknown> }>(tx, 'known_answers', size)
}

async function* pages<Row>(tx: Tx, cursor: string, size: number): AsyncGenerator<Row[]> {
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(size))} from ${sql.raw(cursor)}`.execute(tx)
    if (rows.length > 0) yield rows
    if (rows.length < size) break
  }
  await sql`close ${sql.raw(cursor)}`.execute(tx)
}

/** First key of the advisory locks of full runs; any number that nothing else locks. */
const FULL_RUN_LOCK = 4_710_026

/**
 * Does something for a project that only one process may do at a time. The lock is a session's: it ends with its connection, whatever
 * happens to the process.
 * @param wait until the other one is done; else undefined is returned at once while there is one
 */
export async function aloneWith<T>(
  database: Database,
  projectId: string,
  wait: boolean,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const client = await database.pool.connect()
  try {
    if (wait) {
      await client.query('set statement_timeout = 0')
      await client.query('select pg_advisory_lock($1, hashtext($2))', [FULL_RUN_LOCK, projectId])
    } else {
      const { rows } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as mine',
        [FULL_RUN_LOCK, projectId],
      )
      if (!rows[0]?.mine) return undefined
    }
    return await work()
  } finally {
    // At once, and not when the server comes to notice that the connection is gone.
    await client.query('select pg_advisory_unlock_all()').catch(() => {})
    // Not back into the pool: its settings go with it.
    client.release(true)
  }
}
