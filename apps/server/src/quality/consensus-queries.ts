import { type ConsensusValue, eachOf, type Form, type Question } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'
import type { Level } from './run-queries.ts'

/** A judgment as truth inference wants it: who said what about which task. */
export type Vote = { id: string; taskId: string; trainerId: string; answer: Record<string, unknown> }

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

/**
 * Marks what events have not told yet: tasks with another number of judgments than their consensus knows of, or with one that came or
 * went about when it was computed. Some are marked for nothing; that costs a look at them.
 */
export async function markUnseen(tx: Tx, organizationId: string, projectId: string): Promise<void> {
  await sql`insert into task_consensus (task_id, organization_id, project_id)
    select j.task_id, ${organizationId}::uuid, ${projectId}::uuid
    from (
      select task_id, count(*) filter (where withdrawn_at is null and superseded_at is null and set_aside is null) as counted,
        max(greatest(submitted_at, withdrawn_at, superseded_at, set_aside_at)) as last_at
      from judgments where project_id = ${projectId} and not late group by task_id
    ) j left join task_consensus c on c.task_id = j.task_id
    where c.task_id is null or c.judgments <> j.counted or j.last_at > c.updated_at - interval '1 minute'
    order by j.task_id
    on conflict (task_id) do update set stale = true`.execute(tx)
}

/** A task whose consensus is out of date, with what it was computed from and by which level, if ever. */
export type StaleTask = { taskId: string; basis: string | null; level: Level | null }

/**
 * Up to `limit` tasks whose consensus is out of date, locked so that two processes share the work.
 * @param wait for those that another process is computing, so that none is left when this finds none
 */
export async function takeStale(
  tx: Tx,
  projectId: string,
  limit: number,
  wait: boolean,
): Promise<StaleTask[]> {
  const { rows } = await sql<StaleTask>`
    select c.task_id as "taskId", c.basis, (select level from consensus_runs where id = c.run_id) as level
    from task_consensus c where c.project_id = ${projectId} and c.stale
    order by c.task_id limit ${limit} for update of c ${sql.raw(wait ? '' : 'skip locked')}`.execute(tx)
  return rows
}

/** Locks the consensus of tasks, in the order that everybody locks them in; those that have none get an empty one. */
export async function lockTasks(
  tx: Tx,
  organizationId: string,
  projectId: string,
  taskIds: string[],
): Promise<void> {
  await sql`insert into task_consensus (task_id, organization_id, project_id)
    select id, ${organizationId}::uuid, ${projectId}::uuid from unnest(${taskIds}::uuid[]) as touched (id)
    order by id on conflict (task_id) do nothing`.execute(tx)
  await sql`select 1 from task_consensus where task_id = any(${taskIds}::uuid[]) order by task_id for update`.execute(
    tx,
  )
}

/** Of long texts this much is compared, in characters. */
const COMPARED = 2_000

/**
 * Judgments of tasks that count: not late, not taken back, not corrected since, not set aside by the team. By task, in the order of submission. Of the answers only what
 * is compared is read: the beginning of a text, and of a rewrite or a conversation that there is one.
 */
export async function votesOfTasks(tx: Tx, taskIds: string[], form: Form): Promise<Vote[]> {
  const whole = form.questions.filter((question) => !isWritten(question)).map(({ id }) => id)
  const written = form.questions.filter(isWritten).map(({ id }) => id)
  const { rows } = await sql<Vote>`select id, task_id as "taskId", trainer_id as "trainerId", coalesce((
      select jsonb_object_agg(q, answer -> q) from unnest(${whole}::text[]) q where answer ? q), '{}') ||
    coalesce((
      select jsonb_object_agg(q, case jsonb_typeof(answer -> q) when 'string' then to_jsonb(left(answer ->> q, ${COMPARED}))
        when 'null' then 'null' else 'true' end)
      from unnest(${written}::text[]) q where answer ? q), '{}') as answer
    from judgments where task_id = any(${taskIds}::uuid[]) and not late and withdrawn_at is null
      and superseded_at is null and set_aside is null
    order by task_id, submitted_at, id`.execute(tx)
  return rows
}

const isWritten = (question: Question) =>
  question.type === 'rewrite' ||
  question.type === 'turns' ||
  (question.type === 'text' && eachOf(question) === 'task')

/** What is known to be right of tasks, by question. */
export async function knownAnswers(tx: Tx, taskIds: string[]): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await sql<{ id: string; gold: Record<string, unknown> }>`
    select id, gold from tasks where id = any(${taskIds}::uuid[]) and gold is not null`.execute(tx)
  return new Map(rows.map(({ id, gold }) => [id, gold]))
}

/** What tasks with at least two judgments came to, of up to `most` of them, the newest tasks first. */
export async function comparableConsensus(
  tx: Tx,
  projectId: string,
  most: number,
): Promise<Record<string, ConsensusValue>[]> {
  const { rows } = await sql<{ consensus: Record<string, ConsensusValue> }>`
    select consensus from task_consensus where project_id = ${projectId} and judgments > 1
    order by task_id desc limit ${most}`.execute(tx)
  return rows.map(({ consensus }) => consensus)
}

export type TaskConsensus = {
  taskId: string
  judgments: number
  consensus: Record<string, ConsensusValue>
  confidence: number | null
  /** Whether it is what is known to be right; null where nothing is known that can be compared. */
  goldCorrect: boolean | null
  /** Which judgments it rests on. */
  basis: string
}

export async function saveConsensus(tx: Tx, runId: string, results: TaskConsensus[]): Promise<void> {
  await sql`update task_consensus c set judgments = r.judgments, consensus = r.consensus, confidence = r.confidence,
      gold_correct = r."goldCorrect", basis = r.basis, stale = false, run_id = ${runId}, updated_at = clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as r ("taskId" uuid, judgments integer, consensus jsonb, confidence double precision, "goldCorrect" boolean, basis text)
    where c.task_id = r."taskId"`.execute(tx)
}

/** The consensus of these tasks is as good as it gets: nothing came or went since a full run decided them. */
export async function keepConsensus(tx: Tx, taskIds: string[]): Promise<void> {
  await sql`update task_consensus set stale = false where task_id = any(${taskIds}::uuid[])`.execute(tx)
}
