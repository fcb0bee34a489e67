import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PASSWORD, type PeopleServer, startPeopleServer } from '../../../../tests/support/people-server.ts'
import { addMember } from './index.ts'

let server: PeopleServer
beforeAll(async () => {
  server = await startPeopleServer()
})
afterAll(() => server.stop())

let people = 0
async function organization() {
  const owner = await server.person('Ingrid Solheim')
  const id = await server.organizationOf(owner.userId)
  const manager = await server.person('Priyanka Deshmukh')
  const viewer = await server.person('Hana Kobayashi')
  await server.deps.database.transaction({ organization: id }, async (tx) => {
    await addMember(tx, id, manager.userId, 'manager')
    await addMember(tx, id, viewer.userId, 'viewer')
  })
  return { id, owner, manager, viewer, invitations: `/v1/organizations/${id}/invitations` }
}

/** An owner's invitation to a person who has an account already. */
async function invited(role = 'reviewer') {
  const team = await organization()
  const guest = await server.person('Guest', { email: `guest${++people}@example.org` })
  const { status, body } = await team.owner.browser.post(team.invitations, {
    email: guest.email.toUpperCase(),
    role,
  })
  expect(status).toBe(200)
  const token = new URL(body.link).pathname.replace('/invite/', '')
  return { ...team, guest, token, invitation: body.invitation, answer: body }
}

const accept = (token: string) => `/v1/invitation-links/${token}/accept`

