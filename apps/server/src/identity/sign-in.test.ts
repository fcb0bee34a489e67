import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PASSWORD, type PeopleServer, startPeopleServer } from '../../../../tests/support/people-server.ts'

let server: PeopleServer
beforeAll(async () => {
  server = await startPeopleServer()
})
afterAll(() => server.stop())

const NEW_PASSWORD = 'another long password'

describe('signing up', () => {
  test('makes an account with a clean name and a lower-case address, and signs in', async () => {
    const browser = server.client()
    const answer = await browser.post('/auth/sign-up/email', {
      name: '  Wanjiru Kamau ',
      email: 'Wanjiru.Kamau@Example.org',
      password: PASSWORD,
    })
    expect(answer.status).toBe(200)
    const me = await browser.get('/v1/me')
    expect(me.body).toMatchObject({
      user: {
        name: 'Wanjiru Kamau',
        email: 'wanjiru.kamau@example.org',
        operator: false,
        twoFactorEnabled: false,
      },
      trainer: null,
      memberships: [],
      via: 'session',
    })
    expect(await server.auditOf(me.body.user.id)).toEqual(['account.created'])
  })

  test.each([
    ['a short password', { password: 'elevenchars' }],
    ['a very long password', { password: 'x'.repeat(201) }],
    ['an empty name', { name: '   ' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['NUL in the name', { name: 'a\u0000b' }],
    ['half a surrogate pair in the name', { name: 'a\ud800' }],
    ['no mail address', { email: 'nobody' }],
    ['a very long mail address', { email: `${'a'.repeat(250)}@example.org` }],
    ['a password that is a number', { password: 123456789012 }],
    ['no name', { name: undefined }],
  ])('refuses %s', async (_what, wrong) => {
    const answer = await server.client().post('/auth/sign-up/email', {
      name: 'Somebody',
      email: 'somebody@example.org',
      password: PASSWORD,
      ...wrong,
    })
    expect(answer.status).toBe(400)
    expect(answer.body.message).toBeTypeOf('string')
  })

  test('cannot give itself what a person may not give', async () => {
    const browser = server.client()
    await browser.post('/auth/sign-up/email', {
      name: 'Mallory',
      email: 'mallory@example.org',
      password: PASSWORD,
      operator: true,
      emailVerified: true,
      id: '00000000-0000-4000-8000-000000000000',
    })
    const me = await browser.get('/v1/me')
    expect(me.body.user).toMatchObject({ operator: false })
    expect(me.body.user.id).not.toBe('00000000-0000-4000-8000-000000000000')
  })

  test('refuses an address that is taken, in any case of letters', async () => {
    const { email } = await server.person()
    const answer = await server
      .client()
      .post('/auth/sign-up/email', { name: 'Twice', email: email.toUpperCase(), password: PASSWORD })
    expect(answer.status).toBe(422)
  })

  test('two sign-ups with one address at once make one account', async () => {
    const body = { name: 'Twin', email: 'twin@example.org', password: PASSWORD }
    const answers = await Promise.all([1, 2, 3].map(() => server.client().post('/auth/sign-up/email', body)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422, 422])
  })
})

test('more sign-ups at once than the pool has connections do not wait for each other for ever', async () => {
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      server.client().post('/auth/sign-up/email', {
        name: 'Crowd',
        email: `crowd${index}@example.org`,
        password: PASSWORD,
      }),
    ),
  )
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
})

describe('signing in and out', () => {
  test('the session opens the API until it is ended', async () => {
    const { browser } = await server.person('Ola Nordmann')
    const cookies = new Map(browser.cookies)
    expect((await browser.get('/v1/me')).body.user.name).toBe('Ola Nordmann')
    expect((await browser.post('/auth/sign-out', {})).status).toBe(200)
    expect((await browser.get('/v1/me')).status).toBe(401)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect((await browser.get('/v1/me')).status).toBe(401)
  })

  test('cookies are httpOnly and SameSite=Lax', async () => {
    const { email } = await server.person()
    const answer = await server.client().post('/auth/sign-in/email', { email, password: PASSWORD })
    const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('groundwork.session_token='))
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
  })

  test('a wrong password and an unknown address are told in the same words', async () => {
    const { email } = await server.person()
    const wrong = await server.client().post('/auth/sign-in/email', { email, password: NEW_PASSWORD })
    const unknown = await server
      .client()
      .post('/auth/sign-in/email', { email: 'nobody@example.org', password: NEW_PASSWORD })
    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(unknown.body).toEqual(wrong.body)
  })

  test('an unknown address costs the same password hash as a wrong password', async () => {
    // Not measured by the clock: both answers must have gone through the hash, which takes most of their time.
    const { email } = await server.person()
    const cost = async (address: string) => {
      const start = process.cpuUsage()
      for (let i = 0; i < 4; i++)
        await server.client().post('/auth/sign-in/email', { email: address, password: NEW_PASSWORD })
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    const known = await cost(email)
    const unknown = await cost('nobody@example.org')
    expect(unknown).toBeGreaterThan(known / 3)
  })

  test('an end of the session in the database is the end of the session', async () => {
    const { browser, userId } = await server.person()
    await server.deps.database.pool.query('update auth_sessions set expires_at = now() where user_id = $1', [
      userId,
    ])
    expect((await browser.get('/v1/me')).status).toBe(401)
  })

  test.each([
    ['an unsigned token', (value: string) => decodeURIComponent(value).split('.')[0] ?? ''],
    ['a token with a false signature', (value: string) => `${decodeURIComponent(value).split('.')[0]}.AAAA`],
    ['broken encoding', () => '%E0%A4%A'],
    ['nothing', () => ''],
  ])('refuses a cookie with %s', async (_what, forge) => {
    const { browser } = await server.person()
    const [name = '', value = ''] = [...browser.cookies].find(([key]) => key.endsWith('session_token')) ?? []
    browser.cookies.set(name, forge(value))
    expect((await browser.get('/v1/me')).status).toBe(401)
  })

  test('a request that another site starts cannot use the session', async () => {
    const { browser } = await server.person()
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const rename = await browser.send('PATCH', '/v1/me', { name: 'Evil' }, foreign)
    expect(rename.status).toBe(401)
    const out = await browser.send('POST', '/auth/sign-out', {}, foreign)
    expect(out.status).toBe(403)
    expect((await browser.get('/v1/me')).status).toBe(200)
  })

  test('bad bodies are told as such', async () => {
    const browser = server.client()
    expect((await browser.post('/auth/sign-in/email', {})).status).toBe(400)
    expect((await browser.post('/auth/sign-in/email', { email: 'a@example.org', password: 7 })).status).toBe(
      400,
    )
    expect((await browser.post('/auth/sign-in/email', '{"email":')).status).toBe(400)
    expect((await browser.post('/auth/sign-in/email', [])).status).toBe(400)
    expect(
      (await browser.post('/auth/sign-in/email', { email: 'a\u0000@example.org', password: PASSWORD }))
        .status,
    ).toBe(400)
    const large = { email: 'a@example.org', password: 'x'.repeat(70_000) }
    expect((await browser.post('/auth/sign-in/email', large)).status).toBe(413)
  })

  test.each([
    '/auth/sign-in/social',
    '/auth/update-user',
    '/auth/delete-user',
    '/auth/change-email',
    '/auth/two-factor/send-otp',
    '/auth/verify-email',
    '/auth/nothing',
    '/auth/sign-in/email/',
  ])('%s is not offered', async (path) => {
    expect((await server.client().post(path, {})).status).toBe(404)
  })
})

