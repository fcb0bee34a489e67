import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { flagTask } from './flag-task.ts'
import { heartbeat, keepDraft, show } from './keep-assignment.ts'
import { listWork } from './list-work.ts'
import { nextAssignment } from './next-assignment.ts'
import { getAssignment, resumeAssignment } from './resume-assignment.ts'
import { skipAssignment, takeUpSkipped, undoSkip } from './skip-assignment.ts'
import { submitJudgment } from './submit-judgment.ts'
import { undoJudgment } from './undo-judgment.ts'

const done = { ok: true } as const

/** A trainer's work. */
export function assignmentRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.listWork, 'trainer', ({ caller }) => listWork(deps, caller.userId))

  route(app, api.nextAssignment, 'trainer', ({ caller, body }) => nextAssignment(deps, caller.userId, body))

  route(app, api.getAssignment, 'trainer', async ({ caller, params }) => ({
    assignment: await getAssignment(deps, caller.userId, params.id),
  }))

  route(app, api.showAssignment, 'trainer', ({ caller, params, body }) =>
    show(deps, caller.userId, params.id, body.epoch),
  )

  route(app, api.saveDraft, 'trainer', ({ caller, params, body }) =>
    keepDraft(deps, caller.userId, params.id, body),
  )

  route(app, api.heartbeat, 'trainer', ({ caller, params, body }) =>
    heartbeat(deps, caller.userId, params.id, body),
  )

  route(app, api.resumeAssignment, 'trainer', async ({ caller, params }) => ({
    assignment: await resumeAssignment(deps, caller.userId, params.id),
  }))

  route(app, api.submitJudgment, 'trainer', ({ caller, params, body, idempotencyKey }) =>
    submitJudgment(deps, caller.userId, params.id, body, idempotencyKey),
  )

  route(app, api.undoJudgment, 'trainer', async ({ caller, params }) => ({
    assignment: await undoJudgment(deps, caller.userId, params.id),
  }))

  route(app, api.skipAssignment, 'trainer', async ({ caller, params, body }) => {
    await skipAssignment(deps, caller.userId, params.id, body)
    return done
  })

  route(app, api.undoSkip, 'trainer', async ({ caller, params }) => ({
    assignment: await undoSkip(deps, caller.userId, params.id),
  }))

  route(app, api.takeUpSkipped, 'trainer', async ({ caller, body }) => ({
    tasks: await takeUpSkipped(deps, caller.userId, body.projectId),
  }))

  route(app, api.flagAssignment, 'trainer', async ({ caller, params, body }) => {
    await flagTask(deps, caller.userId, params.id, body)
    return done
  })
}
