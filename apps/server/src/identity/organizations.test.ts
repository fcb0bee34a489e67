import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PeopleServer, startPeopleServer } from '../../../../tests/support/people-server.ts'
import type { Caller } from '../platform/index.ts'
import { addMember, requireMember, resolveOrganization } from './index.ts'

let server: PeopleServer
beforeAll(async () => {
  server = await startPeopleServer()
})
afterAll(() => server.stop())

type Role = 'owner' | 'manager' | 'reviewer' | 'viewer'

/** An organization with one member of each role. */
async function organization() {
  const owner = await server.person('Owner')
  const id = await server.organizationOf(owner.userId)
  const join = async (role: Role) => {
    const person = await server.person(role)
    await server.deps.database.transaction({ organization: id }, (tx) =>
      addMember(tx, id, person.userId, role),
    )
    return person
  }
  const [manager, reviewer, viewer] = [await join('manager'), await join('reviewer'), await join('viewer')]
  return { id, owner, manager, reviewer, viewer, join, members: `/v1/organizations/${id}/members` }
}

const NOBODY = '00000000-0000-7000-8000-000000000000'

describe('founding one', () => {
  test('makes the founder its owner', async () => {
    const { browser, userId } = await server.person()
    const answer = await browser.post('/v1/organizations', { name: ' Linden Row ' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ organization: { name: 'Linden Row' }, role: 'owner' })
    expect((await browser.get('/v1/me')).body.memberships).toEqual([answer.body])
    expect(await server.auditOf(answer.body.organization.id)).toEqual(['organization.created'])
    expect(await server.auditOf(userId)).toContain('member.joined')
  })

  test('refuses bad names and people who are not signed in', async () => {
    const { browser } = await server.person()
    for (const body of [
      {},
      { name: '' },
      { name: 'a\u0000' },
      { name: 'x'.repeat(121) },
      { name: 'a', id: NOBODY },
    ])
      expect((await browser.post('/v1/organizations', body)).status).toBe(400)
    expect((await server.client().post('/v1/organizations', { name: 'a' })).status).toBe(401)
  })
})

