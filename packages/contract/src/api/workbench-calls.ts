import { z } from 'zod'
import * as work from '../work.ts'
import * as workbench from '../workbench.ts'
import { byId, call, empty } from './call.ts'

/** What the workbench needs beside the work itself: how a person likes it, what changed in a guideline, and one's own recent work. */
export const workbenchCalls = {
  getPreferences: call({
    method: 'GET',
    path: '/me/preferences',
    summary: 'Own settings of the interface, on every device',
    response: workbench.preferences,
  }),
  savePreference: call({
    method: 'PUT',
    path: '/me/preferences/:key',
    summary: 'Keep a setting; null forgets it',
    params: z.object({ key: workbench.preferenceKey }),
    body: workbench.savePreference,
    response: workbench.savedPreference,
  }),
  getAssignmentGuideline: call({
    method: 'GET',
    path: '/assignments/:id/guideline',
    summary: 'The guideline of an own assignment, the version read last, and an earlier one',
    params: byId,
    query: workbench.assignmentGuidelineQuery,
    response: workbench.assignmentGuideline,
  }),
  markGuidelineRead: call({
    method: 'POST',
    path: '/assignments/:id/guideline-read',
    summary: 'This version of the guideline has been read',
    params: byId,
    body: workbench.guidelineRead,
    response: empty,
  }),
  listMyJudgments: call({
    method: 'GET',
    path: '/me/judgments',
    summary: 'Own judgments, newest first',
    query: workbench.myJudgmentsQuery,
    response: workbench.myJudgments,
  }),
  getCorrection: call({
    method: 'GET',
    path: '/judgments/:id/correction',
    summary: 'An own judgment with its task, to look at and to correct',
    params: byId,
    response: workbench.correction,
  }),
  saveCorrectionDraft: call({
    method: 'PUT',
    path: '/judgments/:id/correction',
    summary: 'Autosave of a correction',
    params: byId,
    body: workbench.saveCorrectionDraft,
    response: workbench.savedCorrectionDraft,
  }),
  correctJudgment: call({
    method: 'POST',
    path: '/judgments/:id/correct',
    summary: 'Put a new answer in the place of an own one, while it can still be reviewed',
    params: byId,
    body: workbench.correctJudgment,
    response: workbench.corrected,
    idempotent: true,
  }),
  undoCorrection: call({
    method: 'POST',
    path: '/judgments/:id/undo-correction',
    summary: 'Take a correction back within ten seconds; the answer before it counts again',
    params: byId,
    response: z.object({ judgment: work.judgment }),
  }),
}
