import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { correctJudgment, undoCorrection } from './correct-judgment.ts'
import { keepCorrectionDraft } from './keep-correction.ts'
import { getCorrection, listMyJudgments } from './my-judgments.ts'
import { getAssignmentGuideline, markGuidelineRead } from './read-guideline.ts'

/** What a trainer does beside the work: read what changed in the guideline, look at own judgments, correct them. */
export function workbenchRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.getAssignmentGuideline, 'trainer', ({ caller, params, query }) =>
    getAssignmentGuideline(deps, caller.userId, params.id, query.since),
  )

  route(app, api.markGuidelineRead, 'trainer', async ({ caller, params, body }) => {
    await markGuidelineRead(deps, caller.userId, params.id, body.version)
    return { ok: true } as const
  })

  route(app, api.listMyJudgments, 'trainer', ({ caller, query }) =>
    listMyJudgments(deps, caller.userId, query),
  )

  route(app, api.getCorrection, 'trainer', ({ caller, params }) =>
    getCorrection(deps, caller.userId, params.id),
  )

  route(app, api.saveCorrectionDraft, 'trainer', ({ caller, params, body }) =>
    keepCorrectionDraft(deps, caller.userId, params.id, body),
  )

  route(app, api.correctJudgment, 'trainer', ({ caller, params, body, idempotencyKey }) =>
    correctJudgment(deps, caller.userId, params.id, body, idempotencyKey),
  )

  route(app, api.undoCorrection, 'trainer', async ({ caller, params }) => ({
    judgment: await undoCorrection(deps, caller.userId, params.id),
  }))
}
