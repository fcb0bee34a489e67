import type { ConsensusValue, TaskPayload } from '@groundwork/contract'
import { sql, type Tx } from '../../platform/index.ts'

/** Keeps the judgments that came with tasks, whether the task is new or was there before; what is known of a task stays. */
export async function insertReferences(
  tx: Tx,
  project: { id: string; organization_id: string },
  importId: string,
  given: { dedupeKey: string; references: string }[],
): Promise<void> {
  if (given.length === 0) return
  await sql`
    insert into reference_judgments (task_id, n, organization_id, project_id, import_id, annotator, rationale, verdict)
    select t.id, said.n, ${project.organization_id}::uuid, ${project.id}::uuid, ${importId}::uuid,
      said.each ->> 'by', said.each ->> 'rationale', said.each -> 'verdict'
    from unnest(${given.map(({ dedupeKey }) => dedupeKey)}::text[],
      string_to_array(${given.map(({ references }) => references).join('\u0002')}::text, e'\\x02')) as given (dedupe_key, list)
    join tasks t on t.project_id = ${project.id} and t.dedupe_key = given.dedupe_key,
    jsonb_array_elements(given.list::jsonb) with ordinality as said (each, n)
    on conflict do nothing`.execute(tx)
}

export async function referencesOf(tx: Tx, taskId: string) {
  return tx
    .selectFrom('reference_judgments')
    .select(['annotator', 'rationale', 'verdict'])
    .where('task_id', '=', taskId)
    .orderBy('n')
    .execute()
}

export type ComparedTask = {
  seq: bigint
  payload: TaskPayload
  consensus: Record<string, ConsensusValue> | null
  references: { by: string | null; verdict: unknown }[]
  judgments: { trainerId: string; answer: Record<string, unknown> }[]
}

/** Tasks that came with judgments, in the order of import after a task's number, with the judgments of both sides that count. */
export async function comparedTasks(
  tx: Tx,
  projectId: string,
  after: bigint,
  limit: number,
): Promise<ComparedTask[]> {
  const { rows } = await sql<ComparedTask>`
    with page as materialized (
      select t.id, t.seq, t.payload from tasks t
      where t.project_id = ${projectId} and t.seq > ${after} and t.state <> 'removed'
        and exists (select from reference_judgments r where r.task_id = t.id)
      order by t.seq limit ${limit})
    select page.seq, page.payload, c.consensus, said.list as "references", coalesce(judged.list, '[]'::json) as judgments
    from page
    left join task_consensus c on c.task_id = page.id
    cross join lateral (
      select json_agg(json_build_object('by', r.annotator, 'verdict', r.verdict) order by r.n) as list
      from reference_judgments r where r.task_id = page.id) as said
    left join lateral (
      select json_agg(json_build_object('trainerId', j.trainer_id, 'answer', j.answer)) as list
      from judgments j where j.task_id = page.id and not j.late and j.withdrawn_at is null and j.superseded_at is null
        and j.set_aside is null) as judged on true
    order by page.seq`.execute(tx)
  return rows
}

export async function countReferencedTasks(tx: Tx, projectId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct r.task_id)::int as n
    from reference_judgments r join tasks t on t.id = r.task_id
    where r.project_id = ${projectId} and t.state <> 'removed'`.execute(tx)
  return rows[0]?.n ?? 0
}

/** By what trainers are called, by id. */
export async function trainerNames(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select u.id, coalesce(p.display_name, u.name) as name
    from users u left join trainer_profiles p on p.user_id = u.id where u.id = any(${ids}::uuid[])`.execute(
    tx,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
