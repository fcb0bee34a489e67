import type { Answer, Currency, OwnJudgmentFlag, TaskPayload } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'
import { type JudgmentRow, judgmentColumns } from './judgment-queries.ts'

/**
 * Puts a new judgment in the place of one that can still be corrected, and publishes it. It carries no pay, keeps form, guideline, order,
 * review window and an open flag, and its active time is never more than has passed since the answer before it. Undefined: it can no longer be
 * corrected. The caller holds the lock of the assignment.
 */
export async function insertCorrection(
  tx: Tx,
  correction: {
    id: string
    supersedes: string
    answer: Answer
    activeMs: number
    idempotencyKey: string
    requestHash: string
  },
): Promise<JudgmentRow | undefined> {
  const { rows } = await sql<JudgmentRow>`
    with replaced as (
      update judgments set superseded_at = now()
      where id = ${correction.supersedes} and superseded_at is null and withdrawn_at is null and accepted_at is null
        and not late and review_until > now() and set_aside is distinct from 'excluded'
      returning *
    ), judged as (
      insert into judgments (id, organization_id, project_id, task_id, trainer_id, assignment_id, epoch, answer,
        candidate_order, active_ms, form_version, guideline_version, currency, pay, pay_state, receipt_state,
        idempotency_key, request_hash, review_until, supersedes, set_aside, set_aside_at)
      select ${correction.id}, r.organization_id, r.project_id, r.task_id, r.trainer_id, r.assignment_id, r.epoch,
        ${JSON.stringify(correction.answer)}::jsonb, r.candidate_order,
        least(${correction.activeMs}::bigint, (extract(epoch from now() - r.submitted_at) * 1000)::bigint)::int,
        r.form_version, r.guideline_version, r.currency, 0, 'carried', r.receipt_state, ${correction.idempotencyKey},
        ${correction.requestHash}, r.review_until, r.id, r.set_aside, r.set_aside_at
      from replaced r
      returning *
    ), event as (
      insert into outbox (organization_id, kind, payload)
      select organization_id, 'judgment.corrected', jsonb_build_object('projectId', project_id, 'taskId', task_id,
        'judgmentId', id, 'supersedes', supersedes) from judged
    )
    select ${judgmentColumns} from judged j`.execute(tx)
  return rows[0]
}

/** Takes a young correction back; the judgment before it stands again and is returned. Undefined: it is too old, or not the last one. */
export async function withdrawCorrection(
  tx: Tx,
  id: string,
  seconds: number,
): Promise<JudgmentRow | undefined> {
  const { rows } = await sql<JudgmentRow>`
    with withdrawn as (
      update judgments set withdrawn_at = now(), pay_state = 'withdrawn'
      where id = ${id} and supersedes is not null and superseded_at is null and withdrawn_at is null
        and accepted_at is null and submitted_at > now() - make_interval(secs => ${seconds})
      returning *
    ), again as (
      update judgments set superseded_at = null from withdrawn where judgments.id = withdrawn.supersedes
      returning judgments.*
    ), event as (
      insert into outbox (organization_id, kind, payload)
      select organization_id, 'judgment.correction_withdrawn', jsonb_build_object('projectId', project_id, 'taskId', task_id,
        'judgmentId', id) from withdrawn
    )
    select ${judgmentColumns} from again j`.execute(tx)
  return rows[0]
}

/** Locks the judgment that was paid for this one: itself, or the first of the line of corrections that it ends. */
export async function lockPaidJudgment(tx: Tx, id: string): Promise<JudgmentRow | undefined> {
  const { rows } = await sql<JudgmentRow>`
    select ${judgmentColumns} from judgments j
    where j.supersedes is null and (j.assignment_id, j.epoch) = (select assignment_id, epoch from judgments where id = ${id})
    for update`.execute(tx)
  return rows[0]
}

/** A judgment of a trainer with what it was made of. */
export type OwnJudgmentRow = {
  id: string
  projectId: string
  projectName: string
  template: string
  taskId: string
  answer: Answer
  submittedAt: Date
  reviewUntil: Date
  withdrawn: boolean
  superseded: boolean
  late: boolean
  accepted: boolean
  /** The review window is over by the database's clock. */
  reviewed: boolean
  /** The team left it out for good. */
  excluded: boolean
  formVersion: number
  guidelineVersion: number
  changedSinceRead: boolean
  candidateOrder: string[]
  payload: TaskPayload
  currency: Currency
  /** Of the first judgment of the line. */
  pay: bigint
}

