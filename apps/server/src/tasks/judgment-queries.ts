import type { Answer, Currency } from '@groundwork/contract'
import { PREPARED, sql, type Tx } from '../platform/index.ts'
import { reportedActiveMs } from './assignment-queries.ts'

/** `carried`: a correction, for which nothing is paid because the judgment that it corrects was. */
export type PayState = 'pending' | 'available' | 'owed' | 'withdrawn' | 'carried'

export type JudgmentRow = {
  id: string
  organizationId: string
  projectId: string
  taskId: string
  trainerId: string
  assignmentId: string
  formVersion: number
  answer: Answer
  activeMs: number
  late: boolean
  currency: Currency
  pay: bigint
  payState: PayState
  receiptState: Exclude<PayState, 'withdrawn' | 'carried'>
  requestHash: string
  submittedAt: Date
  reviewUntil: Date
  withdrawnAt: Date | null
  acceptedAt: Date | null
  /** The judgment in whose place this one stands. */
  supersedes: string | null
  /** When a later one took the place of this one. */
  supersededAt: Date | null
  /** The state of the flag of the team that leaves it out; null: it counts. */
  setAside: 'open' | 'excluded' | null
}

/** Columns of a JudgmentRow, over j: judgments. */
export const judgmentColumns = sql`
  j.id, j.organization_id as "organizationId", j.project_id as "projectId", j.task_id as "taskId",
  j.trainer_id as "trainerId", j.assignment_id as "assignmentId", j.form_version as "formVersion", j.answer, j.active_ms as "activeMs", j.late,
  j.currency, j.pay, j.pay_state as "payState", j.receipt_state as "receiptState", j.request_hash as "requestHash",
  j.submitted_at as "submittedAt", j.review_until as "reviewUntil", j.withdrawn_at as "withdrawnAt",
  j.accepted_at as "acceptedAt", j.supersedes, j.superseded_at as "supersededAt", j.set_aside as "setAside"`

/** The judgment that a trainer's idempotency key stands for. */
export async function judgmentByKey(
  tx: Tx,
  trainerId: string,
  key: string,
): Promise<JudgmentRow | undefined> {
  const { rows } = await sql<JudgmentRow>`${sql.raw(PREPARED)}
    select ${judgmentColumns} from judgments j where j.trainer_id = ${trainerId} and j.idempotency_key = ${key}`.execute(
    tx,
  )
  return rows[0]
}

export type NewJudgment = {
  id: string
  /** The fence: nothing is written unless the assignment is in this state under this epoch. */
  assignmentId: string
  trainerId: string
  epoch: number
  from: 'live' | 'expired'
  answer: Answer
  activeMs: number
  currency: Currency
  pay: bigint
  idempotencyKey: string
  requestHash: string
  /** Not counted: its slot went to somebody else. */
  late: boolean
  /** No money is held for it. */
  owed: boolean
  /** For an expired assignment: the slot and the hold that it is judged with. */
  retaken?: { slotId: bigint | null; holdId: string | null }
}

/**
 * Records a judgment in one statement: the assignment ends, its slot is filled, the task is done when no other slot is wanted, the
 * draft goes, the event is published. Undefined when the fence does not hold; then nothing is written. The caller holds the
 * lock of the task.
 */
export async function recordJudgment(tx: Tx, judgment: NewJudgment): Promise<JudgmentRow | undefined> {
  const { rows } = await sql<JudgmentRow>`${sql.raw(PREPARED)}
    with closed as (
      update assignments set state = 'submitted', closed_at = now(), close_reason = null,
        active_ms = ${reportedActiveMs(judgment.activeMs)},
        slot_id = coalesce(${judgment.retaken?.slotId ?? null}::bigint, slot_id),
        hold_id = coalesce(${judgment.retaken?.holdId ?? null}::uuid, hold_id)
      where id = ${judgment.assignmentId} and trainer_id = ${judgment.trainerId} and epoch = ${judgment.epoch}
        and state = ${judgment.from}
      returning *
    ), filled as (
      update slots set state = 2 from closed where slots.id = closed.slot_id and not ${judgment.late}::boolean
    ), done as (
      update tasks set state = 'done', done_at = now() from closed
      where tasks.id = closed.task_id and tasks.state = 'open' and not ${judgment.late}::boolean
        and not exists (
          select from slots s where s.task_id = closed.task_id and s.state in (0, 1) and s.id <> closed.slot_id)
    ), cleared as (
      delete from drafts using closed
      where drafts.trainer_id = closed.trainer_id and drafts.task_id = closed.task_id
    ), judged as (
      insert into judgments (id, organization_id, project_id, task_id, trainer_id, assignment_id, epoch, answer,
        candidate_order, active_ms, form_version, guideline_version, late, currency, pay, pay_state, receipt_state,
        idempotency_key, request_hash, review_until)
      select ${judgment.id}, c.organization_id, c.project_id, c.task_id, c.trainer_id, c.id, c.epoch,
        ${JSON.stringify(judgment.answer)}::jsonb, c.candidate_order, c.active_ms, c.form_version, c.guideline_version,
        ${judgment.late}, ${judgment.currency}, ${judgment.pay}, pay.state, pay.state, ${judgment.idempotencyKey},
        ${judgment.requestHash}, now() + make_interval(days => p.review_window_days)
      from closed c join projects p on p.id = c.project_id, lateral (
        select case when ${judgment.owed}::boolean then 'owed' when p.review_window_days = 0 then 'available'
          else 'pending' end as state) pay
      returning *
    ), event as (
      insert into outbox (organization_id, kind, payload)
      select organization_id, 'judgment.submitted',
        jsonb_build_object('projectId', project_id, 'taskId', task_id, 'judgmentId', id) from judged
    )
    select ${judgmentColumns} from judged j`.execute(tx)
  return rows[0]
}

