import { createHmac } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createAuth,
  createOrganizationFor,
  identityRoutes,
  issueApiKey,
} from '../../apps/server/src/identity/index.ts'
import { openDatabase } from '../../apps/server/src/platform/database.ts'
import { createHttpServer } from '../../apps/server/src/platform/http/http-server.ts'
import { type Deps, newSecret } from '../../apps/server/src/platform/index.ts'
import { openLog } from '../../apps/server/src/platform/logging.ts'
import { openMailer } from '../../apps/server/src/platform/mailer.ts'
import { folderStore } from '../../apps/server/src/platform/storage/index.ts'
import { trainerRoutes } from '../../apps/server/src/trainers/index.ts'
import { addTestAccount } from './accounts.ts'
import { createTestDatabase } from './test-database.ts'

export type Answer = {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what the server really answers.
  body: any
  headers: Headers
}

/** A browser of one person: keeps cookies, names its origin. Or a program with an API key. */
export type TestClient = {
  get: (path: string) => Promise<Answer>
  post: (path: string, body?: unknown) => Promise<Answer>
  put: (path: string, body?: unknown) => Promise<Answer>
  patch: (path: string, body?: unknown) => Promise<Answer>
  delete: (path: string) => Promise<Answer>
  /** Any request, with headers of its own. */
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  cookies: Map<string, string>
}

export const PASSWORD = 'a long enough password'
const SECRET = 'a secret of the tests, long enough for anybody'

/** A server of the people's part of the API alone, on a database of its own. Paths are below /api. */
export async function startPeopleServer(
  options: {
    publicUrl?: string
    openSignUp?: boolean
    attemptsPerMinute?: number
    smtpUrl?: string
    databaseUrl?: string
  } = {},
) {
  const databaseUrl = options.databaseUrl ?? (await createTestDatabase()).url
  const database = openDatabase(databaseUrl, 8)
  const deps: Deps = {
    database,
    log: openLog('silent'),
    mailer: openMailer(options.smtpUrl, 'Groundwork <groundwork@localhost>'),
    storage: folderStore(join(tmpdir(), `groundwork-test-${process.pid}`)),
    secret: 'a secret of the tests that is long enough to be one',
    exportPlaces: { folder: undefined, huggingFaceUrl: 'http://127.0.0.1:1', s3Hosts: [] },
    publicUrl: options.publicUrl ?? 'http://groundwork.test',
    version: '0.0.0-test',
  }
  const auth = createAuth(deps, {
    secret: SECRET,
    openSignUp: options.openSignUp ?? true,
    attemptsPerMinute: options.attemptsPerMinute ?? 10_000,
  })
  const app = await createHttpServer({
    log: deps.log,
    version: deps.version,
    trustProxy: false,
    authenticate: auth.authenticate,
    routes: async (scope) => {
      identityRoutes(scope, deps, { demo: false })
      trainerRoutes(scope, deps)
    },
    extras: async (scope) => auth.mount(scope),
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}/api`

  const client = (apiKey?: string): TestClient => createClient(base, deps.publicUrl, apiKey)

  /** Somebody with an account, signed in. */
  const signIn = async (person: { email: string }, password = PASSWORD) => {
    const browser = client()
    const answer = await browser.post('/auth/sign-in/email', { email: person.email, password })
    if (answer.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(answer.body)}`)
    return browser
  }
  /** A browser with a session, without the slow check of a password that tests of other things can do without. */
  const sessionOf = async (userId: string) => {
    const token = newSecret()
    await database.pool.query(
      "insert into auth_sessions (user_id, token, expires_at) values ($1, $2, now() + interval '1 day')",
      [userId, token],
    )
    const signature = createHmac('sha256', SECRET).update(token).digest('base64')
    const browser = client()
    const prefix = deps.publicUrl.startsWith('https://') ? '__Secure-' : ''
    browser.cookies.set(`${prefix}groundwork.session_token`, encodeURIComponent(`${token}.${signature}`))
    return browser
  }
  let people = 0
  /** A new account, signed in with a browser of its own. */
  const person = async (name = 'Amara Diallo', given: { operator?: boolean; email?: string } = {}) => {
    const email = given.email ?? `person${++people}-${port}@example.org`
    const { userId } = await addTestAccount(deps, {
      name,
      email,
      password: PASSWORD,
      operator: given.operator ?? false,
    })
    return { userId, name, email, browser: await sessionOf(userId) }
  }
  return {
    deps,
    databaseUrl,
    /** Where the server really listens. */
    origin: `http://127.0.0.1:${port}`,
    client,
    signIn,
    person,
    organizationOf: (userId: string, name = 'Linden Row') =>
      database.transaction({ person: userId }, async (tx) => {
        const { organizationId } = await createOrganizationFor(tx, userId, name)
        return organizationId
      }),
    apiKeyOf: (
      userId: string,
      input: { scope?: 'read' | 'write'; organizationId?: string; expiresInDays?: number } = {},
    ) =>
      database.transaction({ person: userId }, (tx) =>
        issueApiKey(tx, userId, {
          name: 'test',
          scope: input.scope ?? 'write',
          organizationId: input.organizationId,
          expiresInDays: input.expiresInDays ?? 1,
        }),
      ),
    /** Actions of the audit events about a subject, oldest first. */
    auditOf: (subjectId: string) =>
      database.transaction('system', async (tx) => {
        const rows = await tx
          .selectFrom('audit_events')
          .select('action')
          .where('subject_id', '=', subjectId)
          .orderBy('id')
          .execute()
        return rows.map((row) => row.action)
      }),
    stop: async () => {
      await app.close()
      await database.close()
    },
  }
}

export type PeopleServer = Awaited<ReturnType<typeof startPeopleServer>>

function createClient(base: string, origin: string, apiKey?: string): TestClient {
  const cookies = new Map<string, string>()
  const send: TestClient['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(apiKey ? { authorization: `Bearer ${apiKey}` } : { origin, 'sec-fetch-site': 'same-origin' }),
        ...(cookies.size > 0
          ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const [name = '', ...value] = pair.split('=')
      if (/max-age=0/i.test(cookie)) cookies.delete(name)
      else cookies.set(name, value.join('='))
    }
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers }
  }
  return {
    cookies,
    send,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: (path) => send('DELETE', path),
  }
}
