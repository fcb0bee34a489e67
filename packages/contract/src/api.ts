import { z } from 'zod'
import * as datasets from './datasets.ts'
import { form } from './forms/form.ts'
import * as people from './people.ts'
import * as projects from './projects.ts'
import { id, nameText, text } from './text.ts'
import * as work from './work.ts'

/**
 * One call of the API. `path` is below `/api/v1`; a `:name` in it is a key of `params`. `body` is JSON unless `bodyType` says
 * otherwise; `response` is JSON unless `responseType` does.
 */
export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  bodyType?: 'stream'
  response?: z.ZodType
  responseType?: 'ndjson' | 'file' | 'csv'
  /** Honours the `Idempotency-Key` header. */
  idempotent?: boolean
}

const byId = z.object({ id })
const call = <const C extends Call>(definition: C): C => definition
const empty = z.object({ ok: z.literal(true) })
const page = z.strictObject({
  cursor: text(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
const templateAnswer = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  estimateSeconds: z.number(),
  form,
  guideline: z.string(),
})
const anyMember = z.object({ id, userId: id })

/** Every call of `/api/v1`, by name. The server builds its routes from it, the client its methods, the reference its pages. */
export const api = {
  // The signed-in person
  getMe: call({ method: 'GET', path: '/me', summary: 'Who is signed in', response: people.me }),
  updateMe: call({
    method: 'PATCH',
    path: '/me',
    summary: 'Change the own name',
    body: z.strictObject({ name: nameText() }),
    response: people.me,
  }),
  saveTrainerProfile: call({
    method: 'PUT',
    path: '/me/trainer-profile',
    summary: 'Become a trainer, or change the profile',
    body: people.trainerProfileInput,
    response: people.trainerProfile,
  }),
  listApiKeys: call({
    method: 'GET',
    path: '/me/api-keys',
    summary: 'Own API keys',
    response: list(people.apiKey),
  }),
  createApiKey: call({
    method: 'POST',
    path: '/me/api-keys',
    summary: 'Create an API key; its secret is shown once',
    body: people.createApiKey,
    response: people.createdApiKey,
  }),
  revokeApiKey: call({
    method: 'DELETE',
    path: '/me/api-keys/:id',
    summary: 'Revoke an API key',
    params: byId,
    response: empty,
  }),
  getEarnings: call({
    method: 'GET',
    path: '/me/earnings',
    summary: 'Balances, this week and the statement',
    query: page.extend({
      projectId: id.optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
    response: work.earnings,
  }),
  getEarningsCsv: call({
    method: 'GET',
    path: '/me/earnings.csv',
    summary: 'The statement as CSV',
    responseType: 'csv',
    query: z.strictObject({
      projectId: id.optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
    }),
  }),

  // Organizations
  createOrganization: call({
    method: 'POST',
    path: '/organizations',
    summary: 'Found an organization and own it',
    body: z.strictObject({ name: nameText() }),
    response: people.membership,
  }),
  listMembers: call({
    method: 'GET',
    path: '/organizations/:id/members',
    summary: 'Members',
    params: byId,
    response: list(people.member),
  }),
  updateMember: call({
    method: 'PATCH',
    path: '/organizations/:id/members/:userId',
    summary: 'Change a role',
    params: anyMember,
    body: z.strictObject({ role: people.organizationRole }),
    response: people.member,
  }),
  removeMember: call({
    method: 'DELETE',
    path: '/organizations/:id/members/:userId',
    summary: 'Remove a member, or leave',
    params: anyMember,
    response: empty,
  }),
  listInvitations: call({
    method: 'GET',
    path: '/organizations/:id/invitations',
    summary: 'Open invitations',
    params: byId,
    response: list(people.invitation),
  }),
  createInvitation: call({
    method: 'POST',
    path: '/organizations/:id/invitations',
    summary: 'Invite by mail',
    params: byId,
    body: people.createInvitation,
    response: people.createdInvitation,
  }),
  revokeInvitation: call({
    method: 'DELETE',
    path: '/invitations/:id',
    summary: 'Take an invitation back',
    params: byId,
    response: empty,
  }),
  readInvitation: call({
    method: 'GET',
    path: '/invitation-links/:token',
    summary: 'What an invitation link is for (needs no sign-in)',
    params: z.object({ token: text(200, 10) }),
    response: z.object({ organization: z.string(), role: people.organizationRole, email: z.string() }),
  }),
  acceptInvitation: call({
    method: 'POST',
    path: '/invitation-links/:token/accept',
    summary: 'Join by an invitation link',
    params: z.object({ token: text(200, 10) }),
    response: people.membership,
  }),

  // The instance
  getSetup: call({
    method: 'GET',
    path: '/setup',
    summary: 'Whether the instance still needs its first owner (needs no sign-in)',
    response: z.object({ needed: z.boolean(), demo: z.boolean() }),
  }),
  completeSetup: call({
    method: 'POST',
    path: '/setup',
    summary: 'First owner of an empty instance (needs the printed token)',
    body: people.setupInput,
    response: z.object({ userId: id, organizationId: id }),
  }),
  getOperatorOverview: call({
    method: 'GET',
    path: '/operator/overview',
    summary: 'The state of the instance',
    response: people.operatorOverview,
  }),
  listOperatorUsers: call({
    method: 'GET',
    path: '/operator/users',
    summary: 'People of the instance',
    query: page.extend({ search: text(200).optional() }),
    response: z.object({ items: z.array(people.operatorUser), nextCursor: z.string().nullable() }),
  }),
  setOperator: call({
    method: 'PUT',
    path: '/operator/users/:id/operator',
    summary: 'Give or take the operator role',
    params: byId,
    body: z.strictObject({ operator: z.boolean() }),
    response: people.operatorUser,
  }),
  listOperatorMail: call({
    method: 'GET',
    path: '/operator/mail',
    summary: 'Mail of the last days; links are shown when no mail server is configured',
    response: list(people.operatorMail),
  }),

  // Projects
  listTemplates: call({
    method: 'GET',
    path: '/templates',
    summary: 'Templates to start a project from',
    response: list(templateAnswer),
  }),
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

  // Tasks and results of a project
  importTasks: call({
    method: 'POST',
    path: '/projects/:id/import',
    summary: 'Import a file, streamed',
    params: byId,
    query: datasets.importQuery,
    bodyType: 'stream',
    response: datasets.imported,
  }),
  previewImport: call({
    method: 'POST',
    path: '/imports/preview',
    summary: 'Recognise a file by its first 256 KiB; stores nothing',
    query: datasets.importQuery,
    bodyType: 'stream',
    response: datasets.importPreview,
  }),
  listImports: call({
    method: 'GET',
    path: '/projects/:id/imports',
    summary: 'Imports of a project',
    params: byId,
    response: list(datasets.importRecord),
  }),
  listTasks: call({
    method: 'GET',
    path: '/projects/:id/tasks',
    summary: 'Tasks, newest consensus with them',
    params: byId,
    query: page.extend({ state: datasets.taskState.optional(), search: text(200).optional() }),
    response: datasets.taskPage,
  }),
  getTask: call({
    method: 'GET',
    path: '/projects/:id/tasks/:taskId',
    summary: 'A task with its judgments',
    params: z.object({ id, taskId: id }),
    response: datasets.taskDetail,
  }),
  listFlags: call({
    method: 'GET',
    path: '/projects/:id/flags',
    summary: 'What trainers flagged',
    params: byId,
    response: list(datasets.flag),
  }),
  resolveFlag: call({
    method: 'POST',
    path: '/flags/:id/resolve',
    summary: 'Put a flagged task back to work, or take it out',
    params: byId,
    body: datasets.resolveFlag,
    response: datasets.flag,
  }),
  acceptJudgment: call({
    method: 'POST',
    path: '/judgments/:id/accept',
    summary: 'Accept before the review window ends; its pay becomes available',
    params: byId,
    response: empty,
  }),
  getResults: call({
    method: 'GET',
    path: '/projects/:id/results',
    summary: 'A line per task: judgments and consensus',
    params: byId,
    responseType: 'ndjson',
    response: datasets.resultLine,
  }),
  createExport: call({
    method: 'POST',
    path: '/projects/:id/exports',
    summary: 'Export in the background',
    params: byId,
    body: datasets.createExport,
    response: datasets.exportJob,
  }),
  listExports: call({
    method: 'GET',
    path: '/projects/:id/exports',
    summary: 'Exports of a project',
    params: byId,
    response: list(datasets.exportJob),
  }),
  getExport: call({
    method: 'GET',
    path: '/exports/:id',
    summary: 'How far an export is',
    params: byId,
    response: datasets.exportJob,
  }),
  getExportFile: call({
    method: 'GET',
    path: '/exports/:id/files/:name',
    summary: 'A file of an export',
    params: z.object({ id, name: text(200, 1) }),
    responseType: 'file',
  }),

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
  flagAssignment: call({
    method: 'POST',
    path: '/assignments/:id/flag',
    summary: 'Report a task; it waits for the team',
    params: byId,
    body: work.flagInput,
    response: empty,
  }),
} satisfies Record<string, Call>

export type Api = typeof api
export type CallName = keyof Api
