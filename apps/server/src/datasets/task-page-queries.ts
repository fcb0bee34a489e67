import { sql, type Tx } from '../platform/index.ts'

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

const matching = (projectId: string, filter: TaskFilter) => sql`project_id = ${projectId}
  ${filter.state ? sql`and state = ${filter.state}` : sql``}
  ${filter.search ? sql`and (external_id ilike ${likePattern(filter.search)} or payload::text ilike ${likePattern(filter.search)})` : sql``}`

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`

/** Of a row `page` of tasks and its consensus `c`. */
const listColumns = sql`page.seq, page.id, page.external_id, page.state, page.gold, c.consensus,
      left((select string_agg(part ->> 'text', ' ') from jsonb_array_elements(page.payload #> '{context,-1,parts}') part), 240) as excerpt,
      (select count(*)::int from judgments j where j.task_id = page.id and j.withdrawn_at is null
        and j.superseded_at is null and j.set_aside is null and not j.late) as judgments,
      (select count(*)::int from slots s where s.task_id = page.id and s.state in (0, 1, 2)) as wanted`

/** A page of tasks after a number, in the order of import. */
export async function taskPage(
  tx: Tx,
  projectId: string,
  filter: TaskFilter,
  after: bigint,
  limit: number,
): Promise<TaskListRow[]> {
  const { rows } = await sql<TaskListRow>`
    with page as materialized (
      select id, seq, external_id, state, gold, payload from tasks
      where ${matching(projectId, filter)} and seq > ${after} order by seq limit ${limit}
    )
    select ${listColumns}
    from page left join task_consensus c on c.task_id = page.id
    order by page.seq`.execute(tx)
  return rows
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

export async function countMatching(tx: Tx, projectId: string, filter: TaskFilter): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from tasks where ${matching(projectId, filter)}`.execute(tx)
  return rows[0]?.n ?? 0
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