describe('members', () => {
  test('are seen by every member and by nobody else', async () => {
    const { owner, viewer, members } = await organization()
    const list = await viewer.browser.get(members)
    expect(list.body.items.map((each: { role: string }) => each.role)).toEqual([
      'owner',
      'manager',
      'reviewer',
      'viewer',
    ])
    expect(list.body.items[0]).toMatchObject({ userId: owner.userId, name: 'Owner', email: owner.email })
    const stranger = await server.person()
    expect((await stranger.browser.get(members)).status).toBe(404)
    expect((await stranger.browser.get(`/v1/organizations/${NOBODY}/members`)).body).toEqual(
      (await stranger.browser.get(members)).body,
    )
    expect((await stranger.browser.get('/v1/organizations/none/members')).status).toBe(400)
    expect((await server.client().get(members)).status).toBe(401)
  })

  test('get another role from an owner only', async () => {
    const { owner, manager, viewer, members } = await organization()
    const change = (browser: typeof owner.browser, role: string) =>
      browser.patch(`${members}/${viewer.userId}`, { role })
    expect((await change(manager.browser, 'manager')).status).toBe(403)
    expect((await change(viewer.browser, 'owner')).status).toBe(403)
    expect((await change((await server.person()).browser, 'owner')).status).toBe(404)
    expect((await change(server.client(), 'owner')).status).toBe(401)
    expect((await change(owner.browser, 'king')).status).toBe(400)
    const answer = await change(owner.browser, 'reviewer')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ userId: viewer.userId, role: 'reviewer' })
    expect(await server.auditOf(viewer.userId)).toEqual([
      'account.created',
      'member.joined',
      'member.role_changed',
    ])
    expect((await owner.browser.patch(`${members}/${NOBODY}`, { role: 'viewer' })).status).toBe(404)
  })

  test('of another organization cannot be changed through the own one', async () => {
    const { owner } = await organization()
    const other = await organization()
    const ownMembers = `/v1/organizations/${await server.organizationOf(owner.userId)}/members`
    expect(
      (await owner.browser.patch(`${ownMembers}/${other.viewer.userId}`, { role: 'owner' })).status,
    ).toBe(404)
    expect((await owner.browser.delete(`${ownMembers}/${other.viewer.userId}`)).status).toBe(404)
    expect((await other.viewer.browser.get(other.members)).status).toBe(200)
  })

  test('are removed by owners, and may leave; their keys for the organization end', async () => {
    const { id, owner, manager, viewer, members } = await organization()
    const { secret } = await server.apiKeyOf(viewer.userId, { organizationId: id })
    expect((await manager.browser.delete(`${members}/${viewer.userId}`)).status).toBe(403)
    expect((await owner.browser.delete(`${members}/${viewer.userId}`)).status).toBe(200)
    expect((await owner.browser.delete(`${members}/${viewer.userId}`)).status).toBe(404)
    expect((await viewer.browser.get(members)).status).toBe(404)
    expect((await server.client(secret).get('/v1/me')).status).toBe(401)
    expect((await manager.browser.delete(`${members}/${manager.userId}`)).status).toBe(200)
    expect(await server.auditOf(viewer.userId)).toContain('member.removed')
    expect(await server.auditOf(manager.userId)).toContain('member.left')
  })

  test('always include an owner', async () => {
    const { owner, members } = await organization()
    const down = await owner.browser.patch(`${members}/${owner.userId}`, { role: 'viewer' })
    expect(down.status).toBe(409)
    expect(down.body.error.code).toBe('conflict')
    expect((await owner.browser.delete(`${members}/${owner.userId}`)).status).toBe(409)
  })

  test('two owners who step down at once leave one', async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, join, members } = await organization()
      const second = await join('owner')
      const answers = await Promise.all([
        owner.browser.patch(`${members}/${owner.userId}`, { role: 'viewer' }),
        second.browser.delete(`${members}/${second.userId}`),
      ])
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    }
  })

  test('two owners who take the role from each other leave one', async () => {
    const { owner, join, members } = await organization()
    const second = await join('owner')
    const answers = await Promise.all([
      owner.browser.patch(`${members}/${second.userId}`, { role: 'viewer' }),
      second.browser.patch(`${members}/${owner.userId}`, { role: 'viewer' }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403])
  })
})

describe('the organization that a call is about', () => {
  const callerOf = (userId: string, organizationId: string | null = null): Caller => ({
    userId,
    name: '',
    email: '',
    operator: false,
    trainer: false,
    via: 'api_key',
    projectId: null,
    scope: 'write',
    organizationId,
  })

  test('is the only one, the one of the key, or must be named', async () => {
    const { id, owner, manager, viewer } = await organization()
    const { deps } = server
    expect(await resolveOrganization(deps, callerOf(manager.userId), undefined, 'manager')).toBe(id)
    expect(await resolveOrganization(deps, callerOf(manager.userId), id, 'manager')).toBe(id)

    const second = await server.organizationOf(owner.userId, 'Second')
    await expect(
      resolveOrganization(deps, callerOf(owner.userId), undefined, 'manager'),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: 'organizationId', message: expect.stringContaining(second) }] },
    })
    expect(await resolveOrganization(deps, callerOf(owner.userId, second), undefined, 'manager')).toBe(second)
    await expect(
      resolveOrganization(deps, callerOf(owner.userId, second), id, 'manager'),
    ).rejects.toMatchObject({ code: 'not_found' })

    await expect(
      resolveOrganization(deps, callerOf(viewer.userId), undefined, 'manager'),
    ).rejects.toMatchObject({ code: 'wrong_role' })
    await expect(resolveOrganization(deps, callerOf(NOBODY), undefined, 'viewer')).rejects.toMatchObject({
      code: 'wrong_role',
    })
  })

  test('roles include the lower ones', async () => {
    const all = await organization()
    const roles = ['viewer', 'reviewer', 'manager', 'owner'] as const
    for (const [have, haveRole] of roles.entries()) {
      for (const [want, wantRole] of roles.entries()) {
        const asked = requireMember(server.deps, callerOf(all[haveRole].userId), all.id, wantRole)
        if (have >= want) await asked
        else await expect(asked).rejects.toMatchObject({ code: 'wrong_role' })
      }
    }
  })
})
