import { randomInt } from 'node:crypto'
import type { Audience, ProjectState } from '@groundwork/contract'
import { PREPARED, sql, type Tx } from '../platform/index.ts'
import {
  type AssignmentRow,
  assignmentColumns,
  type FlatAssignmentRow,
  lockTrainer,
  withDraft,
} from './assignment-queries.ts'

/** Keys of slots lie between 0 and this. */
export const MAX_KEY = 2_147_483_647

export type Held = {
  id: string
  /** live; or expired with a draft, which may be leased again. */
  state: 'live' | 'expired'
  /** Less than half of the lease is left. */
  ending: boolean
}

/** What decides about a claim, read once. */
export type ClaimState = {
  organizationId: string
  state: ProjectState
  audience: Audience
  leaseSeconds: number
  formVersion: number
  guidelineVersion: number
  /** Oldest first. */
  held: Held[]
}

/** The project and what the trainer holds in it. */
export async function claimState(
  tx: Tx,
  projectId: string,
  trainerId: string,
): Promise<ClaimState | undefined> {
  const { rows } = await sql<ClaimState>`${sql.raw(PREPARED)}
    select p.organization_id as "organizationId", p.state, p.audience, p.lease_seconds as "leaseSeconds",
      p.form_version as "formVersion", p.guideline_version as "guidelineVersion",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', a.id, 'state', a.state,
          'ending', a.expires_at < now() + make_interval(secs => a.lease_seconds / 2.0)) order by a.leased_at, a.id)
        from assignments a
        where a.trainer_id = ${trainerId} and a.project_id = p.id and a.state in ('live', 'expired')
          and (a.state = 'live' or exists (
            select from drafts d where d.trainer_id = a.trainer_id and d.task_id = a.task_id))
      ), '[]') as held
    from projects p where p.id = ${projectId}`.execute(tx)
  return rows[0]
}

export type Lease = {
  assignmentId: string
  holdId: string
  projectId: string
  trainerId: string
  leaseSeconds: number
  formVersion: number
  guidelineVersion: number
}

/**
 * Leases an open slot of the project to the trainer: one of a task that the trainer never had, or had when a lease ran out.
 * Undefined: no such slot, or the trainer's own row changed in this moment.
 * @param slots `free_now` passes over slots that somebody else is just taking, `wait` waits for them
 */
export async function leaseOpenSlot(
  tx: Tx,
  lease: Lease,
  slots: 'free_now' | 'wait' = 'free_now',
): Promise<AssignmentRow | undefined> {
  const { rows } = await leasePicked(lease, pickOpenSlot(lease, randomInt(MAX_KEY), slots)).execute(tx)
  return rows[0] && withDraft(rows[0])
}

/** The statement of `leaseOpenSlot`, for the test of its plan. */
export const claimStatement = (lease: Lease, start: number) =>
  leasePicked(lease, pickOpenSlot(lease, start, 'free_now'))

/**
 * Slots lie in the order of random keys; the search begins at a random key and wraps around, so that many trainers meet on the
 * same row only by chance. From the head of a queue they all would: docs/decisions/0003-claiming.md.
 */
function pickOpenSlot({ projectId, trainerId }: Lease, start: number, slots: 'free_now' | 'wait') {
  const lock = slots === 'wait' ? sql`for update` : sql`for update skip locked`
  const open = sql`
    select s.id, s.task_id, s.pay_version from slots s
    where s.state = 0 and s.project_id = ${projectId} and ${untouched(trainerId)}`
  return sql`
    ahead as materialized (${open} and s.key >= ${start} order by s.key limit 1 ${lock}),
    around as materialized (
      ${open} and s.key < ${start} and not exists (select from ahead) order by s.key limit 1 ${lock}),
    picked as (select * from ahead union all select * from around)`
}

const untouched = (trainerId: string) => sql`not exists (
  select from assignments a where a.trainer_id = ${trainerId} and a.task_id = s.task_id and a.state <> 'expired')`

/** Leases a slot of one task again to the trainer whose lease on it ran out. Undefined: none is open, or the lease is not expired. */
export async function leaseAgain(
  tx: Tx,
  lease: Lease,
  expiredId: string,
): Promise<AssignmentRow | undefined> {
  const picked = sql`
    picked as materialized (
      select s.id, s.task_id, s.pay_version from slots s
      where s.state = 0 and s.task_id = (
        select task_id from assignments
        where id = ${expiredId} and trainer_id = ${lease.trainerId} and state = 'expired')
      order by s.key limit 1 for update skip locked
    )`
  const { rows } = await leasePicked(lease, picked).execute(tx)
  return rows[0] && withDraft(rows[0])
}

