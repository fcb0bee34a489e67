import type { Currency } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** For how long a finished project takes late answers; until then the money for leases that ran out with a draft stays in its escrow. */
export const LATE_HOURS = 24

/**
 * Ends leases that ran out: their slots are open again, or closed when the task or project takes no more. Leases that somebody is
 * just renewing or submitting are passed over. Needs the system scope.
 * @returns the holds to release
 */
export async function expireLeases(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ holdId: string }>`
    with due as materialized (
      select id from assignments where state = 'live' and expires_at < now()
      order by expires_at limit ${limit} for update skip locked
    ), ended as (
      update assignments a set state = 'expired', closed_at = now(), close_reason = 'lease_ended'
      from due where a.id = due.id
      returning a.task_id, a.project_id, a.slot_id, a.hold_id
    ), freed as (
      update slots set state = case when t.state in ('open', 'done') and p.state <> 'finished' then 0 else 3 end
      from ended join tasks t on t.id = ended.task_id join projects p on p.id = ended.project_id
      where slots.id = ended.slot_id and slots.state = 1
    )
    select hold_id as "holdId" from ended`.execute(tx)
  return rows.map((row) => row.holdId)
}

/** Locks judgments whose review window is over; others' are passed over. Needs the system scope. */
export async function maturedJudgments(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from judgments where pay_state = 'pending' and review_until <= now()
    order by review_until limit ${limit} for update skip locked`.execute(tx)
  return rows.map((row) => row.id)
}

export type OwedJudgment = {
  id: string
  organizationId: string
  trainerId: string
  assignmentId: string
  requestHash: string
  currency: Currency
  pay: bigint
  /** It or a correction of it was accepted, or its review window is over already. */
  matured: boolean
}

/** Locks the judgments of a project that are still to be paid, in the order in which they were submitted. */
export async function owedJudgments(tx: Tx, projectId: string, limit: number): Promise<OwedJudgment[]> {
  const { rows } = await sql<OwedJudgment>`
    select id, organization_id as "organizationId", trainer_id as "trainerId", assignment_id as "assignmentId",
      request_hash as "requestHash", currency, pay, review_until <= now() or exists (
        select from judgments a where a.assignment_id = judgments.assignment_id and a.epoch = judgments.epoch
          and a.accepted_at is not null) as matured
    from judgments where project_id = ${projectId} and pay_state = 'owed'
    order by submitted_at, id limit ${limit} for update`.execute(tx)
  return rows
}

/** What a project still owes for judgments, in micro-units. */
export async function amountOwed(tx: Tx, projectId: string): Promise<bigint> {
  const { rows } = await sql<{ owed: bigint }>`
    select coalesce(sum(pay), 0)::bigint as owed from judgments
    where project_id = ${projectId} and pay_state = 'owed'`.execute(tx)
  return rows[0]?.owed ?? 0n
}

/** Projects with judgments still to be paid and money to pay with. Needs the system scope. */
export async function projectsThatOwe(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ projectId: string }>`
    select distinct j.project_id as "projectId" from judgments j
      join ledger_accounts e on e.kind = 'escrow' and e.owner_id = j.project_id and e.currency = j.currency
    where j.pay_state = 'owed' and e.available >= j.pay limit 100`.execute(tx)
  return rows.map((row) => row.projectId)
}

export type Refundable = { projectId: string; organizationId: string; currency: Currency; amount: bigint }

/**
 * What the escrow of a finished project can give back: its free money, less what is kept for late answers. Of one project, or of
 * all (needs the system scope).
 */
export async function refundable(tx: Tx, projectId: string | null): Promise<Refundable[]> {
  const { rows } = await sql<Refundable>`
    select * from (
      select p.id as "projectId", p.organization_id as "organizationId", e.currency,
        e.available - coalesce((
          select sum(t.per_judgment) from assignments a
            join drafts d on d.trainer_id = a.trainer_id and d.task_id = a.task_id
            join pay_terms t on t.project_id = a.project_id and t.version = a.pay_version
          where a.project_id = p.id and a.state = 'expired'
            and a.closed_at > now() - make_interval(hours => ${LATE_HOURS})
        ), 0)::bigint as amount
      from ledger_accounts e join projects p on p.id = e.owner_id
      where e.kind = 'escrow' and e.available > 0 and p.state = 'finished'
        and (${projectId}::uuid is null or p.id = ${projectId}::uuid)
    ) left_over where amount > 0 limit 100`.execute(tx)
  return rows
}

/** Slots that became open again while their project was being finished. Needs the system scope. */
export async function closeSlotsOfFinished(tx: Tx): Promise<void> {
  await sql`
    update slots set state = 3 where state = 0 and project_id in (
      select id from projects where state = 'finished' and finished_at > now() - interval '1 day'
        and not exists (select from slot_work w where w.project_id = projects.id))`.execute(tx)
}
