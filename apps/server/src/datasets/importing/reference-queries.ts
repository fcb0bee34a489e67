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
