import type { ExpertiseDomain, ExpertiseLevel } from '@groundwork/contract'
import { sql, type Tx } from '../../platform/index.ts'

export type ProjectFacts = {
  people: number
  /** How many of them by the highest level of expertise that they state. */
  byLevel: Record<string, number>
  from: string | null
  until: string | null
  guidelineVersions: number[]
  formVersions: number[]
  /** Micro-units, and milliseconds of active time with and without a judgment at its end. */
  pay: bigint
  activeMs: bigint
}

/** What is known of how a project's judgments came about. */
export async function projectFacts(tx: Tx, projectId: string): Promise<ProjectFacts> {
  const { rows } = await sql<ProjectFacts>`
    with made as (
      select trainer_id, submitted_at, pay, active_ms, guideline_version, form_version
      from judgments where project_id = ${projectId} and withdrawn_at is null
    ), people as (
      select t.trainer_id, coalesce((
        select e.level from trainer_expertise e where e.user_id = t.trainer_id
        order by array_position(array['domain_expert', 'stem_professional', 'skilled_writer', 'generalist'], e.level) limit 1
      ), 'not stated') as level
      from (select distinct trainer_id from made) t
    ), unpaid as (
      select coalesce(sum(active_ms), 0) as active_ms from assignments
      where project_id = ${projectId} and state in ('expired', 'skipped', 'flagged') and active_ms > 0
    )
    select (select count(*)::int from people) as people,
      coalesce((select jsonb_object_agg(level, n) from (select level, count(*)::int as n from people group by level) l), '{}') as "byLevel",
      to_char(min(submitted_at) at time zone 'UTC', 'YYYY-MM-DD') as "from",
      to_char(max(submitted_at) at time zone 'UTC', 'YYYY-MM-DD') as "until",
      coalesce((select array_agg(distinct guideline_version order by guideline_version) from made), '{}') as "guidelineVersions",
      coalesce((select array_agg(distinct form_version order by form_version) from made), '{}') as "formVersions",
      coalesce(sum(pay), 0)::bigint as pay,
      (coalesce(sum(active_ms), 0) + (select active_ms from unpaid))::bigint as "activeMs"
    from made`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('An aggregate without groups gives one row.')
  return row
}

/** What a person says to know, the highest level first. */
export type Stated = { domain: ExpertiseDomain; level: ExpertiseLevel }[]

/** The expertise of everybody who judged in a project, by trainer, as their profiles say now. */
export async function expertiseOf(tx: Tx, projectId: string): Promise<Map<string, Stated>> {
  const { rows } = await sql<{ trainer: string; stated: Stated }>`
    select e.user_id as trainer, json_agg(json_build_object('domain', e.domain, 'level', e.level)
      order by array_position(array['domain_expert', 'stem_professional', 'skilled_writer', 'generalist'], e.level), e.domain) as stated
    from trainer_expertise e
    where e.user_id in (select trainer_id from judgments where project_id = ${projectId} and withdrawn_at is null)
    group by e.user_id`.execute(tx)
  return new Map(rows.map(({ trainer, stated }) => [trainer, stated]))
}
