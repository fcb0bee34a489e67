import type { Deps, EventHandler, JobHandler } from '../platform/index.ts'
import { recomputeConsensus } from './recompute-consensus.ts'
import { scheduleConsensus } from './schedule-consensus.ts'

export { type ProjectQuality, qualityOf } from './consensus-queries.ts'
export { recomputeConsensus }

/** A judgment that came or went makes the consensus of its task due again. */
export function qualityEvents(deps: Deps): Record<string, EventHandler> {
  const schedule: EventHandler = (events) => scheduleConsensus(deps, events)
  return { 'judgment.submitted': schedule, 'judgment.withdrawn': schedule }
}

export function qualityJobs(deps: Deps): Record<string, JobHandler> {
  return {
    recompute_consensus: ({ projectId, organizationId }) =>
      recomputeConsensus(deps, projectId ?? '', organizationId ?? ''),
  }
}
