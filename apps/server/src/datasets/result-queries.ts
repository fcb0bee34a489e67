import type { ConsensusValue, JudgmentFlag } from '@groundwork/contract'
import type { Annotation } from '@groundwork/formats'
import { sql, type Tx } from '../platform/index.ts'

const isoTime = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/** A judgment as teams see it, as SQL that builds its JSON. `j` is judgments, `p` the trainer's profile, `u` the user, `flagged` what the team asked. */
const judgmentJson = sql`json_build_object(
  'id', j.id,
  'trainer', json_build_object('id', j.trainer_id, 'name', coalesce(p.display_name, u.name)),
  'answer', j.answer,
  'submittedAt', ${isoTime('j.submitted_at')},
  'activeMs', j.active_ms,
  'guidelineVersion', j.guideline_version,
  'formVersion', j.form_version,
  'late', j.late,
  'accepted', j.accepted_at is not null,
  'supersedes', j.supersedes,
  'flags', case when j.superseded_at is null then coalesce(flagged.list, '[]'::json) else '[]'::json end)`

/** What the team asked about the work on the tasks of `page`, oldest first. */
const flaggedWork = sql`
  select f.assignment_id, f.epoch, json_agg(json_build_object(
    'id', f.id, 'judgmentId', f.judgment_id, 'kind', f.kind, 'note', f.note, 'state', f.state,
    'flaggedBy', json_build_object('id', m.id, 'name', m.name), 'createdAt', ${isoTime('f.created_at')},
    'resolvedBy', case when r.id is not null then json_build_object('id', r.id, 'name', r.name) end,
    'resolvedAt', ${isoTime('f.resolved_at')}, 'resolutionNote', f.resolution_note) order by f.created_at, f.id) as list
  from judgment_flags f join users m on m.id = f.flagged_by left join users r on r.id = f.resolved_by
  where f.task_id in (select id from page)
  group by f.assignment_id, f.epoch`
const judged = sql`judgments j join users u on u.id = j.trainer_id left join trainer_profiles p on p.user_id = j.trainer_id
  left join flagged on flagged.assignment_id = j.assignment_id and flagged.epoch = j.epoch`

/** A page of result lines after a task's number, in the order of import: JSON made by the database, ready to be sent. */
export async function resultLines(
  tx: Tx,
  projectId: string,
  after: bigint,
  limit: number,
): Promise<{ seq: bigint; line: string }[]> {
  const { rows } = await sql<{ seq: bigint; line: string }>`
    with page as materialized (
      select id, seq, external_id from tasks
      where project_id = ${projectId} and seq > ${after} and state <> 'removed' order by seq limit ${limit}
    ), flagged as materialized (${flaggedWork}
    ), judged as (
      select j.task_id,
        json_agg(${judgmentJson} order by j.submitted_at, j.id) filter (where j.superseded_at is null) as list,
        json_agg(${judgmentJson} order by j.submitted_at, j.id) filter (where j.superseded_at is not null) as history
      from ${judged}
      where j.task_id in (select id from page) and j.withdrawn_at is null
      group by j.task_id
    )
    select page.seq, json_build_object(
        'task', json_build_object('id', page.id, 'externalId', page.external_id),
        'judgments', coalesce(judged.list, '[]'::json),
        'history', coalesce(judged.history, '[]'::json),
        'consensus', coalesce(c.consensus, '{}'::jsonb))::text as line
    from page left join judged on judged.task_id = page.id left join task_consensus c on c.task_id = page.id
    order by page.seq`.execute(tx)
  return rows
}

/** A judgment as results tell it. */
export type ResultJudgment = {
  id: string
  trainer: { id: string; name: string }
  answer: Record<string, unknown>
  submittedAt: string
  activeMs: number
  guidelineVersion: number
  formVersion: number
  late: boolean
  accepted: boolean
  /** The judgment in whose place this one stands. */
  supersedes: string | null
  /** What the team asked about it, oldest first. */
  flags: JudgmentFlag[]
}

/** The flag that leaves a judgment out of consensus and exports; null: it counts as any other. */
export const setAsideBy = ({ flags }: ResultJudgment): 'open' | 'excluded' | null => {
  for (const { state } of flags) if (state === 'open' || state === 'excluded') return state
  return null
}

export type TaskResult = {
  seq: bigint
  id: string
  state: string
  payload: unknown
  gold: Record<string, unknown> | null
  consensus: Record<string, ConsensusValue> | null
  counted: number
  judgments: ResultJudgment[]
  /** Judgments that their people corrected later, oldest first; what was taken back at once is not among them. */
  history: ResultJudgment[]
  /** What came with the task when it was imported, in the order of its file. */
  references: { by: string | null; rationale: string | null; verdict: Annotation['verdict'] }[]
}

/** A page of tasks with everything that an export needs. */
export async function taskResults(
  tx: Tx,
  projectId: string,
  after: bigint,
  limit: number,
): Promise<TaskResult[]> {
  const { rows } = await sql<TaskResult>`
    with page as materialized (
      select id, seq, state, payload, gold from tasks
      where project_id = ${projectId} and seq > ${after} and state <> 'removed' order by seq limit ${limit}
    ), flagged as materialized (${flaggedWork}
    ), judged as (
      select j.task_id,
        count(*) filter (where j.superseded_at is null and not j.late and j.set_aside is null)::int as counted,
        json_agg(${judgmentJson} order by j.submitted_at, j.id) filter (where j.superseded_at is null) as list,
        json_agg(${judgmentJson} order by j.submitted_at, j.id)
          filter (where j.superseded_at is not null) as history
      from ${judged}
      where j.task_id in (select id from page) and j.withdrawn_at is null
      group by j.task_id
    ), came as (
      select r.task_id, json_agg(json_build_object(
        'by', r.annotator, 'rationale', r.rationale, 'verdict', r.verdict) order by r.n) as list
      from reference_judgments r where r.task_id in (select id from page)
      group by r.task_id
    )
    select page.*, c.consensus, coalesce(judged.counted, 0) as counted, coalesce(judged.list, '[]'::json) as judgments,
      coalesce(judged.history, '[]'::json) as history, coalesce(came.list, '[]'::json) as "references"
    from page left join judged on judged.task_id = page.id left join task_consensus c on c.task_id = page.id
      left join came on came.task_id = page.id
    order by page.seq`.execute(tx)
  return rows
}

/** How many tasks an export goes through. */
export async function countTasks(tx: Tx, projectId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from tasks
    where project_id = ${projectId} and state <> 'removed'`.execute(tx)
  return rows[0]?.n ?? 0
}
