import { sql, type Tx } from '../platform/index.ts'
import { searchedTo, tasksWith, wantSearch } from './task-search-queries.ts'

export type TaskListRow = {
  seq: bigint
  id: string
  external_id: string | null
  state: string
  excerpt: string | null
  judgments: number
  wanted: number
  consensus: Record<
    string,
    { value: unknown; confidence: number | null; distribution: Record<string, number> }
  > | null
  gold: Record<string, unknown> | null
}

/** Narrows a list of tasks. `search` finds external ids and words of the content. */
export type TaskFilter = { state?: string | undefined; search?: string | undefined }

/** Of a row `page` of tasks and its consensus `c`. */
const listColumns = sql`page.seq, page.id, page.external_id, page.state, page.gold, c.consensus,
      left((select string_agg(part ->> 'text', ' ') from jsonb_array_elements(page.payload #> '{context,-1,parts}') part), 240) as excerpt,
      (select count(*)::int from judgments j where j.task_id = page.id and j.withdrawn_at is null
        and j.superseded_at is null and j.set_aside is null and not j.late) as judgments,
      (select count(*)::int from slots s where s.task_id = page.id and s.state in (0, 1, 2)) as wanted`

/** A page of tasks after a number, in the order of import, and how many there are in all. */
export async function taskPage(
  tx: Tx,
  project: { id: string; organization_id: string },
  filter: TaskFilter,
  after: bigint,
  limit: number,
): Promise<{ rows: TaskListRow[]; total: number }> {
  const { state, search } = filter
  const ofState = state ? sql`and state = ${state}` : sql``
  const indexedTo = search ? await searchedTo(tx, project.id) : 0n
  // What is found is found once, for the page and for the count.
  const found = search ? sql`found as materialized (${tasksWith(project.id, search, indexedTo)}),` : sql``
  const matching = sql`project_id = ${project.id} ${search ? sql`and id in (select id from found)` : sql``} ${ofState}`
  const { rows } = await sql<TaskListRow & { total: number }>`
    with ${found} page as materialized (
      select id, seq, external_id, state, gold, payload from tasks where ${matching} and seq > ${after} order by seq limit ${limit}
    ), counted as (
      select count(*)::int as total from tasks where ${matching}
    )
    select ${listColumns}, counted.total
    from counted left join page on true left join task_consensus c on c.task_id = page.id
    order by page.seq`.execute(tx)
  if (search) await wantSearch(tx, project, indexedTo)
  // Without a task on the page there is still the row with the count.
  return { rows: rows.filter(({ id }) => id !== null), total: rows[0]?.total ?? 0 }
}

/** Tasks as the list shows them, by id. */
export async function tasksById(tx: Tx, ids: string[]): Promise<Map<string, TaskListRow>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<TaskListRow>`
    select ${listColumns}
    from tasks page left join task_consensus c on c.task_id = page.id
    where page.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** One task's number in the project, or undefined when the project has no such task. */
export async function seqOfTask(tx: Tx, projectId: string, taskId: string): Promise<bigint | undefined> {
  const row = await tx
    .selectFrom('tasks')
    .select('seq')
    .where('id', '=', taskId)
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  return row?.seq
}

/** A task that was taken out has no results; its content can still be read. */
export async function taskOf(tx: Tx, taskId: string) {
  return tx
    .selectFrom('tasks')
    .select(['id', 'external_id', 'state', 'payload', 'gold'])
    .where('id', '=', taskId)
    .executeTakeFirst()
}
