import type { FlagReason } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** Closed slots of a task are opened again, flagged tasks keep theirs closed. */
export async function insertFlag(
  tx: Tx,
  flag: {
    id: string
    organizationId: string
    projectId: string
    taskId: string
    trainerId: string
    reason: FlagReason
    comment: string
  },
): Promise<void> {
  await sql`
    with flagged as (
      update tasks set state = 'flagged' where id = ${flag.taskId} and state in ('open', 'done') returning id
    ), closed as (
      update slots set state = 3 from flagged where slots.task_id = flagged.id and slots.state = 0
    )
    insert into flags (id, organization_id, project_id, task_id, trainer_id, reason, comment)
    values (${flag.id}, ${flag.organizationId}, ${flag.projectId}, ${flag.taskId}, ${flag.trainerId}, ${flag.reason}, ${flag.comment})`.execute(
    tx,
  )
}

export type FlagRow = {
  id: string
  projectId: string
  taskId: string
  taskExternalId: string | null
  trainerId: string
  trainerName: string
  reason: FlagReason
  comment: string
  state: 'open' | 'resumed' | 'removed'
  liveAssignments: number
  createdAt: Date
  resolvedBy: string | null
}

const flagColumns = sql`
  f.id, f.project_id as "projectId", f.task_id as "taskId", t.external_id as "taskExternalId", f.trainer_id as "trainerId",
  u.name as "trainerName", f.reason, f.comment, f.state,
  (select count(*)::int from assignments a where a.task_id = f.task_id and a.state = 'live') as "liveAssignments", f.created_at as "createdAt", r.name as "resolvedBy"`
const flagTables = sql`flags f join tasks t on t.id = f.task_id join users u on u.id = f.trainer_id
  left join users r on r.id = f.resolved_by`

/** Flags of a project: open ones first, newest first. */
export async function flagsOf(tx: Tx, projectId: string): Promise<FlagRow[]> {
  const { rows } = await sql<FlagRow>`
    select ${flagColumns} from ${flagTables} where f.project_id = ${projectId}
    order by f.state <> 'open', f.created_at desc, f.id limit 1000`.execute(tx)
  return rows
}

export async function readFlag(tx: Tx, id: string): Promise<FlagRow | undefined> {
  const { rows } = await sql<FlagRow>`select ${flagColumns} from ${flagTables} where f.id = ${id}`.execute(tx)
  return rows[0]
}

/** Where a flag belongs. Needs the system scope: the caller's organization is not known yet. */
export async function placeOfFlag(
  tx: Tx,
  id: string,
): Promise<{ organizationId: string; projectId: string; taskId: string } | undefined> {
  return tx
    .selectFrom('flags')
    .select(['organization_id as organizationId', 'project_id as projectId', 'task_id as taskId'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Locks a task, as those do who count its slots. */
export async function lockTask(tx: Tx, taskId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${taskId}, 2))`.execute(tx)
}

/** Ends a flag that is open; says whether it was. Removing a task ends its other flags, too. */
export async function endFlag(
  tx: Tx,
  flag: { id: string; taskId: string; state: 'resumed' | 'removed'; userId: string; note: string },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update flags set state = ${flag.state}, resolved_by = ${flag.userId}, resolved_at = now(),
      resolution_note = ${flag.note}
    where state = 'open' and (id = ${flag.id} or (${flag.state} = 'removed' and task_id = ${flag.taskId}))
    returning id`.execute(tx)
  return rows.some((row) => row.id === flag.id)
}

/** Takes a flagged task out for good; its slots stay closed, live leases may still be submitted. */
export async function removeTask(tx: Tx, taskId: string): Promise<void> {
  await sql`update tasks set state = 'removed' where id = ${taskId} and state = 'flagged'`.execute(tx)
}

/** Puts a flagged task back to work once none of its flags is open. In a finished project its slots stay closed. */
export async function resumeTask(tx: Tx, taskId: string): Promise<void> {
  await sql`
    with resumed as (
      update tasks t set
        state = case when wanted.some then 'open' else 'done' end,
        done_at = case when wanted.some then null else coalesce(t.done_at, now()) end
      from (select exists (select from slots where task_id = ${taskId} and state <> 2) as some) wanted
      where t.id = ${taskId} and t.state = 'flagged'
        and not exists (select from flags f where f.task_id = t.id and f.state = 'open')
      returning t.id, t.project_id
    )
    update slots set state = 0 from resumed join projects p on p.id = resumed.project_id
    where slots.task_id = resumed.id and slots.state = 3 and p.state <> 'finished'`.execute(tx)
}
