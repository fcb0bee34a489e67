import { sql, type Tx } from '../platform/index.ts'

/** A day of one trainer's work on one project. Pay in micro-units. */
export type WorkRow = { date: string; projectId: string; earned: bigint; activeMs: bigint; judgments: number }

/** The last seven days in a time zone, oldest first, as `YYYY-MM-DD`; the database's clock says which day it is. */
export async function lastSevenDays(tx: Tx, timeZone: string): Promise<string[]> {
  const { rows } = await sql<{ date: string }>`
    select to_char((now() at time zone ${timeZone})::date - n, 'YYYY-MM-DD') as date
    from generate_series(6, 0, -1) n`.execute(tx)
  return rows.map((row) => row.date)
}

/**
 * What a trainer did since the beginning of a day. Time counts that ended without pay, too: expired, skipped and flagged
 * assignments. Pay that is still owed counts when it is paid.
 * @param since `YYYY-MM-DD` in `timeZone`
 */
export async function workSince(
  tx: Tx,
  trainerId: string,
  since: string,
  timeZone: string,
): Promise<WorkRow[]> {
  const start = sql`(${since}::date)::timestamp at time zone ${timeZone}`
  const { rows } = await sql<WorkRow>`
    with work as (
      select submitted_at as at, project_id, case when pay_state = 'owed' then 0 else pay end as pay, active_ms,
        case when supersedes is null then 1 else 0 end as judgments
      from judgments
      where trainer_id = ${trainerId} and submitted_at >= ${start} and withdrawn_at is null
      union all
      select closed_at, project_id, 0, active_ms, 0 from assignments
      where trainer_id = ${trainerId} and closed_at >= ${start}
        and state in ('expired', 'skipped', 'flagged') and active_ms > 0
    )
    select to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as date, project_id as "projectId",
      sum(pay)::bigint as earned, sum(active_ms)::bigint as "activeMs", sum(judgments)::int as judgments
    from work group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}

/** When the next pending pay of a trainer becomes available. No review window is longer than sixty days. */
export async function nextReleaseAt(tx: Tx, trainerId: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(review_until) as at from judgments
    where trainer_id = ${trainerId} and pay_state = 'pending' and submitted_at > now() - interval '61 days'`.execute(
    tx,
  )
  return rows[0]?.at ?? null
}

/** Active milliseconds by judgment that was paid, with those of its corrections. */
export async function activeMsOf(tx: Tx, judgmentIds: string[]): Promise<Map<string, number>> {
  if (judgmentIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; active_ms: number }>`
    select paid.id, sum(j.active_ms)::int as active_ms
    from judgments paid join judgments j on j.assignment_id = paid.assignment_id and j.epoch = paid.epoch
    where paid.id = any(${judgmentIds}::uuid[]) and (j.id = paid.id or j.withdrawn_at is null)
    group by paid.id`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.active_ms]))
}
