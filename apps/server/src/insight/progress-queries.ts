import { sql, type Tx } from '../platform/index.ts'

export type TaskCounts = { tasks: number; done: number; flagged: number; gold: number }

/** Tasks of a project, counted in indexes: the rows carry the content. */
export async function taskCounts(tx: Tx, projectId: string): Promise<TaskCounts> {
  const { rows } = await sql<TaskCounts>`
    select
      (select count(*) from tasks where project_id = ${projectId})::int as tasks,
      (select count(*) from tasks where project_id = ${projectId} and done_at is not null)::int as done,
      (select count(*) from tasks where project_id = ${projectId} and state = 'flagged')::int as flagged,
      (select count(*) from tasks where project_id = ${projectId} and gold is not null)::int as gold`.execute(
    tx,
  )
  return rows[0] ?? { tasks: 0, done: 0, flagged: 0, gold: 0 }
}

/** Slots that are open, and those that somebody holds. A filled slot is a judgment that counts. */
export async function slotCounts(tx: Tx, projectId: string): Promise<{ open: number; leased: number }> {
  const { rows } = await sql<{ open: number; leased: number }>`
    select
      (select count(*) from slots where project_id = ${projectId} and state = 0)::int as open,
      (select count(*) from assignments where project_id = ${projectId} and state = 'live')::int as leased`.execute(
    tx,
  )
  return rows[0] ?? { open: 0, leased: 0 }
}

export type JudgmentTotals = {
  judgments: number
  /** Those that fill a slot: not late. */
  counted: number
  trainers: number
  /** Counted ones of the last 24 hours. */
  recent: number
  /** Micro-units. */
  pay: bigint
  /** Of judgments, and of assignments that ended without one. */
  activeMs: bigint
  now: Date
}

/**
 * Judgments of a project that stand (not taken back), in one pass over an index. A correction adds its active time and is not counted: the
 * judgment that it corrects was counted and paid.
 */
export async function judgmentTotals(tx: Tx, projectId: string): Promise<JudgmentTotals> {
  const { rows } = await sql<JudgmentTotals>`
    with by_trainer as (
      select trainer_id, count(*) filter (where supersedes is null) as judgments,
        count(*) filter (where supersedes is null and not late) as counted,
        count(*) filter (where supersedes is null and not late and submitted_at > now() - interval '24 hours') as recent,
        sum(pay) as pay, sum(active_ms) as active_ms
      from judgments where project_id = ${projectId} and withdrawn_at is null
      group by trainer_id
    ), unpaid as (
      select coalesce(sum(active_ms), 0) as active_ms from assignments
      where project_id = ${projectId} and state in ('expired', 'skipped', 'flagged') and active_ms > 0
    )
    select coalesce(sum(judgments), 0)::int as judgments, coalesce(sum(counted), 0)::int as counted,
      count(*)::int as trainers, coalesce(sum(recent), 0)::int as recent, coalesce(sum(pay), 0)::bigint as pay,
      (coalesce(sum(by_trainer.active_ms), 0) + (select active_ms from unpaid))::bigint as "activeMs", now() as now
    from by_trainer`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('An aggregate without groups gives one row.')
  return row
}

/** Median active seconds of the newest thousand judgments of a project. */
export async function medianSeconds(tx: Tx, projectId: string): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select percentile_cont(0.5) within group (order by active_ms) / 1000 as seconds
    from (select active_ms from judgments
      where project_id = ${projectId} and withdrawn_at is null and supersedes is null
      order by submitted_at desc limit 1000) newest`.execute(tx)
  return rows[0]?.seconds ?? null
}

export type SummaryCounts = {
  projectId: string
  tasks: number
  tasksDone: number
  judgments: number
  lastJudgmentAt: Date | null
}

/** What the project list shows of each project of an organization. */
export async function summaryCounts(tx: Tx, projectIds: string[]): Promise<Map<string, SummaryCounts>> {
  const { rows } = await sql<SummaryCounts>`
    select p.id as "projectId",
      (select count(*) from tasks where project_id = p.id)::int as tasks,
      (select count(*) from tasks where project_id = p.id and done_at is not null)::int as "tasksDone",
      (select count(*) from judgments where project_id = p.id and withdrawn_at is null and supersedes is null)::int as judgments,
      (select submitted_at from judgments where project_id = p.id order by submitted_at desc limit 1) as "lastJudgmentAt"
    from unnest(${projectIds}::uuid[]) as p (id)`.execute(tx)
  return new Map(rows.map((row) => [row.projectId, row]))
}

export type TimelineDay = { date: string; tasksDone: number; judgments: number }

/** Tasks and judgments finished by the end of each day (UTC), from the first day with any to the last or today. */
export async function timelineDays(tx: Tx, projectId: string): Promise<TimelineDay[]> {
  const { rows } = await sql<TimelineDay>`
    with made as (
      select submitted_at::date as day, count(*) as judgments from judgments
      where project_id = ${projectId} and withdrawn_at is null and supersedes is null group by 1
    ), done as (
      select done_at::date as day, count(*) as tasks from tasks
      where project_id = ${projectId} and done_at is not null group by 1
    ), days as (
      select generate_series(
        (select min(day) from (select day from made union all select day from done) any_day),
        (select coalesce(finished_at, now())::date from projects where id = ${projectId}), interval '1 day')::date as day
    )
    select to_char(day, 'YYYY-MM-DD') as date,
      coalesce(sum(done.tasks) over (order by day), 0)::int as "tasksDone",
      coalesce(sum(made.judgments) over (order by day), 0)::int as judgments
    from days left join made using (day) left join done using (day)
    order by day`.execute(tx)
  return rows
}