function leasePicked(lease: Lease, picked: ReturnType<typeof sql>) {
  return sql<FlatAssignmentRow>`${sql.raw(PREPARED)}
    with ${picked}, leased as (
      insert into assignments (id, organization_id, project_id, task_id, slot_id, trainer_id, expires_at, lease_seconds,
        candidate_order, form_version, guideline_version, pay_version, hold_id)
      select ${lease.assignmentId}, t.organization_id, t.project_id, t.id, picked.id, ${lease.trainerId},
        now() + make_interval(secs => ${lease.leaseSeconds}), ${lease.leaseSeconds},
        (select coalesce(jsonb_agg(c -> 'id' order by random()), '[]') from jsonb_array_elements(t.payload -> 'candidates') c),
        ${lease.formVersion}, ${lease.guidelineVersion}, picked.pay_version, ${lease.holdId}
      from picked join tasks t on t.id = picked.task_id
      on conflict (trainer_id, task_id) do update set
        state = 'live', epoch = assignments.epoch + 1, slot_id = excluded.slot_id, hold_id = excluded.hold_id,
        expires_at = excluded.expires_at, lease_seconds = excluded.lease_seconds, form_version = excluded.form_version,
        guideline_version = excluded.guideline_version, pay_version = excluded.pay_version, leased_at = now(),
        shown_at = null, active_ms_before = assignments.active_ms, closed_at = null, close_reason = null
      where assignments.state = 'expired'
      returning *
    ), taken as (
      update slots set state = 1 from leased where slots.id = leased.slot_id
    )
    select ${assignmentColumns}
    from leased a join tasks t on t.id = a.task_id join projects p on p.id = a.project_id
      left join drafts d on d.trainer_id = a.trainer_id and d.task_id = a.task_id`
}

/** Why a search for a slot found none: whether any is open, whether one of these is for this trainer, and how many open tasks were skipped. */
export async function openSlots(tx: Tx, projectId: string, trainerId: string): Promise<OpenSlots> {
  const { rows } = await sql<OpenSlots>`
    select
      exists (select from slots s where s.state = 0 and s.project_id = ${projectId}) as any,
      exists (select from slots s where s.state = 0 and s.project_id = ${projectId} and ${untouched(trainerId)}) as "forTrainer",
      (select count(*)::int from assignments a where a.trainer_id = ${trainerId} and a.project_id = ${projectId}
        and a.state = 'skipped' and exists (select from slots s where s.task_id = a.task_id and s.state = 0)) as skipped`.execute(
    tx,
  )
  return rows[0] ?? { any: false, forTrainer: false, skipped: 0 }
}

type OpenSlots = { any: boolean; forTrainer: boolean; skipped: number }

/** Whether pay of the trainer waits for review in this project. */
export async function awaitsReview(tx: Tx, projectId: string, trainerId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('judgments')
    .select('id')
    .where('trainer_id', '=', trainerId)
    .where('project_id', '=', projectId)
    .where('pay_state', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * What begins a claim. Claims of one trainer wait for each other, so that none counts past the limit of what is held. And a claim
 * that is lost in a power failure loses nothing, so that its commit need not wait for the disk: docs/decisions/0003-claiming.md.
 */
export const beginClaim = (trainerId: string): string =>
  `set local synchronous_commit = off; ${lockTrainer(trainerId)}`

export type CandidateProject = {
  id: string
  organizationId: string
  state: ProjectState
  audience: Audience
  /** The trainer holds something here that is not at hand already. */
  holding: boolean
  /** The trainer has a lease or a draft here. */
  inProgress: boolean
  open: boolean
}

/**
 * Projects in which the trainer could work, best first: what is held (oldest first), what is begun, then by promised rate.
 * Reads across organizations: needs the system scope.
 */
export async function candidateProjects(
  tx: Tx,
  trainerId: string,
  except: string[],
): Promise<CandidateProject[]> {
  const { rows } = await sql<CandidateProject>`
    with mine as (
      select a.project_id, min(a.leased_at) filter (where a.state = 'live' and a.id <> all(${except}::uuid[])) as oldest
      from assignments a
      where a.trainer_id = ${trainerId} and a.state in ('live', 'expired')
        and (a.state = 'live' or exists (
          select from drafts d where d.trainer_id = a.trainer_id and d.task_id = a.task_id))
      group by a.project_id
    )
    select p.id, p.organization_id as "organizationId", p.state, p.audience, mine.oldest is not null as holding,
      mine.project_id is not null as "inProgress",
      exists (select from slots s where s.project_id = p.id and s.state = 0) as open
    from projects p join pay_terms on pay_terms.project_id = p.id and pay_terms.version = p.pay_version
      left join mine on mine.project_id = p.id
    where p.state = 'live' or mine.project_id is not null
    order by mine.oldest nulls last, mine.project_id is null, pay_terms.hourly desc, p.launched_at, p.id`.execute(
    tx,
  )
  return rows
}
