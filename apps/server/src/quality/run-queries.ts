import type { QuestionAgreement } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

export type Level = 'quick' | 'full'

/** How much people agree, with the 95 % interval of the percentage where there is enough for one. */
export type StoredAgreement = {
  percent: number | null
  alpha: number | null
  low: number | null
  high: number | null
}

/** What is told of a project as a whole: the agreement on its first question. */
function storedAgreement(of: QuestionAgreement | undefined): StoredAgreement | null {
  if (!of) return null
  const { percent, low, high, measure, value } = of
  return { percent, low, high, alpha: measure.startsWith('alpha') ? value : null }
}

export type NewRun = {
  id: string
  organizationId: string
  projectId: string
  level: Level
  method: string
  version: string
  parameters: object
  seed: number | null
  notes: string[]
}

export async function startRun(tx: Tx, run: NewRun): Promise<void> {
  await tx
    .insertInto('consensus_runs')
    .values({
      id: run.id,
      organization_id: run.organizationId,
      project_id: run.projectId,
      level: run.level,
      method: run.method,
      version: run.version,
      parameters: JSON.stringify(run.parameters),
      seed: run.seed,
      notes: JSON.stringify(run.notes),
    })
    .execute()
}

/** What a run left the project with. */
export type CompletedRun = { tasks: number; judgments: number; overlapping: number }

/** Completes a run with what holds for the whole project; `overlapping` counts the tasks with at least two judgments. */
export async function completeRun(
  tx: Tx,
  run: {
    id: string
    projectId: string
    /** By question, in the order of the form. */
    agreements: QuestionAgreement[]
    durationMs: number
    notes?: string[]
  },
): Promise<CompletedRun> {
  const first = storedAgreement(run.agreements[0])
  const { rows } = await sql<CompletedRun>`
    with decided as (
      select count(*)::int as tasks, coalesce(sum(judgments), 0)::int as judgments, avg(confidence) as confidence,
        count(*) filter (where judgments > 1)::int as overlapping
      from task_consensus where project_id = ${run.projectId} and judgments > 0
    ), known as (
      select jsonb_build_object('tasks', count(*), 'judged', count(c.gold_correct) filter (where c.judgments > 0),
        'correct', count(*) filter (where c.judgments > 0 and c.gold_correct)) as gold
      from tasks t left join task_consensus c on c.task_id = t.id
      where t.project_id = ${run.projectId} and t.gold is not null
    )
    update consensus_runs r set tasks = decided.tasks, judgments = decided.judgments, confidence = decided.confidence,
      gold = known.gold, agreement = ${first ? JSON.stringify(first) : null}::jsonb,
      agreements = ${JSON.stringify(run.agreements)}::jsonb,
      notes = r.notes || ${JSON.stringify(run.notes ?? [])}::jsonb,
      duration_ms = ${run.durationMs}::int, at = clock_timestamp()
    from decided, known where r.id = ${run.id}
    returning decided.tasks, decided.judgments, decided.overlapping`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`The consensus run ${run.id} is gone.`)
  return row
}

/** Keeps the history of runs short: the newest hundred of a project, and those that a task or what was learnt of the crowd points at. */
export async function forgetOldRuns(tx: Tx, projectId: string): Promise<void> {
  await sql`delete from consensus_runs r where r.project_id = ${projectId}
    and r.id not in (select id from consensus_runs where project_id = ${projectId} order by at desc limit 100)
    and not exists (select 1 from task_consensus c where c.run_id = r.id)
    and not exists (select 1 from consensus_models m where m.run_id = r.id)
    and not exists (select 1 from project_reliability p where p.run_id = r.id and p.project_id = r.project_id)`.execute(
    tx,
  )
}

export type FullRun = {
  id: string
  method: string
  version: string
  judgments: number
  agreements: QuestionAgreement[] | null
}

/** The newest full run of a project that is complete. */
export async function lastFullRun(tx: Tx, projectId: string): Promise<FullRun | undefined> {
  const { rows } = await sql<FullRun>`select id, method, version, judgments, agreements from consensus_runs
    where project_id = ${projectId} and level = 'full' and duration_ms is not null order by at desc limit 1`.execute(
    tx,
  )
  return rows[0]
}

/** Whether judgments came or went that a full run does not know of, as far as the background has come to them. */
export async function changedSince(tx: Tx, projectId: string, runId: string): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`select exists (
    select 1 from task_consensus c, consensus_runs r
    where r.id = ${runId} and c.project_id = ${projectId}
      and (c.stale or c.run_id is distinct from r.id) and (c.judgments > 0 or c.stale or c.updated_at > r.at)) as changed`.execute(
    tx,
  )
  return rows[0]?.changed ?? false
}

/** Judgments of a project that count, as far as the background has come to them. */
export async function countedJudgments(tx: Tx, projectId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(judgments), 0)::int as n
    from task_consensus where project_id = ${projectId}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Whether at least `least` people judged. */
export async function hasTrainers(tx: Tx, projectId: string, least: number): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
    select from judgments where project_id = ${projectId} and not late and withdrawn_at is null
      and superseded_at is null and set_aside is null
    group by trainer_id limit ${least}) people`.execute(tx)
  return (rows[0]?.n ?? 0) >= least
}

export type ProjectQuality = {
  agreement: StoredAgreement | null
  agreements: QuestionAgreement[] | null
  confidence: number | null
  gold: { tasks: number; judged: number; correct: number } | null
}

/** The newest run of a project that is complete, of either level; undefined before the first. */
export async function qualityOf(tx: Tx, projectId: string): Promise<ProjectQuality | undefined> {
  const { rows } =
    await sql<ProjectQuality>`select agreement, agreements, confidence, gold from consensus_runs
    where project_id = ${projectId} and duration_ms is not null order by at desc limit 1`.execute(tx)
  return rows[0]
}