describe('the password', () => {
  test('changes with the old one, ends other sessions, and writes its audit event', async () => {
    const { browser, email, userId } = await server.person()
    const other = await server.signIn({ email })
    const wrong = await browser.post('/auth/change-password', {
      currentPassword: 'not my password',
      newPassword: NEW_PASSWORD,
    })
    expect(wrong.status).toBe(400)
    const short = await browser.post('/auth/change-password', {
      currentPassword: PASSWORD,
      newPassword: 'short',
    })
    expect(short.status).toBe(400)
    const right = await browser.post('/auth/change-password', {
      currentPassword: PASSWORD,
      newPassword: NEW_PASSWORD,
      revokeOtherSessions: true,
    })
    expect(right.status).toBe(200)
    expect((await other.get('/v1/me')).status).toBe(401)
    expect((await browser.get('/v1/me')).status).toBe(200)
    expect(await server.auditOf(userId)).toEqual(['account.created', 'password.changed'])
    await server.signIn({ email }, NEW_PASSWORD)
  })

  test('is chosen anew by a link that works once and ends every session', async () => {
    const { browser, email, userId } = await server.person()
    const answer = await server.client().post('/auth/request-password-reset', { email: email.toUpperCase() })
    expect(answer.status).toBe(200)
    const token = await resetToken(email)

    const reset = (newPassword: string) =>
      server.client().post('/auth/reset-password', { token, newPassword })
    expect((await reset('short')).status).toBe(400)
    expect((await reset(NEW_PASSWORD)).status).toBe(200)
    expect((await browser.get('/v1/me')).status).toBe(401)
    await server.signIn({ email }, NEW_PASSWORD)
    expect((await reset('yet another password')).status).toBe(400)
    expect(await server.auditOf(userId)).toEqual(['account.created', 'password.changed'])
  })

  test('a link that is too old, or made up, changes nothing', async () => {
    const { email } = await server.person()
    await server.client().post('/auth/request-password-reset', { email })
    const token = await resetToken(email)
    await server.deps.database.pool.query(
      "update auth_verifications set expires_at = now() - interval '1 second'",
    )
    for (const each of [token, 'made-up-token', 'a\u0000b', '']) {
      const answer = await server
        .client()
        .post('/auth/reset-password', { token: each, newPassword: NEW_PASSWORD })
      expect(answer.status).toBe(400)
    }
    await server.signIn({ email })
  })

  test('the link is not stored readable', async () => {
    const { email } = await server.person()
    await server.client().post('/auth/request-password-reset', { email })
    const token = await resetToken(email)
    const { rows } = await server.deps.database.pool.query('select identifier from auth_verifications')
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every((row) => !row.identifier.includes(token))).toBe(true)
  })

  test('asking for an unknown address is answered alike and sends nothing', async () => {
    const { email } = await server.person()
    const known = await server.client().post('/auth/request-password-reset', { email })
    const unknown = await server
      .client()
      .post('/auth/request-password-reset', { email: 'unknown@example.org' })
    expect(unknown.status).toBe(known.status)
    expect(unknown.body).toEqual(known.body)
    const { rows } = await server.deps.database.pool.query(
      "select 1 from outgoing_mail where recipient = 'unknown@example.org'",
    )
    expect(rows).toEqual([])
  })
})

/** The token of the newest reset link, as the operator sees it. */
async function resetToken(email: string): Promise<string> {
  const { rows } = await server.deps.database.pool.query<{ link: string }>(
    'select link from outgoing_mail where recipient = $1 order by id desc limit 1',
    [email],
  )
  const link = rows[0]?.link ?? ''
  expect(link).toMatch(/^http:\/\/groundwork\.test\/reset\?token=.+/)
  return new URL(link).searchParams.get('token') ?? ''
}
