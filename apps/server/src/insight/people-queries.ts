import { sql, type Tx } from '../platform/index.ts'

export type PersonRow = {
  trainerId: string
  judgments: number
  medianSeconds: number | null
  /** Micro-units. */
  pay: bigint
  /** Of judgments, and of assignments that ended without one. */
  activeMs: bigint
  /** Tasks with at least two judgments and a consensus that the person judged, and how often in agreement with it. */
  compared: number
  agreed: number
  lastAt: Date
}

/**
 * Everybody who judged in a project, the busiest first. Pace and agreement are of the person's newest thousand judgments.
 * @param question whose class is compared: the key of its consensus, and where in an answer it stands; undefined: nothing is
 */
export async function projectPeople(
  tx: Tx,
  projectId: string,
  question: { id: string; path: string[] } | undefined,
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    with person as (
      select trainer_id, count(*) filter (where supersedes is null)::int as judgments, sum(pay)::bigint as pay, sum(active_ms) as active_ms,
        max(submitted_at) as last_at
      from judgments where project_id = ${projectId} and withdrawn_at is null
      group by trainer_id
    ), unpaid as (
      select trainer_id, sum(active_ms) as active_ms from assignments
      where project_id = ${projectId} and state in ('expired', 'skipped', 'flagged') and active_ms > 0
      group by trainer_id
    )
    select person.trainer_id as "trainerId", person.judgments, person.pay, person.last_at as "lastAt",
      (person.active_ms + coalesce(unpaid.active_ms, 0))::bigint as "activeMs",
      newest.median_seconds as "medianSeconds", newest.compared, newest.agreed
    from person left join unpaid using (trainer_id),
    lateral (
      select percentile_cont(0.5) within group (order by own.active_ms) filter (where own.supersedes is null) / 1000
          as median_seconds,
        count(c.value)::int as compared, count(*) filter (where c.value = own.outcome)::int as agreed
      from (
        select task_id, active_ms, late, supersedes, superseded_at, set_aside, answer #>> ${question?.path ?? ['']}::text[] as outcome from judgments
        where trainer_id = person.trainer_id and project_id = ${projectId} and withdrawn_at is null
        order by submitted_at desc limit 1000
      ) own
      left join lateral (
        select consensus -> ${question?.id ?? ''}::text ->> 'value' as value from task_consensus
        where task_id = own.task_id and judgments >= 2 and own.outcome is not null and not own.late
          and own.superseded_at is null and own.set_aside is null
      ) c on true
    ) newest
    order by person.judgments desc, person.trainer_id`.execute(tx)
  return rows
}
