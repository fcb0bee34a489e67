import { z } from 'zod'
import * as work from '../work.ts'
import { byId, call, empty } from './call.ts'

/** A trainer's work. */
export const workCalls = {
  // A trainer's work
  listWork: call({
    method: 'GET',
    path: '/work',
    summary: 'Projects for this trainer, with the reason where there is no work',
    response: work.workList,
  }),
  nextAssignment: call({
    method: 'POST',
    path: '/assignments/next',
    summary: 'What is held already, or a new claim, or the reason why not',
    body: work.nextAssignmentInput.default({}),
    response: work.nextAssignment,
  }),
  getAssignment: call({
    method: 'GET',
    path: '/assignments/:id',
    summary: 'An own assignment',
    params: byId,
    response: z.object({ assignment: work.assignment }),
  }),
  showAssignment: call({
    method: 'POST',
    path: '/assignments/:id/show',
    summary: 'The task is on the screen: paid time begins',
    params: byId,
    body: z.strictObject({ epoch: z.number().int().min(1) }),
    response: work.savedDraft,
  }),
  saveDraft: call({
    method: 'PUT',
    path: '/assignments/:id/draft',
    summary: 'Autosave; renews the lease',
    params: byId,
    body: work.saveDraftInput,
    response: work.savedDraft,
  }),
  heartbeat: call({
    method: 'POST',
    path: '/assignments/:id/heartbeat',
    summary: 'Still at it; renews the lease',
    params: byId,
    body: work.heartbeatInput,
    response: work.savedDraft,
  }),
  resumeAssignment: call({
    method: 'POST',
    path: '/assignments/:id/resume',
    summary: 'Take an expired assignment up again, if its slot is free',
    params: byId,
    response: z.object({ assignment: work.assignment }),
  }),
  submitJudgment: call({
    method: 'POST',
    path: '/assignments/:id/submit',
    summary: 'Submit; records answer and pay together, or neither',
    params: byId,
    body: work.submitInput,
    response: work.submitted,
    idempotent: true,
  }),
  undoJudgment: call({
    method: 'POST',
    path: '/judgments/:id/undo',
    summary: 'Take a submission back within ten seconds',
    params: byId,
    response: work.undone,
  }),
  skipAssignment: call({
    method: 'POST',
    path: '/assignments/:id/skip',
    summary: 'Free the slot; never counts against the trainer',
    params: byId,
    body: work.skipInput,
    response: empty,
  }),
  undoSkip: call({
    method: 'POST',
    path: '/assignments/:id/undo-skip',
    summary: 'Take a skip back within ten seconds, if a slot of the task is still free',
    params: byId,
    response: work.undone,
  }),
  takeUpSkipped: call({
    method: 'POST',
    path: '/assignments/take-up-skipped',
    summary: 'Be offered the skipped tasks of a project again, once nothing else is left',
    body: work.takeUpSkippedInput,
    response: work.takenUp,
  }),
  flagAssignment: call({
    method: 'POST',
    path: '/assignments/:id/flag',
    summary: 'Report a task; it waits for the team',
    params: byId,
    body: work.flagInput,
    response: empty,
  }),
}