const isoTime = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

const stateColumns = sql`
  j.submitted_at as "submittedAt", j.review_until as "reviewUntil", j.withdrawn_at is not null as withdrawn,
  j.superseded_at is not null as superseded, j.late, j.accepted_at is not null as accepted,
  j.review_until <= now() as reviewed, j.set_aside is not distinct from 'excluded' as excluded`

/** One judgment of the trainer. Reads the team's task, too: needs the system scope. */
export async function ownJudgment(
  tx: Tx,
  trainerId: string,
  id: string,
): Promise<OwnJudgmentRow | undefined> {
  const { rows } = await sql<OwnJudgmentRow>`
    select j.id, j.project_id as "projectId", p.name as "projectName", p.template, j.task_id as "taskId", j.answer,
      ${stateColumns}, j.form_version as "formVersion", j.guideline_version as "guidelineVersion",
      exists (select from guideline_reads g where g.trainer_id = j.trainer_id and g.project_id = j.project_id
        and g.version < j.guideline_version) as "changedSinceRead",
      j.candidate_order as "candidateOrder", t.payload, j.currency,
      (select paid.pay from judgments paid where paid.assignment_id = j.assignment_id and paid.epoch = j.epoch
        and paid.supersedes is null) as pay
    from judgments j join tasks t on t.id = j.task_id join projects p on p.id = j.project_id
    where j.id = ${id} and j.trainer_id = ${trainerId}`.execute(tx)
  return rows[0]
}

export type RecentRow = Pick<
  OwnJudgmentRow,
  | 'id'
  | 'projectId'
  | 'projectName'
  | 'taskId'
  | 'submittedAt'
  | 'reviewUntil'
  | 'withdrawn'
  | 'superseded'
  | 'late'
  | 'accepted'
  | 'reviewed'
  | 'excluded'
> & {
  externalId: string | null
  excerpt: string | null
  supersedes: string | null
  /** What the team asks about it, as JSON; of an answer that stands. */
  flag: OwnJudgmentFlag | null
}

/** Judgments of a trainer, newest first, after the one named by `cursor`. Reads teams' tasks, too: needs the system scope. */
export async function recentJudgments(
  tx: Tx,
  trainerId: string,
  filter: { projectId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<RecentRow[]> {
  const { rows } = await sql<RecentRow>`
    with mine as materialized (
      select * from judgments j
      where j.trainer_id = ${trainerId}
        ${filter.projectId ? sql`and j.project_id = ${filter.projectId}` : sql``}
        ${
          filter.cursor
            ? sql`and (j.submitted_at, j.id) < (
                select submitted_at, id from judgments where id = ${filter.cursor} and trainer_id = ${trainerId})`
            : sql``
        }
      order by j.submitted_at desc, j.id desc limit ${filter.limit}
    )
    select j.id, j.project_id as "projectId", p.name as "projectName", j.task_id as "taskId",
      t.external_id as "externalId", ${stateColumns}, j.supersedes,
      left((select string_agg(part ->> 'text', ' ') from jsonb_array_elements(t.payload #> '{context,-1,parts}') part), 240)
        as excerpt, asked.flag
    from mine j join tasks t on t.id = j.task_id join projects p on p.id = j.project_id
    left join lateral (
      select json_build_object('kind', f.kind, 'note', f.note, 'state', f.state, 'createdAt', ${isoTime('f.created_at')},
        'decision', case when f.state <> 'open' then json_build_object('by', r.name, 'at', ${isoTime('f.resolved_at')},
          'note', f.resolution_note) end) as flag
      from judgment_flags f left join users r on r.id = f.resolved_by
      where f.assignment_id = j.assignment_id and f.epoch = j.epoch and f.state in ('open', 'kept', 'excluded')
        and j.withdrawn_at is null and j.superseded_at is null
      order by f.created_at desc limit 1
    ) asked on true
    order by j.submitted_at desc, j.id desc`.execute(tx)
  return rows
}
