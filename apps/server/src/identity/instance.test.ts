import { connect, createServer, type Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { PASSWORD, type PeopleServer, startPeopleServer } from '../../../../tests/support/people-server.ts'
import { createTestDatabase } from '../../../../tests/support/test-database.ts'
import { identityJobs, identityPeriodic, prepareSetup, setupState } from './index.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function start(options: Parameters<typeof startPeopleServer>[0] = {}): Promise<PeopleServer> {
  const server = await startPeopleServer(options)
  stops.push(server.stop)
  return server
}

describe('the first set-up', () => {
  const founder = {
    name: 'Oluwaseun Bakare',
    email: 'Oluwaseun@Example.org',
    password: PASSWORD,
    organization: 'Linden Row',
  }

  test('makes the operator and the organization, once', async () => {
    const server = await start()
    const setup = await prepareSetup(server.deps)
    expect((await server.client().get('/v1/setup')).body).toEqual({ needed: true, demo: false })
    const wrong = await server.client().post('/v1/setup', { ...founder, token: 'a wrong token' })
    expect(wrong.status).toBe(400)
    expect(wrong.body.error.details.issues[0].path).toBe('token')

    const body = { ...founder, token: setup?.token }
    const answers = await Promise.all([1, 2, 3].map(() => server.client().post('/v1/setup', body)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
    const browser = await server.signIn({ email: 'oluwaseun@example.org' })
    expect((await browser.get('/v1/me')).body).toMatchObject({
      user: { operator: true },
      memberships: [{ organization: { name: 'Linden Row' }, role: 'owner' }],
    })
    expect((await server.client().get('/v1/setup')).body).toEqual({ needed: false, demo: false })
    expect(await prepareSetup(server.deps)).toBeNull()
  })

  test('two processes that start at once print a token each, and both work', async () => {
    const server = await start()
    const tokens = await Promise.all([prepareSetup(server.deps), prepareSetup(server.deps)])
    const answer = await server.client().post('/v1/setup', { ...founder, token: tokens[0]?.token })
    expect(answer.status).toBe(200)
    expect((await server.client().post('/v1/setup', { ...founder, token: tokens[1]?.token })).status).toBe(
      409,
    )
    expect((await setupState(server.deps)).needed).toBe(false)
  })

  test('comes before any sign-up', async () => {
    const server = await start()
    await prepareSetup(server.deps)
    const answer = await server
      .client()
      .post('/auth/sign-up/email', { name: 'Early', email: 'early@example.org', password: PASSWORD })
    expect(answer.status).toBe(403)
  })

  test('refuses bad input', async () => {
    const server = await start()
    const setup = await prepareSetup(server.deps)
    const body = { ...founder, token: setup?.token }
    for (const wrong of [
      { password: 'short' },
      { email: 'nobody' },
      { name: '' },
      { organization: '' },
      { token: '' },
      { operator: true },
    ])
      expect((await server.client().post('/v1/setup', { ...body, ...wrong })).status).toBe(400)
  })

  test('stores only the hash of its token', async () => {
    const server = await start()
    const setup = await prepareSetup(server.deps)
    const { rows } = await server.deps.database.pool.query('select * from instance_facts')
    expect(JSON.stringify(rows)).not.toContain(setup?.token)
  })
})

describe('the operator', () => {
  test('sees the state of the instance', async () => {
    const server = await start()
    const operator = await server.person('Operator', { operator: true })
    await server.organizationOf(operator.userId)
    const answer = await operator.browser.get('/v1/operator/overview')
    expect(answer.body).toEqual({
      version: '0.0.0-test',
      counts: { users: 1, trainers: 0, organizations: 1, projects: 0, judgments: 0 },
      mail: { configured: false },
      jobs: { waiting: 0, failed: 0 },
    })
  })

  test('finds people, page by page', async () => {
    const server = await start()
    const operator = await server.person('Operator', { operator: true })
    const people = [operator]
    for (let i = 1; i <= 5; i++) people.push(await server.person(`Trainer ${i}`))
    people.push(await server.person('100% sure_thing'))
    await server.organizationOf(operator.userId)

    const names: string[] = []
    let cursor: string | null = null
    do {
      const answer = await operator.browser.get(
        `/v1/operator/users?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )
      expect(answer.status).toBe(200)
      names.push(...answer.body.items.map((each: { name: string }) => each.name))
      cursor = answer.body.nextCursor
    } while (cursor)
    // The newest first; of two that came in the same millisecond either.
    const newest = people.toSorted((one, other) => (one.userId < other.userId ? 1 : -1))
    expect(names).toEqual(newest.map(({ name }) => name))

    const find = async (search: string) => {
      const answer = await operator.browser.get(`/v1/operator/users?search=${encodeURIComponent(search)}`)
      return answer.body.items.map((each: { name: string }) => each.name)
    }
    expect(await find('trainer 3')).toEqual(['Trainer 3'])
    expect(await find('%')).toEqual(['100% sure_thing'])
    expect(await find('e_t')).toEqual(['100% sure_thing'])
    expect(await find('\\')).toEqual([])
    expect((await operator.browser.get('/v1/operator/users?search=operator')).body.items[0]).toMatchObject({
      operator: true,
      trainer: false,
      organizations: ['Linden Row'],
    })
    for (const query of ['cursor=x', 'limit=0', 'limit=1000', 'limit=a', 'unknown=1', 'search=a%00b'])
      expect((await operator.browser.get(`/v1/operator/users?${query}`)).status).toBe(400)
  })

  test('gives and takes the role, never from the last one', async () => {
    const server = await start()
    const operator = await server.person('Operator', { operator: true })
    const other = await server.person('Other')
    const path = (userId: string) => `/v1/operator/users/${userId}/operator`
    expect((await operator.browser.put(path(operator.userId), { operator: false })).status).toBe(409)
    expect((await operator.browser.put(path(other.userId), { operator: true })).body.operator).toBe(true)
    expect(await server.auditOf(other.userId)).toEqual(['account.created', 'operator.granted'])

    const answers = await Promise.all([
      operator.browser.put(path(other.userId), { operator: false }),
      other.browser.put(path(operator.userId), { operator: false }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403])

    const left = answers[0]?.status === 200 ? operator : other
    expect((await left.browser.put(path('none'), { operator: true })).status).toBe(400)
    expect((await left.browser.put(path(other.userId), { operator: 'yes' })).status).toBe(400)
    expect(
      (await left.browser.put(path('00000000-0000-7000-8000-000000000000'), { operator: true })).status,
    ).toBe(404)
  })

  test('pages are for operators', async () => {
    const server = await start()
    const { browser, userId } = await server.person()
    const calls = [
      ['GET', '/v1/operator/overview'],
      ['GET', '/v1/operator/users'],
      ['GET', '/v1/operator/mail'],
      ['PUT', `/v1/operator/users/${userId}/operator`],
    ] as const
    for (const [method, path] of calls) {
      const body = method === 'PUT' ? { operator: true } : undefined
      expect((await server.client().send(method, path, body)).status).toBe(401)
      const answer = await browser.send(method, path, body)
      expect(answer.status).toBe(403)
      expect(answer.body.error.code).toBe('wrong_role')
    }
  })

  test('sees the links that no mail server could send', async () => {
    const server = await start()
    const operator = await server.person('Operator', { operator: true })
    await server.client().post('/auth/request-password-reset', { email: operator.email })
    const { body } = await operator.browser.get('/v1/operator/mail')
    expect(body.items).toHaveLength(1)
    expect(body.items[0]).toMatchObject({
      kind: 'password_reset',
      to: operator.email,
      sentAt: null,
      error: null,
    })
    expect(body.items[0].link).toMatch(/^http:\/\/groundwork\.test\/reset\?token=/)
  })
})

describe('with a mail server', () => {
  async function mailServer() {
    const received: string[] = []
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _session, done) => {
        let text = ''
        stream.setEncoding('utf8')
        stream.on('data', (part: string) => {
          text += part
        })
        stream.on('end', () => {
          received.push(text)
          done()
        })
      },
    })
    const port = await new Promise<number>((resolve) => {
      const listening = smtp.listen(0, '127.0.0.1', () => {
        const address = listening.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const stop = () => new Promise<void>((resolve) => smtp.close(() => resolve()))
    return { received, url: `smtp://127.0.0.1:${port}`, stop }
  }

  /** Runs the mail jobs that wait, as the queue does. */
  async function sendWaiting({ deps }: PeopleServer) {
    const { rows } = await deps.database.pool.query<{ id: string }>(
      'select id from outgoing_mail where sent_at is null',
    )
    for (const { id } of rows) await identityJobs(deps)['mail.send']?.({ mailId: id })
  }

  test('the link goes out by mail, and stays readable nowhere', async () => {
    const smtp = await mailServer()
    stops.push(smtp.stop)
    const server = await start({ smtpUrl: smtp.url })
    const operator = await server.person('Operator', { operator: true })
    await server.client().post('/auth/request-password-reset', { email: operator.email })
    expect((await operator.browser.get('/v1/operator/overview')).body.jobs.waiting).toBe(1)
    await sendWaiting(server)
    await sendWaiting(server)
    expect(smtp.received).toHaveLength(1)
    const mail = smtp.received[0]?.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? ''
    expect(mail).toContain(`To: ${operator.email}`)
    const token = /reset\?token=([\w-]+)/.exec(mail)?.[1]
    expect(token).toBeDefined()

    const { rows } = await server.deps.database.pool.query('select * from outgoing_mail')
    expect(JSON.stringify(rows)).not.toContain(token)
    const { body } = await operator.browser.get('/v1/operator/mail')
    expect(body.items[0]).toMatchObject({ link: null, sentAt: expect.any(String) })
    const reset = await server
      .client()
      .post('/auth/reset-password', { token, newPassword: 'another password' })
    expect(reset.status).toBe(200)
  })

  test('a mail that cannot be sent says so and is tried again', async () => {
    const smtp = await mailServer()
    await smtp.stop()
    const server = await start({ smtpUrl: smtp.url })
    const operator = await server.person('Operator', { operator: true })
    await server.client().post('/auth/request-password-reset', { email: operator.email })
    await expect(sendWaiting(server)).rejects.toThrow(/ECONNREFUSED/)
    const { body } = await operator.browser.get('/v1/operator/mail')
    expect(body.items[0]).toMatchObject({ sentAt: null, error: expect.stringContaining('ECONNREFUSED') })
  })
})

describe('many processes on one database', () => {
  test('sessions and ends of sessions are the same for all', async () => {
    const one = await start()
    const two = await start({ databaseUrl: one.databaseUrl })
    const { browser } = await one.person()
    const elsewhere = two.client()
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value)
    expect((await elsewhere.get('/v1/me')).status).toBe(200)
    await browser.post('/auth/sign-out', {})
    expect((await elsewhere.get('/v1/me')).status).toBe(401)
  })

  test('too many attempts are counted together', async () => {
    const one = await start({ attemptsPerMinute: 4 })
    const two = await start({ attemptsPerMinute: 4, databaseUrl: one.databaseUrl })
    const statuses: number[] = []
    for (const server of [one, two, one, two, one, two]) {
      const answer = await server
        .client()
        .post('/auth/sign-in/email', { email: 'nobody@example.org', password: PASSWORD })
      statuses.push(answer.status)
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429])
  })

  test('a client cannot choose the address that it is counted under', async () => {
    const server = await start({ attemptsPerMinute: 2 })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) {
      const answer = await server
        .client()
        .send(
          'POST',
          '/auth/sign-in/email',
          { email: 'nobody@example.org', password: PASSWORD },
          { 'x-forwarded-for': `10.0.0.${i}`, 'x-groundwork-client': `10.0.1.${i}` },
        )
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([401, 401, 429, 429])
  })
})

test('what has lost its use is forgotten', async () => {
  const server = await start()
  const { pool } = server.deps.database
  const gone = await server.person()
  const here = await server.person()
  await pool.query('update auth_sessions set expires_at = now() where user_id = $1', [gone.userId])
  await server.client().post('/auth/request-password-reset', { email: gone.email })
  await pool.query("update outgoing_mail set created_at = now() - interval '91 days'")
  await server.client().post('/auth/request-password-reset', { email: here.email })
  for (const { work } of identityPeriodic(server.deps)) expect(await work()).toBe(false)
  expect((await pool.query('select user_id from auth_sessions')).rows).toEqual([{ user_id: here.userId }])
  expect((await pool.query('select recipient from outgoing_mail')).rows).toEqual([{ recipient: here.email }])
})

test('cookies are Secure where people come by https', async () => {
  const server = await start({ publicUrl: 'https://groundwork.test' })
  const { browser, email } = await server.person()
  expect([...browser.cookies.keys()]).toContain('__Secure-groundwork.session_token')
  expect((await browser.get('/v1/me')).status).toBe(200)
  const answer = await server.client().post('/auth/sign-in/email', { email, password: PASSWORD })
  expect(answer.headers.getSetCookie().every((cookie) => /; Secure/.test(cookie))).toBe(true)
})

test('on loopback a browser may use either name and any port, elsewhere only the own address', async () => {
  const signIn = async (server: PeopleServer, origin: string) => {
    const { browser } = await server.person()
    const headers = { origin, 'sec-fetch-site': 'same-origin' }
    return (await browser.send('POST', '/auth/sign-out', {}, headers)).status
  }
  const local = await start({ publicUrl: 'http://localhost:4100' })
  expect(await signIn(local, 'http://localhost:4100')).toBe(200)
  expect(await signIn(local, local.origin)).toBe(200)
  expect(await signIn(local, 'http://127.0.0.1:1')).toBe(403)
  expect(await signIn(local, 'http://evil.example')).toBe(403)
  const remote = await start({ publicUrl: 'https://groundwork.test', databaseUrl: local.databaseUrl })
  expect(await signIn(remote, remote.origin)).toBe(403)
})

test('while the database is away people are told so', async () => {
  const { url } = await createTestDatabase()
  const target = new URL(url)
  const { hostname, port } = target
  const sockets = new Set<Socket>()
  const wire = createServer((socket) => {
    const onward = connect(Number(port), hostname)
    for (const each of [socket, onward]) {
      sockets.add(each)
      each.on('error', () => undefined)
    }
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const address = wire.address()
  target.port = String(typeof address === 'object' && address ? address.port : 0)
  const server = await start({ databaseUrl: target.href })
  const { browser, email } = await server.person()

  const closed = new Promise((resolve) => wire.close(resolve))
  for (const socket of sockets) socket.destroy()
  await closed
  for (const answer of [
    await server.client().post('/auth/sign-in/email', { email, password: PASSWORD }),
    await browser.get('/v1/me'),
  ]) {
    expect(answer.status).toBe(503)
    expect(answer.body.error.code).toBe('unavailable')
  }
})
