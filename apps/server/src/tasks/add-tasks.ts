import type { Tx } from '../platform/index.ts'
import type { ProjectHeader } from '../projects/index.ts'
import { insertTasks, type NewTask } from './task-queries.ts'

/**
 * Adds tasks to a project in the order given. Once the project has been launched their slots are open at once.
 * A task whose dedupe key the project knows, or that came earlier in the same batch, is a duplicate and changes nothing.
 */
export async function addTasks(
  tx: Tx,
  project: ProjectHeader,
  tasks: NewTask[],
): Promise<{ created: number; known: number; duplicates: number }> {
  if (tasks.length === 0) return { created: 0, known: 0, duplicates: 0 }
  const { created, known } = await insertTasks(
    tx,
    { id: project.id, organizationId: project.organization_id, payVersion: project.pay_version },
    tasks,
    project.state === 'draft' ? 0 : project.overlap.judgments,
  )
  return { created, known, duplicates: tasks.length - created }
}
