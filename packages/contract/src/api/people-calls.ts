import { z } from 'zod'
import * as people from '../people.ts'
import { id, nameText, text } from '../text.ts'
import * as work from '../work.ts'
import { byId, call, empty, list, page } from './call.ts'

/** A calendar day; a year 0 there was not. */
const day = z.iso.date().refine((date) => date >= '0001', 'The first year is 0001.')
const anyMember = z.object({ id, userId: id })

/** People, organizations and the instance. */
export const peopleCalls = {
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
      from: day.optional(),
      to: day.optional(),
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
      from: day.optional(),
      to: day.optional(),
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
}
