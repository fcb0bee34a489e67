import { sql, type Tx } from '../platform/index.ts'

export type FinishedTask = {
  id: string
  external_id: string | null
  done_at: Date
  judgments: number
  consensus: unknown
}

/** Those of the tasks that are done now, with what was decided. */
export async function finishedTasks(tx: Tx, taskIds: readonly string[]): Promise<FinishedTask[]> {
  const { rows } = await sql<FinishedTask>`
    select t.id, t.external_id, t.done_at, coalesce(c.consensus, '{}') as consensus,
      (select count(*)::int from judgments j where j.task_id = t.id and j.withdrawn_at is null
        and j.superseded_at is null and j.set_aside is null and not j.late) as judgments
    from tasks t left join task_consensus c on c.task_id = t.id
    where t.id = any (${taskIds}::uuid[]) and t.state = 'done'`.execute(tx)
  return rows
}

export type FlaggedTask = {
  flagId: string
  taskId: string
  externalId: string | null
  reason: string
  comment: string
  at: Date
}

export async function flaggedTask(tx: Tx, flagId: string): Promise<FlaggedTask | undefined> {
  const { rows } = await sql<FlaggedTask>`
    select f.id as "flagId", f.task_id as "taskId", t.external_id as "externalId", f.reason, f.comment, f.created_at as at
    from flags f join tasks t on t.id = f.task_id where f.id = ${flagId}`.execute(tx)
  return rows[0]
}

export type FlaggedJudgment = {
  flagId: string
  judgmentId: string
  taskId: string
  externalId: string | null
  kind: string
  note: string
  /** The member who raised it. */
  memberId: string
  /** Who made the judgment, by id. */
  trainerId: string
  at: Date
}

export async function flaggedJudgment(tx: Tx, flagId: string): Promise<FlaggedJudgment | undefined> {
  const { rows } = await sql<FlaggedJudgment>`
    select f.id as "flagId", f.judgment_id as "judgmentId", f.task_id as "taskId", t.external_id as "externalId", f.kind, f.note,
      f.flagged_by as "memberId", f.trainer_id as "trainerId", f.created_at as at
    from judgment_flags f join tasks t on t.id = f.task_id where f.id = ${flagId}`.execute(tx)
  return rows[0]
}

export type ReadyExport = {
  id: string
  format: string
  rows: bigint | null
  finishedAt: Date
  files: { name: string; bytes: number; sha256: string }[]
}

export async function readyExport(tx: Tx, exportId: string): Promise<ReadyExport | undefined> {
  const { rows } = await sql<ReadyExport>`
    select e.id, e.format, e.rows, coalesce(e.finished_at, now()) as "finishedAt", coalesce((
      select json_agg(json_build_object('name', f.name, 'bytes', f.bytes, 'sha256', f.sha256) order by f.name)
      from export_files f where f.export_id = e.id), '[]'::json) as files
    from exports e where e.id = ${exportId} and e.status = 'done'`.execute(tx)
  return rows[0]
}
