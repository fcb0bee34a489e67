import type { JudgmentFlagKind, JudgmentFlagState } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

export type JudgmentFlagRow = {
  id: string
  judgmentId: string
  kind: JudgmentFlagKind
  note: string
  state: JudgmentFlagState
  flaggedBy: string
  flaggedByName: string
  createdAt: Date
  resolvedBy: string | null
  resolvedByName: string | null
  resolvedAt: Date | null
  resolutionNote: string | null
}

const columns = sql`f.id, f.judgment_id as "judgmentId", f.kind, f.note, f.state, f.flagged_by as "flaggedBy",
  m.name as "flaggedByName", f.created_at as "createdAt", f.resolved_by as "resolvedBy", r.name as "resolvedByName",
  f.resolved_at as "resolvedAt", f.resolution_note as "resolutionNote"`
const tables = sql`judgment_flags f join users m on m.id = f.flagged_by left join users r on r.id = f.resolved_by`

/** Locks a piece of work, as its trainer does who submits, corrects or takes back; so a flag and a correction never miss each other. */
export async function lockWork(tx: Tx, assignmentId: string): Promise<void> {
  await sql`select from assignments where id = ${assignmentId} for update`.execute(tx)
}

/**
 * Flags a judgment that counts, and publishes it. The judgment is left out from now on, and so are the answers before it, which may stand
 * again; the pay is not touched. The caller holds the lock of the work and has seen that nothing sets it aside.
 */
export async function insertJudgmentFlag(
  tx: Tx,
  flag: { id: string; judgmentId: string; kind: JudgmentFlagKind; note: string; flaggedBy: string },
): Promise<void> {
  await sql`
    with work as (
      update judgments j set set_aside = 'open', set_aside_at = now() from judgments asked
      where asked.id = ${flag.judgmentId} and j.assignment_id = asked.assignment_id and j.epoch = asked.epoch
      returning j.*
    ), flagged as (
      select * from work where id = ${flag.judgmentId}
    ), flag as (
      insert into judgment_flags (id, organization_id, project_id, task_id, trainer_id, judgment_id, assignment_id, epoch,
        kind, note, flagged_by)
      select ${flag.id}, organization_id, project_id, task_id, trainer_id, id, assignment_id, epoch, ${flag.kind},
        ${flag.note}, ${flag.flaggedBy}::uuid
      from flagged
    )
    insert into outbox (organization_id, kind, payload)
    select organization_id, 'judgment.flagged', jsonb_build_object('projectId', project_id, 'taskId', task_id,
      'judgmentId', id, 'flagId', ${flag.id}::text) from flagged`.execute(tx)
}

export type JudgmentFlagPlace = {
  organizationId: string
  projectId: string
  trainerId: string
  assignmentId: string
  flaggedBy: string
}

/** Where a flag belongs. Needs the system scope: the caller's organization is not known yet. */
export async function placeOfJudgmentFlag(tx: Tx, id: string): Promise<JudgmentFlagPlace | undefined> {
  return tx
    .selectFrom('judgment_flags')
    .select([
      'organization_id as organizationId',
      'project_id as projectId',
      'trainer_id as trainerId',
      'assignment_id as assignmentId',
      'flagged_by as flaggedBy',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

/**
 * Ends a flag that is open, for the whole piece of work: the answer that stands, and those before it, which may stand again. False: it was
 * not open any more. The caller holds the lock of the work.
 */
export async function endJudgmentFlag(
  tx: Tx,
  flag: { id: string; state: 'kept' | 'excluded' | 'withdrawn'; userId: string; note: string },
): Promise<boolean> {
  const { rows } = await sql`
    with ended as (
      update judgment_flags set state = ${flag.state}, resolved_by = ${flag.userId}, resolved_at = now(),
        resolution_note = ${flag.note}
      where id = ${flag.id} and state = 'open' returning *
    ), again as (
      update judgments j set set_aside = case when ${flag.state} = 'excluded' then 'excluded' end, set_aside_at = now()
      from ended where j.assignment_id = ended.assignment_id and j.epoch = ended.epoch and j.set_aside = 'open'
    ), event as (
      insert into outbox (organization_id, kind, payload)
      select organization_id, 'judgment.flag_resolved', jsonb_build_object('projectId', project_id, 'taskId', task_id,
        'judgmentId', judgment_id, 'flagId', id) from ended
    )
    select id from ended`.execute(tx)
  return rows.length === 1
}

export async function readJudgmentFlag(tx: Tx, id: string): Promise<JudgmentFlagRow | undefined> {
  const { rows } = await sql<JudgmentFlagRow>`select ${columns} from ${tables} where f.id = ${id}`.execute(tx)
  return rows[0]
}

export type ProjectFlagRow = JudgmentFlagRow & {
  taskId: string
  taskExternalId: string | null
  trainerId: string
  trainerName: string
}

/** Flags of judgments of a project: open ones first, newest first. */
export async function judgmentFlagsOf(
  tx: Tx,
  projectId: string,
  state: JudgmentFlagState | undefined,
): Promise<ProjectFlagRow[]> {
  const { rows } = await sql<ProjectFlagRow>`
    select ${columns}, f.task_id as "taskId", t.external_id as "taskExternalId", f.trainer_id as "trainerId",
      coalesce(p.display_name, u.name) as "trainerName"
    from ${tables} join tasks t on t.id = f.task_id join users u on u.id = f.trainer_id
      left join trainer_profiles p on p.user_id = f.trainer_id
    where f.project_id = ${projectId} ${state ? sql`and f.state = ${state}` : sql``}
    order by f.state <> 'open', f.created_at desc, f.id limit 1000`.execute(tx)
  return rows
}
