import type { Answer, TaskPayload } from '@groundwork/contract'
import { PREPARED, sql, type Tx } from '../platform/index.ts'

export type AssignmentState = 'live' | 'submitted' | 'skipped' | 'flagged' | 'expired' | 'withdrawn'

/** An assignment with everything that its presenter needs. */
export type AssignmentRow = {
  id: string
  organizationId: string
  projectId: string
  taskId: string
  epoch: number
  state: AssignmentState
  expiresAt: Date
  leaseSeconds: number
  shownAt: Date | null
  formVersion: number
  guidelineVersion: number
  /** The trainer has read an earlier version of it, and not this one. */
  changedSinceRead: boolean
  payVersion: number
  candidateOrder: string[]
  payload: TaskPayload
  projectName: string
  template: string
  draft: { answer: Answer; activeMs: number; savedAt: Date } | null
}

/** Columns of an AssignmentRow, over a: assignments, t: tasks, p: projects, d: drafts (left join). */
export const assignmentColumns = sql`
  a.id, a.organization_id as "organizationId", a.project_id as "projectId", a.task_id as "taskId", a.epoch, a.state,
  a.expires_at as "expiresAt", a.lease_seconds as "leaseSeconds", a.shown_at as "shownAt",
  a.form_version as "formVersion", a.guideline_version as "guidelineVersion", a.pay_version as "payVersion",
  exists (select from guideline_reads g where g.trainer_id = a.trainer_id and g.project_id = a.project_id
    and g.version < a.guideline_version) as "changedSinceRead",
  a.candidate_order as "candidateOrder", t.payload, p.name as "projectName", p.template,
  d.answer as "draftAnswer", d.active_ms as "draftActiveMs", d.saved_at as "draftSavedAt"`

type DraftColumns = { draftAnswer: Answer | null; draftActiveMs: number | null; draftSavedAt: Date | null }
export type FlatAssignmentRow = Omit<AssignmentRow, 'draft'> & DraftColumns

export function withDraft({
  draftAnswer,
  draftActiveMs,
  draftSavedAt,
  ...row
}: FlatAssignmentRow): AssignmentRow {
  const draft =
    draftAnswer !== null && draftActiveMs !== null && draftSavedAt !== null
      ? { answer: draftAnswer, activeMs: draftActiveMs, savedAt: draftSavedAt }
      : null
  return { ...row, draft }
}

/** Lets the claims of one trainer wait for each other, until the transaction ends. */
export const lockTrainer = (trainerId: string): string =>
  `select pg_advisory_xact_lock(hashtextextended('${checkedId(trainerId)}', 1))`

function checkedId(id: string): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError('A lock takes the id of a person.')
  return id
}

export type OwnAssignment = {
  id: string
  organizationId: string
  projectId: string
  taskId: string
  slotId: bigint
  holdId: string
  epoch: number
  state: AssignmentState
  formVersion: number
  payVersion: number
  activeMs: number
  /** It was skipped, and is offered again; not leased since. */
  wasSkipped: boolean
  /** The trainer has used the idempotency key that was asked about, as far as was known before the lock was waited for. */
  keyUsed: boolean
}

/**
 * Locks an assignment of the trainer and its task (whose slots are counted by those who hold this lock), and lets the
 * transaction see the organization that it belongs to. Undefined when the trainer has none with this id.
 */
export async function lockOwnAssignment(
  tx: Tx,
  id: string,
  trainerId: string,
  key: string | null = null,
): Promise<OwnAssignment | undefined> {
  const { rows } = await sql<OwnAssignment>`${sql.raw(PREPARED)}
    select set_config('groundwork.organization', a.organization_id::text, true) as "organizationId",
      pg_advisory_xact_lock(hashtextextended(a.task_id::text, 2)) as locked,
      a.id, a.project_id as "projectId", a.task_id as "taskId", a.slot_id as "slotId", a.hold_id as "holdId", a.epoch,
      a.state, a.form_version as "formVersion", a.pay_version as "payVersion", a.active_ms as "activeMs",
      a.state = 'expired' and a.close_reason = 'skip_cleared' as "wasSkipped",
      exists (select from judgments j where j.trainer_id = ${trainerId} and j.idempotency_key = ${key}) as "keyUsed"
    from assignments a where a.id = ${id} and a.trainer_id = ${trainerId}
    for update`.execute(tx)
  return rows[0]
}

/** Reads an assignment of the trainer in full. The organization must be in the transaction's scope. */
export async function readAssignment(
  tx: Tx,
  id: string,
  trainerId: string,
): Promise<AssignmentRow | undefined> {
  const { rows } = await sql<FlatAssignmentRow>`
    select ${assignmentColumns}
    from assignments a join tasks t on t.id = a.task_id join projects p on p.id = a.project_id
      left join drafts d on d.trainer_id = a.trainer_id and d.task_id = a.task_id
    where a.id = ${id} and a.trainer_id = ${trainerId}`.execute(tx)
  return rows[0] && withDraft(rows[0])
}

