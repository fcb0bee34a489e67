import { sql, type Tx } from '../platform/index.ts'

/** Tasks that are looked through one by one without anybody noticing. */
const QUICK = 2_000
/** Tasks whose texts go into the index in one transaction. */
const BATCH = 1_000

const likePattern = (text: string) => `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`

/** How far the texts of a project are in the index: the number of its last task there. */
export async function searchedTo(tx: Tx, projectId: string): Promise<bigint> {
  const row = await tx
    .selectFrom('project_searches')
    .select('done_to')
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  return BigInt(row?.done_to ?? 0)
}

/** The ids of the tasks of a project that have a text in them, upper and lower case alike, as a subquery. */
export const tasksWith = (projectId: string, text: string, indexedTo: bigint) => sql`
  select gw_find_tasks(${projectId}::uuid, ${likePattern(text)}) as id
  union
  select id from tasks where project_id = ${projectId} and seq > ${indexedTo}
    and gw_task_text(external_id, payload) ilike ${likePattern(text)}`

/** Asks for the texts of a project to be put into the index, when there are so many that looking through them takes long. */
export async function wantSearch(
  tx: Tx,
  project: { id: string; organization_id: string },
  indexedTo: bigint,
): Promise<void> {
  await sql`
    insert into project_searches (project_id, organization_id)
    select ${project.id}::uuid, ${project.organization_id}::uuid
    where (select count(*) from (
      select from tasks where project_id = ${project.id} and seq > ${indexedTo} limit ${QUICK + 1}) beyond) > ${QUICK}
    on conflict (project_id) do update set wanted = true where not project_searches.wanted`.execute(tx)
}

/**
 * Puts the next texts of one project into the index that is wanted. Needs the system scope.
 * @returns whether there was anything to do
 */
export async function indexNextTexts(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ projectId: string; readyTo: bigint; doneTo: bigint }>`
    select project_id as "projectId", ready_to as "readyTo", done_to as "doneTo" from project_searches
    where wanted order by project_id limit 1 for update skip locked`.execute(tx)
  const [search] = rows
  if (!search) return false
  if (search.doneTo >= search.readyTo) return lookForMore(tx, search.projectId)
  await sql`
    with next as materialized (
      select id, organization_id, project_id, seq, gw_task_text(external_id, payload) as content from tasks
      where project_id = ${search.projectId} and seq > ${search.doneTo} and seq <= ${search.readyTo} order by seq limit ${BATCH}
    ), added as (
      insert into task_texts (task_id, organization_id, project_id, content)
      select id, organization_id, project_id, content from next on conflict (task_id) do nothing
    )
    update project_searches set done_to = case when (select count(*) from next) < ${BATCH} then ready_to else (select max(seq) from next) end
    where project_id = ${search.projectId}`.execute(tx)
  return true
}

/** Numbers are given before a transaction ends, so a lower one may appear after a higher one: the project is locked until all that come in are in. */
async function lookForMore(tx: Tx, projectId: string): Promise<boolean> {
  await sql`select from projects where id = ${projectId} for update`.execute(tx)
  await sql`
    update project_searches s set ready_to = last.seq, wanted = last.seq > s.done_to
    from (select coalesce(max(seq), 0) as seq from tasks where project_id = ${projectId}) last
    where s.project_id = ${projectId}`.execute(tx)
  return true
}
