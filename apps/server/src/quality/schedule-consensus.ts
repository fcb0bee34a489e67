import { addJob, type Deps, type Event } from '../platform/index.ts'
import { markStale } from './consensus-queries.ts'

/** How long after a judgment its consensus is computed: a burst of judgments becomes one run. */
const DELAY_SECONDS = 1

/** Marks the touched tasks and adds one job per project, however many events there are. */
export async function scheduleConsensus({ database }: Deps, events: Event[]): Promise<void> {
  const byProject = Map.groupBy(events, (event) => event.payload.projectId ?? '')
  for (const [projectId, touched] of byProject) {
    const organizationId = touched[0]?.organizationId ?? ''
    const taskIds = touched.flatMap((event) => event.payload.taskId ?? [])
    await database.transaction({ organization: organizationId }, async (tx) => {
      await markStale(tx, organizationId, projectId, taskIds)
      await addJob(
        tx,
        'recompute_consensus',
        { projectId, organizationId },
        { key: `consensus:${projectId}`, afterSeconds: DELAY_SECONDS },
      )
    })
  }
}
