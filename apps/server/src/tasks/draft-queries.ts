import type { ProjectState } from '@groundwork/contract'
import { sql, type Tx } from '../platform/index.ts'

/** Tasks that go in one transaction. */
const AT_ONCE = 2_000

/** The state of a project, which stays until the transaction ends; undefined when it is gone. What stores tasks or money at this moment is waited for. */
export async function lockedState(tx: Tx, projectId: string): Promise<ProjectState | undefined> {
  const { rows } = await sql<{ state: ProjectState }>`
    select state from projects where id = ${projectId} and deleted_at is null for update`.execute(tx)
  return rows[0]?.state
}

/** @returns how many of them the project had */
export async function removeTasks(tx: Tx, projectId: string, taskIds: readonly string[]): Promise<number> {
  const result = await sql`
    delete from tasks where project_id = ${projectId} and id = any(${taskIds}::uuid[])`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

/** From now on nobody sees the project. Needs the system scope. The key that made it may make another. */
export async function markDeleted(tx: Tx, projectId: string): Promise<void> {
  await sql`update projects set deleted_at = now(), creation_key = null, creation_hash = null
    where id = ${projectId}`.execute(tx)
}

/**
 * Takes the next tasks of a deleted project away, and at last the project itself. Images that no other task shows are found by the sweep of blobs.
 * Needs the system scope.
 * @returns whether there was anything to do
 */
export async function sweepDeleted(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from projects where deleted_at is not null limit 1 for update skip locked`.execute(tx)
  const id = rows[0]?.id
  if (id === undefined) return false
  const removed = await sql`
    delete from tasks where id in (select id from tasks where project_id = ${id} order by seq limit ${AT_ONCE})`.execute(
    tx,
  )
  if (Number(removed.numAffectedRows ?? 0n) > 0) return true
  // Everything else that may point at a draft; what belongs to work that was done does not exist.
  for (const table of [
    'consensus_models',
    'project_reliability',
    'consensus_runs',
    'exports',
    'imports',
    'guideline_reads',
    'webhook_endpoints',
    'projects',
  ]) {
    await sql`delete from ${sql.table(table)} where ${sql.ref(table === 'projects' ? 'id' : 'project_id')} = ${id}`.execute(
      tx,
    )
  }
  return true
}