describe('an invitation', () => {
  test('leads into the organization with its role, once', async () => {
    const { id, owner, guest, token, invitation, answer, invitations } = await invited()
    expect(answer.mailed).toBe(false)
    expect(invitation).toMatchObject({ email: guest.email, role: 'reviewer', invitedBy: 'Ingrid Solheim' })
    expect((await owner.browser.get(invitations)).body.items).toEqual([invitation])

    const link = await server.client().get(`/v1/invitation-links/${token}`)
    expect(link.body).toEqual({ organization: 'Linden Row', role: 'reviewer', email: guest.email })

    const joined = await guest.browser.post(accept(token))
    expect(joined.body).toEqual({ organization: { id, name: 'Linden Row' }, role: 'reviewer' })
    expect((await guest.browser.get('/v1/me')).body.memberships).toEqual([joined.body])
    expect((await owner.browser.get(invitations)).body.items).toEqual([])

    expect((await guest.browser.post(accept(token))).status).toBe(404)
    expect((await server.client().get(`/v1/invitation-links/${token}`)).status).toBe(404)
    expect(await server.auditOf(invitation.id)).toEqual(['invitation.created', 'invitation.accepted'])
    expect(await server.auditOf(guest.userId)).toContain('member.joined')
  })

  test('accepted many times at once makes one membership', async () => {
    const { guest, token } = await invited()
    const answers = await Promise.all([1, 2, 3, 4].map(() => guest.browser.post(accept(token))))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404, 404])
  })

  test('is for nobody else', async () => {
    const { token, guest } = await invited()
    const thief = await server.person()
    const answer = await thief.browser.post(accept(token))
    expect(answer.status).toBe(403)
    expect(answer.body.error.code).toBe('wrong_role')
    expect((await server.client().post(accept(token))).status).toBe(401)
    const { secret } = await server.apiKeyOf(guest.userId, {
      organizationId: await server.organizationOf(guest.userId),
    })
    expect((await server.client(secret).post(accept(token))).status).toBe(403)
    expect((await guest.browser.post(accept(token))).status).toBe(200)
  })

  test('ends after 14 days', async () => {
    const { token, guest, invitation, owner, invitations } = await invited()
    const days = (Date.parse(invitation.expiresAt) - Date.parse(invitation.createdAt)) / 86_400_000
    expect(days).toBeCloseTo(14, 0)
    await server.deps.database.transaction('system', (tx) =>
      tx
        .updateTable('invitations')
        .set({ expires_at: new Date(0) })
        .where('id', '=', invitation.id)
        .execute(),
    )
    expect((await guest.browser.post(accept(token))).status).toBe(404)
    expect((await server.client().get(`/v1/invitation-links/${token}`)).status).toBe(404)
    expect((await owner.browser.get(invitations)).body.items).toEqual([])
  })

  test('can be taken back, by whom could have given it', async () => {
    const { token, guest, invitation, owner, manager, viewer } = await invited('manager')
    const path = `/v1/invitations/${invitation.id}`
    expect((await server.client().delete(path)).status).toBe(401)
    expect((await guest.browser.delete(path)).status).toBe(404)
    expect((await viewer.browser.delete(path)).status).toBe(403)
    expect((await manager.browser.delete(path)).status).toBe(403)
    expect((await owner.browser.delete('/v1/invitations/none')).status).toBe(400)
    expect((await owner.browser.delete(path)).status).toBe(200)
    expect((await owner.browser.delete(path)).status).toBe(404)
    expect((await guest.browser.post(accept(token))).status).toBe(404)
    expect(await server.auditOf(invitation.id)).toEqual(['invitation.created', 'invitation.revoked'])
  })

  test('is replaced by a newer one to the same address', async () => {
    const { token, guest, owner, invitations } = await invited()
    const second = await owner.browser.post(invitations, { email: guest.email, role: 'viewer' })
    expect((await guest.browser.post(accept(token))).status).toBe(404)
    expect((await owner.browser.get(invitations)).body.items).toEqual([second.body.invitation])
  })

  test('comes from managers for reviewers and viewers, from owners for every role', async () => {
    const { owner, manager, viewer, invitations } = await organization()
    const statuses = async (browser: typeof owner.browser) => {
      const answers = []
      for (const role of ['owner', 'manager', 'reviewer', 'viewer'])
        answers.push((await browser.post(invitations, { email: `new${++people}@example.org`, role })).status)
      return answers
    }
    expect(await statuses(owner.browser)).toEqual([200, 200, 200, 200])
    expect(await statuses(manager.browser)).toEqual([403, 403, 200, 200])
    expect(await statuses(viewer.browser)).toEqual([403, 403, 403, 403])
    expect(await statuses((await server.person()).browser)).toEqual([404, 404, 404, 404])
    expect(await statuses(server.client())).toEqual([401, 401, 401, 401])
    expect((await viewer.browser.get(invitations)).status).toBe(403)
    expect((await (await server.person()).browser.get(invitations)).status).toBe(404)
    expect((await server.client().get(invitations)).status).toBe(401)
  })

  test('refuses bad input, and people who are members', async () => {
    const { owner, viewer, invitations } = await organization()
    for (const body of [
      {},
      { email: 'nobody', role: 'viewer' },
      { email: 'a@example.org', role: 'king' },
      { email: 'a@example.org', role: 'viewer', token: 'mine' },
      { email: `${'a'.repeat(250)}@example.org`, role: 'viewer' },
    ])
      expect((await owner.browser.post(invitations, body)).status).toBe(400)
    expect((await owner.browser.post(invitations, { email: viewer.email, role: 'owner' })).status).toBe(409)
    expect((await server.client().get('/v1/invitation-links/short')).status).toBe(400)
    expect((await server.client().get('/v1/invitation-links/a-made-up-token-of-some-length')).status).toBe(
      404,
    )
    expect((await server.client().get('/v1/invitation-links/a-made-up-token%00-with-nul')).status).toBe(400)
  })

  test('to a person who joined meanwhile is a conflict', async () => {
    const { id, guest, token } = await invited()
    await server.deps.database.transaction({ organization: id }, (tx) =>
      addMember(tx, id, guest.userId, 'viewer'),
    )
    expect((await guest.browser.post(accept(token))).status).toBe(409)
  })

  test('is stored as a hash', async () => {
    const { token, invitation } = await invited()
    const rows = await server.deps.database.transaction('system', (tx) =>
      tx.selectFrom('invitations').selectAll().where('id', '=', invitation.id).execute(),
    )
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('where sign-up is closed', () => {
  let closed: PeopleServer
  beforeAll(async () => {
    closed = await startPeopleServer({ openSignUp: false, databaseUrl: server.databaseUrl })
  })
  afterAll(() => closed.stop())

  const signUp = (email: string, invitation?: string) =>
    closed.client().post('/auth/sign-up/email', { name: 'New', email, password: PASSWORD, invitation })

  test('only who holds an invitation gets in', async () => {
    const { owner, invitations } = await organization()
    const email = `new${++people}@example.org`
    const { body } = await owner.browser.post(invitations, { email, role: 'viewer' })
    const token = body.link.split('/').pop()
    expect((await signUp(email)).status).toBe(403)
    expect((await signUp(email, 'a-made-up-token')).status).toBe(403)
    expect((await signUp('other@example.org', token)).status).toBe(403)
    expect((await signUp('other@example.org', token)).body.code).toBe('SIGN_UP_CLOSED')
    expect((await signUp(email, token)).status).toBe(200)
    const browser = await closed.signIn({ email })
    expect((await browser.post(accept(token))).status).toBe(200)
  })
})
