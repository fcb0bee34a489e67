import type { Audience, Currency, Form, ProjectState } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** Open tasks are counted up to here; what is beyond does not change what a trainer decides. */
const COUNTED = 10_000
/** The true wage of a project is taken over this many of its latest judgments. */
const LATEST = 1_000
/** Below this many judgments there is no true wage. */
const FEWEST = 10

export type WorkRow = {
  id: string
  name: string
  description: string
  template: string
  organization: string
  state: ProjectState
  audience: Audience
  form: Form
  currency: Currency
  hourly: bigint
  estimateSeconds: number
  perJudgment: bigint
  openToYou: number
  anyOpen: boolean
  /** An open task was skipped by the trainer. */
  anySkipped: boolean
  outOfFunds: boolean
  doneByYou: number
  awaitsReview: boolean
  inProgress: boolean
  /** An hour of active time in micro-units. */
  trueWage: bigint | null
}

/**
 * Live projects, and others in which the trainer has work under way or under review. Reads across organizations: needs the system
 * scope.
 */
export async function workOf(tx: Tx, trainerId: string): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    with begun as (
      select a.project_id,
        bool_or(a.state = 'live' or exists (
          select from drafts d where d.trainer_id = a.trainer_id and d.task_id = a.task_id)) as in_progress
      from assignments a where a.trainer_id = ${trainerId} and a.state in ('live', 'expired') group by a.project_id
    ), judged as (
      select project_id, count(*) filter (where supersedes is null)::int as judgments,
        bool_or(pay_state = 'pending') as awaits_review
      from judgments where trainer_id = ${trainerId} and withdrawn_at is null group by project_id
    )
    select p.id, p.name, p.description, p.template, o.name as organization, p.state, p.audience, f.form, t.currency,
      t.hourly, t.estimate_seconds as "estimateSeconds", t.per_judgment as "perJudgment",
      coalesce(judged.judgments, 0) as "doneByYou", coalesce(judged.awaits_review, false) as "awaitsReview",
      coalesce(begun.in_progress, false) as "inProgress", open.tasks as "openToYou",
      exists (select from slots s where s.project_id = p.id and s.state = 0) as "anyOpen",
      exists (select from assignments a where a.trainer_id = ${trainerId} and a.project_id = p.id and a.state = 'skipped'
        and exists (select from slots s where s.task_id = a.task_id and s.state = 0)) as "anySkipped",
      coalesce(escrow.available, 0) < t.per_judgment as "outOfFunds", wage.hourly as "trueWage"
    from projects p
      join organizations o on o.id = p.organization_id
      join project_forms f on f.project_id = p.id and f.version = p.form_version
      join pay_terms t on t.project_id = p.id and t.version = p.pay_version
      left join begun on begun.project_id = p.id
      left join judged on judged.project_id = p.id
      left join ledger_accounts escrow on escrow.organization_id = p.organization_id and escrow.kind = 'escrow'
        and escrow.owner_id = p.id and escrow.currency = t.currency
      cross join lateral (
        select count(distinct task_id)::int as tasks from (
          select s.task_id from slots s
          where s.project_id = p.id and s.state = 0 and not exists (
            select from assignments a
            where a.trainer_id = ${trainerId} and a.task_id = s.task_id and a.state <> 'expired')
          limit ${COUNTED}) counted
      ) open
      cross join lateral (
        select case when latest.judgments >= ${FEWEST} and latest.active_ms + unpaid.active_ms > 0
          then (latest.pay * 3600000 / (latest.active_ms + unpaid.active_ms))::bigint end as hourly
        from (
          select count(*) filter (where supersedes is null) as judgments, sum(pay) as pay, sum(active_ms) as active_ms, min(submitted_at) as since
          from (
            select j.pay, j.active_ms, j.submitted_at, j.supersedes from judgments j
            where j.project_id = p.id and j.withdrawn_at is null and j.currency = t.currency
            order by j.submitted_at desc limit ${LATEST}) last
        ) latest, lateral (
          select coalesce(sum(a.active_ms), 0) as active_ms from assignments a
          where a.project_id = p.id and a.closed_at >= latest.since and a.state in ('expired', 'skipped', 'flagged')
            and a.active_ms > 0
        ) unpaid
      ) wage
    where p.state = 'live' or (p.state <> 'draft' and (begun.in_progress or judged.awaits_review))
    order by coalesce(begun.in_progress, false) desc, t.hourly desc, p.launched_at, p.id`.execute(tx)
  return rows
}
