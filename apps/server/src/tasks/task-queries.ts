import type { TaskPayload } from '@groundwork/contract'
import { newId, PREPARED, sql, type Tx } from '../platform/index.ts'
import { MAX_KEY } from './claim-queries.ts'
import { textArray } from './text-array.ts'

/** A task to be added; its content, and what is known of it, may be JSON text already. */
export type NewTask = { dedupeKey: string } & (
  | { task: TaskPayload; gold: unknown }
  | { payload: string | Uint8Array; externalId: string | null; goldJson: string | null }
)

/**
 * Adds tasks in one statement, with their slots when `slots` says how many each gets.
 * @returns how many are new; the others have a dedupe key that the project knows already
 */
export async function insertTasks(
  tx: Tx,
  project: { id: string; organizationId: string; payVersion: number },
  tasks: NewTask[],
  slots: number,
): Promise<{ created: number; known: number }> {
  // Columns as arrays: Postgres takes them in half the time that one JSON array of records costs it. The contents come last: the driver grows its memory by
  // half whenever a parameter does not fit behind the others.
  const ids = `{${tasks.map(() => newId()).join(',')}}`
  const externalIds = textArray(
    tasks.map((each) => ('task' in each ? (each.task.externalId ?? null) : each.externalId)),
  )
  const dedupeKeys = textArray(tasks.map((each) => each.dedupeKey))
  const payloads = textArray(tasks.map((each) => ('task' in each ? JSON.stringify(each.task) : each.payload)))
  const golds = textArray(tasks.map((each) => ('task' in each ? jsonOf(each.gold) : each.goldJson)))
  const result = await sql<{ created: number; known: number }>`
    with added as (
      insert into tasks (id, organization_id, project_id, external_id, dedupe_key, payload, gold)
      select id, ${project.organizationId}::uuid, ${project.id}::uuid, external_id, dedupe_key, payload::jsonb, gold::jsonb
      from unnest(${ids}::uuid[], ${externalIds}::text[], ${dedupeKeys}::text[], ${golds}::text[], ${payloads}::text[])
        as given (id, external_id, dedupe_key, gold, payload)
      on conflict (project_id, dedupe_key) do nothing
      returning id, gold is not null as known
    ), opened as (
      insert into slots (organization_id, project_id, task_id, key, pay_version)
      select ${project.organizationId}::uuid, ${project.id}::uuid, added.id, floor(random() * ${MAX_KEY}::float8)::int,
        ${project.payVersion}
      from added, generate_series(1, ${slots}::int)
    )
    select count(*)::int as created, (count(*) filter (where known))::int as known from added`.execute(tx)
  return result.rows[0] ?? { created: 0, known: 0 }
}

const jsonOf = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))

/** The content of a task. */
export async function payloadOf(tx: Tx, taskId: string): Promise<TaskPayload> {
  const { rows } = await sql<{ payload: TaskPayload }>`${sql.raw(PREPARED)}
    select payload from tasks where id = ${taskId}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`The task ${taskId} is gone.`)
  return row.payload
}

/** Tasks that are not done or removed, by id after the one named, with their contents. */
export async function payloadsToJudge(
  tx: Tx,
  projectId: string,
  after: string | null,
  limit: number,
): Promise<{ id: string; externalId: string | null; payload: TaskPayload }[]> {
  const { rows } = await sql<{ id: string; externalId: string | null; payload: TaskPayload }>`
    select id, external_id as "externalId", payload from tasks
    where project_id = ${projectId} and state in ('open', 'flagged') and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`.execute(tx)
  return rows
}
