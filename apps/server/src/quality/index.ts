import type { Deps, EventHandler, JobHandler } from '../platform/index.ts'
import { inferProjectJob } from './infer-project.ts'
import { recomputeConsensus } from './recompute-consensus.ts'
import { scheduleConsensus } from './schedule-consensus.ts'

export { consensusOfOne, rightByQuestion } from './consensus-strategy.ts'
export { type PersonReliability, reliabilitiesOf } from './crowd-queries.ts'
export type { ConsensusSource } from './recompute-consensus.ts'
export { stopInference } from './run-inference.ts'
export { type ProjectQuality, qualityOf } from './run-queries.ts'
export { classQuestions } from './strategies/registry.ts'
export { recomputeConsensus }

/** A judgment that came or went, or that the team set aside or let count again, makes the consensus of its task due again; a project's end, a last full look at all of it. */
export function qualityEvents(deps: Deps): Record<string, EventHandler> {
  const schedule: EventHandler = (events) => scheduleConsensus(deps, events)
  return {
    'judgment.submitted': schedule,
    'judgment.withdrawn': schedule,
    'judgment.corrected': schedule,
    'judgment.correction_withdrawn': schedule,
    'judgment.flagged': schedule,
    'judgment.flag_resolved': schedule,
    'project.finished': schedule,
  }
}

export function qualityJobs(deps: Deps): Record<string, JobHandler> {
  return {
    recompute_consensus: async ({ projectId, organizationId }) => {
      await recomputeConsensus(deps, projectId ?? '', organizationId ?? '')
    },
    infer_project: ({ projectId, organizationId }) =>
      inferProjectJob(deps, projectId ?? '', organizationId ?? ''),
  }
}
