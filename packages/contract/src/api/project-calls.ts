import { z } from 'zod'
import * as projects from '../projects.ts'
import { id } from '../text.ts'
import { byId, call, list } from './call.ts'

/** Projects and their money. */
export const projectCalls = {
  // Projects
  listProjects: call({
    method: 'GET',
    path: '/projects',
    summary: 'Projects of the organizations of the caller',
    query: z.strictObject({ organizationId: id.optional() }),
    response: list(projects.projectSummary),
  }),
  createProject: call({
    method: 'POST',
    path: '/projects',
    summary: 'Create a project as a draft',
    body: projects.createProject,
    response: projects.project,
    idempotent: true,
  }),
  getProject: call({
    method: 'GET',
    path: '/projects/:id',
    summary: 'A project and where it stands',
    params: byId,
    response: projects.project,
  }),
  updateProject: call({
    method: 'PATCH',
    path: '/projects/:id',
    summary: 'Change settings; pay and form get a new version for slots opened later',
    params: byId,
    body: projects.updateProject,
    response: projects.project,
  }),
  launchProject: call({
    method: 'POST',
    path: '/projects/:id/launch',
    summary: 'Open it to trainers, or resume',
    params: byId,
    response: projects.project,
  }),
  pauseProject: call({
    method: 'POST',
    path: '/projects/:id/pause',
    summary: 'Hand out nothing new',
    params: byId,
    response: projects.project,
  }),
  finishProject: call({
    method: 'POST',
    path: '/projects/:id/finish',
    summary: 'Close it; free money goes back to its source',
    params: byId,
    response: projects.project,
  }),
  fundProject: call({
    method: 'POST',
    path: '/projects/:id/fund',
    summary: 'Put money into escrow',
    params: byId,
    body: projects.fundProject,
    response: projects.funded,
    idempotent: true,
  }),
  getLedger: call({
    method: 'GET',
    path: '/projects/:id/ledger',
    summary: 'Trial balance',
    params: byId,
    response: projects.trialBalance,
  }),
  listGuidelines: call({
    method: 'GET',
    path: '/projects/:id/guidelines',
    summary: 'Versions of the guideline',
    params: byId,
    response: list(projects.guidelineVersion),
  }),
  updateGuideline: call({
    method: 'PUT',
    path: '/projects/:id/guideline',
    summary: 'A new version of the guideline',
    params: byId,
    body: projects.updateGuideline,
    response: projects.guidelineVersion,
  }),
  matchAudience: call({
    method: 'POST',
    path: '/audience-match',
    summary: 'How many trainers an audience reaches',
    body: projects.audience,
    response: projects.audienceMatch,
  }),
  getTimeline: call({
    method: 'GET',
    path: '/projects/:id/timeline',
    summary: 'Tasks and judgments by day',
    params: byId,
    response: projects.projectTimeline,
  }),
  listProjectPeople: call({
    method: 'GET',
    path: '/projects/:id/people',
    summary: 'Who judged, how much, how fast, and how often with the consensus',
    params: byId,
    response: list(projects.projectPerson),
  }),
}