/** Reported active time: it never falls, and never passes what the database's clock saw since the epoch was shown (or leased). */
export const reportedActiveMs = (activeMs: number) => sql`greatest(active_ms, least(${activeMs}::bigint,
  active_ms_before + (extract(epoch from now() - coalesce(shown_at, leased_at)) * 1000)::bigint))::int`

const renewed = sql`greatest(expires_at, now() + make_interval(secs => lease_seconds))`

export type Renewal = { expiresAt: Date; activeMs: number; savedAt: Date }

/** What a caller must show to write: the assignment, whose it is, and the epoch that it was leased under. */
export type Fence = { id: string; trainerId: string; epoch: number }

/**
 * Renews the lease; it is never shortened. Undefined: the epoch is stale or the assignment is not live.
 * @param activeMs active time as reported; null: nothing is reported, the task may not have been seen yet
 */
export async function renewLease(
  tx: Tx,
  fence: Fence,
  activeMs: number | null,
): Promise<Renewal | undefined> {
  const time =
    activeMs === null
      ? sql``
      : sql`, active_ms = ${reportedActiveMs(activeMs)}, shown_at = coalesce(shown_at, leased_at)`
  const { rows } = await sql<Renewal>`
    update assignments set expires_at = ${renewed} ${time}
    where id = ${fence.id} and trainer_id = ${fence.trainerId} and epoch = ${fence.epoch} and state = 'live'
    returning expires_at as "expiresAt", active_ms as "activeMs", now() as "savedAt"`.execute(tx)
  return rows[0]
}

/** Starts the paid time, once, and renews the lease. Undefined as in `renewLease`. */
export async function startPaidTime(tx: Tx, fence: Fence): Promise<Renewal | undefined> {
  const { rows } = await sql<Renewal>`
    update assignments set expires_at = ${renewed}, shown_at = coalesce(shown_at, now())
    where id = ${fence.id} and trainer_id = ${fence.trainerId} and epoch = ${fence.epoch} and state = 'live'
    returning expires_at as "expiresAt", active_ms as "activeMs", now() as "savedAt"`.execute(tx)
  return rows[0]
}

/**
 * The stored draft when it is newer than the one that an answer was edited from, and differs from it.
 * @param basedOn when that one was saved, in whole milliseconds; null: there was none
 */
export async function newerDraft(
  tx: Tx,
  draft: { trainerId: string; taskId: string; answer: Answer; basedOn: string | null },
): Promise<AssignmentRow['draft'] | undefined> {
  const { rows } = await sql<NonNullable<AssignmentRow['draft']>>`
    select answer, active_ms as "activeMs", saved_at as "savedAt" from drafts
    where trainer_id = ${draft.trainerId} and task_id = ${draft.taskId}
      and (${draft.basedOn}::timestamptz is null or saved_at >= ${draft.basedOn}::timestamptz + interval '2 milliseconds')
      and answer <> ${JSON.stringify(draft.answer)}::jsonb`.execute(tx)
  return rows[0]
}

/** Stores the answer as the trainer's draft of the task. A draft of a later epoch is left alone; says whether it was stored. */
export async function saveDraft(
  tx: Tx,
  draft: {
    trainerId: string
    taskId: string
    organizationId: string
    projectId: string
    answer: Answer
    activeMs: number
    epoch: number
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into drafts (trainer_id, task_id, organization_id, project_id, answer, active_ms, epoch)
    values (${draft.trainerId}, ${draft.taskId}, ${draft.organizationId}, ${draft.projectId},
      ${JSON.stringify(draft.answer)}::jsonb, ${draft.activeMs}, ${draft.epoch})
    on conflict (trainer_id, task_id) do update set answer = excluded.answer, epoch = excluded.epoch,
      active_ms = greatest(drafts.active_ms, excluded.active_ms), saved_at = now()
    where drafts.epoch <= excluded.epoch
    returning 1 as saved`.execute(tx)
  return rows.length === 1
}

/** Ends a live assignment without a judgment and frees its slot. Undefined as in `renewLease`. */
export async function letGo(
  tx: Tx,
  fence: Fence,
  as: { state: 'skipped' | 'flagged'; reason: string },
): Promise<{ holdId: string; taskId: string } | undefined> {
  const { rows } = await sql<{ holdId: string; taskId: string }>`
    with ended as (
      update assignments set state = ${as.state}, closed_at = now(), close_reason = ${as.reason}
      where id = ${fence.id} and trainer_id = ${fence.trainerId} and epoch = ${fence.epoch} and state = 'live'
      returning task_id, project_id, slot_id, hold_id
    ), freed as (
      update slots set state = case when t.state in ('open', 'done') and p.state <> 'finished' then 0 else 3 end
      from ended join tasks t on t.id = ended.task_id join projects p on p.id = ended.project_id
      where slots.id = ended.slot_id and slots.state = 1
    )
    select hold_id as "holdId", task_id as "taskId" from ended`.execute(tx)
  return rows[0]
}
