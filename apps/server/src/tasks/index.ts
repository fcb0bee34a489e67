import type { Project } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../platform/index.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { reviewRoutes } from './review-routes.ts'
import { workbenchRoutes } from './workbench-routes.ts'

export { addTasks } from './add-tasks.ts'
export { releasePay, settleProjects, sweepLeases, taskEvents, tasksPeriodic } from './background.ts'
export { finishProject, launchProject, pauseProject } from './change-project-life.ts'
export { misfitsOf } from './form-fit.ts'
export { nextAssignment } from './next-assignment.ts'
export { slotWorkOf } from './slot-work-queries.ts'
export { submitJudgment } from './submit-judgment.ts'

export function taskRoutes(
  app: FastifyInstance,
  deps: Deps,
  options: { present: (projectId: string) => Promise<Project> },
): void {
  assignmentRoutes(app, deps)
  workbenchRoutes(app, deps)
  reviewRoutes(app, deps, options)
  draftRoutes(app, deps)
}
