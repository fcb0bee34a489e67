import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PeopleServer, startPeopleServer } from '../../../../tests/support/people-server.ts'

let server: PeopleServer
beforeAll(async () => {
  server = await startPeopleServer()
})
afterAll(() => server.stop())

const query = (text: string, values: unknown[] = []) => server.deps.database.pool.query(text, values)

describe('creating a key', () => {
  test('shows the secret once and stores a hash', async () => {
    const { browser, userId } = await server.person()
    const created = await browser.post('/v1/me/api-keys', { name: ' notebook ' })
    expect(created.status).toBe(200)
    const { key, secret } = created.body
    expect(secret).toMatch(/^gw_[0-9a-f]{8}_[\w-]{43}$/)
    expect(key).toMatchObject({
      name: 'notebook',
      scope: 'write',
      organizationId: null,
      lastUsedAt: null,
      revokedAt: null,
    })
    expect(secret.startsWith(key.prefix)).toBe(true)
    const days = (Date.parse(key.expiresAt) - Date.parse(key.createdAt)) / 86_400_000
    expect(days).toBeCloseTo(90, 0)

    const list = await browser.get('/v1/me/api-keys')
    expect(list.body.items).toEqual([key])
    const { rows } = await query('select * from api_keys where id = $1', [key.id])
    expect(JSON.stringify(rows)).not.toContain(secret.slice(12))
    expect((await server.client(secret).get('/v1/me')).body).toMatchObject({
      user: { id: userId },
      via: 'api_key',
    })
    expect(await server.auditOf(key.id)).toEqual(['api_key.created'])
  })

  test.each([
    ['an empty name', { name: '' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['an unknown field', { name: 'a', secret: 'gw_mine' }],
    ['an unknown scope', { name: 'a', scope: 'all' }],
    ['no days', { name: 'a', expiresInDays: 0 }],
    ['too many days', { name: 'a', expiresInDays: 731 }],
    ['something that is no id', { name: 'a', organizationId: 'linden' }],
    ['nothing', undefined],
  ])('refuses %s', async (_what, body) => {
    const { browser } = await server.person()
    const answer = await browser.post('/v1/me/api-keys', body)
    expect(answer.status).toBe(400)
    expect(answer.body.error.code).toBe('invalid_input')
  })

  test('refuses an organization that is not the own one', async () => {
    const owner = await server.person()
    const organizationId = await server.organizationOf(owner.userId)
    const { browser } = await server.person()
    const answer = await browser.post('/v1/me/api-keys', { name: 'a', organizationId })
    expect(answer.status).toBe(404)
  })

  test('is for people, not for keys', async () => {
    const { userId } = await server.person()
    const { secret } = await server.apiKeyOf(userId)
    const answer = await server.client(secret).post('/v1/me/api-keys', { name: 'child' })
    expect(answer.status).toBe(403)
    expect(answer.body.error.code).toBe('key_scope')
  })

  test('needs a person who is signed in', async () => {
    for (const answer of [
      await server.client().post('/v1/me/api-keys', { name: 'a' }),
      await server.client().get('/v1/me/api-keys'),
      await server.client().delete('/v1/me/api-keys/00000000-0000-7000-8000-000000000000'),
    ]) {
      expect(answer.status).toBe(401)
      expect(answer.body.error.code).toBe('not_signed_in')
    }
  })
})

describe('a key', () => {
  test('ends when it is revoked, which can be done twice', async () => {
    const { browser, userId } = await server.person()
    const { secret, row } = await server.apiKeyOf(userId)
    expect((await browser.delete(`/v1/me/api-keys/${row.id}`)).status).toBe(200)
    expect((await browser.delete(`/v1/me/api-keys/${row.id}`)).status).toBe(200)
    expect((await server.client(secret).get('/v1/me')).status).toBe(401)
    expect(await server.auditOf(row.id)).toEqual(['api_key.created', 'api_key.revoked'])
  })

  test('of somebody else cannot be seen or revoked', async () => {
    const owner = await server.person()
    const { secret, row } = await server.apiKeyOf(owner.userId)
    const { browser } = await server.person()
    expect((await browser.delete(`/v1/me/api-keys/${row.id}`)).status).toBe(404)
    expect((await browser.delete('/v1/me/api-keys/no-id')).status).toBe(400)
    expect((await browser.get('/v1/me/api-keys')).body.items).toEqual([])
    expect((await server.client(secret).get('/v1/me')).status).toBe(200)
  })

  test('ends when its time is over', async () => {
    const { userId } = await server.person()
    const { secret, row } = await server.apiKeyOf(userId)
    await query('update api_keys set expires_at = now() where id = $1', [row.id])
    expect((await server.client(secret).get('/v1/me')).status).toBe(401)
  })

  test.each([
    'gw_00000000_0000000000000000000000000000000000000000000',
    'gw_',
    'nonsense',
    `gw_${'a'.repeat(500)}`,
    "gw_' or 1=1 --",
  ])('%s is nobody', async (secret) => {
    expect((await server.client(secret).get('/v1/me')).status).toBe(401)
  })

  test('that does not hold is not passed over for the session', async () => {
    const { browser } = await server.person()
    const answer = await browser.send('GET', '/v1/me', undefined, { authorization: 'Bearer gw_no' })
    expect(answer.status).toBe(401)
  })

  test('for reading cannot write', async () => {
    const { userId } = await server.person()
    const { secret } = await server.apiKeyOf(userId, { scope: 'read' })
    const client = server.client(secret)
    expect((await client.get('/v1/me')).status).toBe(200)
    const answer = await client.patch('/v1/me', { name: 'Changed' })
    expect(answer.status).toBe(403)
    expect(answer.body.error.code).toBe('key_scope')
  })

  test('for one organization sees no other, and is no operator', async () => {
    const owner = await server.person('Ingrid', { operator: true })
    const one = await server.organizationOf(owner.userId, 'One')
    const other = await server.organizationOf(owner.userId, 'Other')
    const { secret } = await server.apiKeyOf(owner.userId, { organizationId: one })
    const client = server.client(secret)
    const me = await client.get('/v1/me')
    expect(me.body.memberships).toEqual([{ organization: { id: one, name: 'One' }, role: 'owner' }])
    expect(me.body.user.operator).toBe(false)
    expect((await client.get(`/v1/organizations/${one}/members`)).status).toBe(200)
    expect((await client.get(`/v1/organizations/${other}/members`)).status).toBe(404)
    expect((await client.get('/v1/operator/overview')).status).toBe(403)
    expect((await client.get('/v1/me/api-keys')).status).toBe(403)
    expect((await client.patch('/v1/me', { name: 'Changed' })).status).toBe(403)
    expect((await client.post('/v1/organizations', { name: 'Third' })).status).toBe(403)
  })

  test('notes its last use once a minute, not at every call', async () => {
    const { userId } = await server.person()
    const { secret, row } = await server.apiKeyOf(userId)
    const lastUse = async () => {
      const { rows } = await query('select last_used_at, xmin::text from api_keys where id = $1', [row.id])
      return rows[0]
    }
    await server.client(secret).get('/v1/me')
    const first = await lastUse()
    expect(first.last_used_at).toBeInstanceOf(Date)
    await server.client(secret).get('/v1/me')
    expect(await lastUse()).toEqual(first)
    await query("update api_keys set last_used_at = now() - interval '61 seconds' where id = $1", [row.id])
    await server.client(secret).get('/v1/me')
    expect((await lastUse()).last_used_at.getTime()).toBeGreaterThanOrEqual(first.last_used_at.getTime())
  })

  test('is found by one index', async () => {
    const { rows } = await query(
      `explain (costs off) select 1 from api_keys k join users u on u.id = k.user_id
       where k.secret_hash = '\\x00' and k.revoked_at is null and k.expires_at > now()`,
    )
    expect(JSON.stringify(rows)).toContain('api_keys_secret_hash_key')
  })
})