/** Locks an open slot of the task for a late answer: its own one if that is still free. Undefined: all went to others or are closed. */
export async function lockOpenSlotOf(tx: Tx, taskId: string, ownSlotId: bigint): Promise<bigint | undefined> {
  const { rows } = await sql<{ id: bigint }>`
    select id from slots where task_id = ${taskId} and state = 0
    order by (id = ${ownSlotId}) desc, id limit 1 for update skip locked`.execute(tx)
  return rows[0]?.id
}

/** Reads and locks a judgment in the scope of the transaction. */
export async function lockJudgment(tx: Tx, id: string): Promise<JudgmentRow | undefined> {
  const { rows } = await sql<JudgmentRow>`
    select ${judgmentColumns} from judgments j where j.id = ${id} for update`.execute(tx)
  return rows[0]
}

/** The organization, project and assignment of a judgment, in the scope of the transaction. */
export async function placeOfJudgment(
  tx: Tx,
  id: string,
): Promise<
  { organizationId: string; projectId: string; assignmentId: string; trainerId: string } | undefined
> {
  return tx
    .selectFrom('judgments')
    .select([
      'organization_id as organizationId',
      'project_id as projectId',
      'assignment_id as assignmentId',
      'trainer_id as trainerId',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

/**
 * Takes a judgment back if it is young enough by the database's clock: its slot is leased again, the assignment is live under the
 * next epoch, the answer is a draft, and what the team asked about it is void. False when it is too old.
 */
export async function withdrawJudgment(
  tx: Tx,
  id: string,
  limits: { seconds: number; holdId: string },
): Promise<boolean> {
  const { rows } = await sql`
    with withdrawn as (
      update judgments set withdrawn_at = now(), pay_state = 'withdrawn'
      where id = ${id} and withdrawn_at is null and submitted_at > now() - make_interval(secs => ${limits.seconds})
      returning *
    ), again as (
      update assignments a set state = 'live', epoch = a.epoch + 1, closed_at = null, hold_id = ${limits.holdId},
        expires_at = now() + make_interval(secs => a.lease_seconds)
      from withdrawn w where a.id = w.assignment_id and a.state = 'submitted' and a.epoch = w.epoch
      returning a.*
    ), wanted as (
      update slots set state = 1 from again where slots.id = again.slot_id and slots.state = 2
    ), undone as (
      update tasks set state = 'open', done_at = null from again
      where tasks.id = again.task_id and tasks.state = 'done'
    ), lapsed as (
      update judgment_flags f set state = 'lapsed', resolved_at = now()
      from withdrawn w where f.assignment_id = w.assignment_id and f.epoch = w.epoch and f.state = 'open'
    ), draft as (
      insert into drafts (trainer_id, task_id, organization_id, project_id, answer, active_ms, epoch)
      select w.trainer_id, w.task_id, w.organization_id, w.project_id, w.answer, w.active_ms, again.epoch
      from withdrawn w, again
      on conflict (trainer_id, task_id) do update set answer = excluded.answer, active_ms = excluded.active_ms,
        epoch = excluded.epoch, saved_at = now()
    ), event as (
      insert into outbox (organization_id, kind, payload)
      select organization_id, 'judgment.withdrawn',
        jsonb_build_object('projectId', project_id, 'taskId', task_id, 'judgmentId', id) from withdrawn
    )
    select again.id from again`.execute(tx)
  return rows.length === 1
}

/** Records what the pay of judgments became. */
export async function setPayState(tx: Tx, ids: string[], state: PayState): Promise<void> {
  await sql`update judgments set pay_state = ${state} where id = any(${ids}::uuid[])`.execute(tx)
}

/** Records that an owed judgment was paid, and from which hold. */
export async function paidNow(
  tx: Tx,
  id: string,
  pay: { holdId: string; state: 'pending' | 'available' },
): Promise<void> {
  await sql`
    with paid as (
      update judgments set pay_state = ${pay.state} where id = ${id} and pay_state = 'owed' returning assignment_id
    )
    update assignments set hold_id = ${pay.holdId} from paid where assignments.id = paid.assignment_id`.execute(
    tx,
  )
}

/** Notes who accepted a judgment, once. */
export async function recordAcceptance(tx: Tx, id: string, userId: string): Promise<boolean> {
  const { rows } = await sql`
    update judgments set accepted_by = ${userId}, accepted_at = now() where id = ${id} and accepted_at is null
    returning id`.execute(tx)
  return rows.length === 1
}
