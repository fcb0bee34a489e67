import type { ConsensusValue } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** A judgment as truth inference wants it: who said what about which task. */
export type Vote = { taskId: string; trainerId: string; answer: Record<string, unknown> }

/** Notes that the consensus of these tasks is out of date. */
export async function markStale(
  tx: Tx,
  organizationId: string,
  projectId: string,
  taskIds: string[],
): Promise<void> {
  await sql`insert into task_consensus (task_id, organization_id, project_id)
    select distinct id, ${organizationId}::uuid, ${projectId}::uuid from unnest(${taskIds}::uuid[]) as touched (id)
    order by id
    on conflict (task_id) do update set stale = true`.execute(tx)
}

/** Up to `limit` tasks whose consensus is out of date, locked so that two processes share the work. */
export async function takeStale(tx: Tx, projectId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ task_id: string }>`select task_id from task_consensus
    where project_id = ${projectId} and stale limit ${limit} for update skip locked`.execute(tx)
  return rows.map((row) => row.task_id)
}

/** Judgments that count: not late, not taken back. In the order of submission. */
export async function votesOfTasks(tx: Tx, taskIds: string[]): Promise<Vote[]> {
  const { rows } = await sql<Vote>`select task_id as "taskId", trainer_id as "trainerId", answer
    from judgments where task_id = any(${taskIds}::uuid[]) and not late and withdrawn_at is null
    order by submitted_at, id`.execute(tx)
  return rows
}

/** The newest `limit` judgments of a project that count. */
export async function votesOfProject(tx: Tx, projectId: string, limit: number): Promise<Vote[]> {
  const { rows } = await sql<Vote>`select task_id as "taskId", trainer_id as "trainerId", answer
    from judgments where project_id = ${projectId} and not late and withdrawn_at is null
    order by submitted_at desc limit ${limit}`.execute(tx)
  return rows
}

export type TaskConsensus = {
  taskId: string
  judgments: number
  consensus: Record<string, ConsensusValue>
  confidence: number | null
}

export async function saveConsensus(tx: Tx, runId: string, results: TaskConsensus[]): Promise<void> {
  await sql`update task_consensus c set judgments = r.judgments, consensus = r.consensus, confidence = r.confidence,
      stale = false, run_id = ${runId}, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as r ("taskId" uuid, judgments integer, consensus jsonb, confidence double precision)
    where c.task_id = r."taskId"`.execute(tx)
}

export async function startRun(
  tx: Tx,
  run: {
    id: string
    organizationId: string
    projectId: string
    method: string
    version: string
    parameters: object
  },
): Promise<void> {
  await tx
    .insertInto('consensus_runs')
    .values({
      id: run.id,
      organization_id: run.organizationId,
      project_id: run.projectId,
      method: run.method,
      version: run.version,
      parameters: JSON.stringify(run.parameters),
      tasks: 0,
      judgments: 0,
    })
    .execute()
}

/** Completes a run with what holds for the whole project. */
export async function completeRun(
  tx: Tx,
  run: { id: string; projectId: string; agreement: object | null },
): Promise<void> {
  await sql`update consensus_runs set
      agreement = ${run.agreement ? JSON.stringify(run.agreement) : null}::jsonb,
      (tasks, judgments, confidence) = (
        select count(*)::int, coalesce(sum(judgments), 0)::int, avg(confidence)
        from task_consensus where project_id = ${run.projectId} and judgments > 0),
      gold = (
        select jsonb_build_object('tasks', count(*), 'judged', count(c.task_id) filter (where c.judgments > 0),
          'correct', count(*) filter (where c.judgments > 0 and not exists (
            select 1 from jsonb_each_text(t.gold) g where (c.consensus -> g.key ->> 'value') is distinct from g.value)))
        from tasks t left join task_consensus c on c.task_id = t.id
        where t.project_id = ${run.projectId} and t.gold is not null),
      at = clock_timestamp()
    where id = ${run.id}`.execute(tx)
}

/** Keeps the history of runs short: the newest hundred of a project that no task points at. */
export async function forgetOldRuns(tx: Tx, projectId: string): Promise<void> {
  await sql`delete from consensus_runs r where r.project_id = ${projectId}
    and r.id not in (select id from consensus_runs where project_id = ${projectId} order by at desc limit 100)
    and not exists (select 1 from task_consensus c where c.run_id = r.id)`.execute(tx)
}

export type ProjectQuality = {
  agreement: { percent: number | null; alpha: number | null } | null
  confidence: number | null
  gold: { tasks: number; judged: number; correct: number } | null
}

/** The newest run of a project that is complete (a completed run says how it does on known answers); undefined before the first. */
export async function qualityOf(tx: Tx, projectId: string): Promise<ProjectQuality | undefined> {
  const { rows } = await sql<ProjectQuality>`select agreement, confidence, gold from consensus_runs
    where project_id = ${projectId} and gold is not null order by at desc limit 1`.execute(tx)
  return rows[0]
}
