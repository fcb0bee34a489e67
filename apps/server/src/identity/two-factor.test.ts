import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  PASSWORD,
  type PeopleServer,
  startPeopleServer,
  type TestClient,
} from '../../../../tests/support/people-server.ts'

let server: PeopleServer
beforeAll(async () => {
  server = await startPeopleServer()
})
afterAll(() => server.stop())

/** The one-time code of an authenticator app, RFC 6238: SHA-1, 6 digits, 30 seconds. */
function codeOf(uri: string, at = Date.now()): string {
  const secret = fromBase32(new URL(uri).searchParams.get('secret') ?? '')
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** Turns the second factor on, as an authenticator app does. */
async function enable(browser: TestClient) {
  const { status, body } = await browser.post('/auth/two-factor/enable', { password: PASSWORD })
  expect(status).toBe(200)
  const { totpURI, backupCodes } = body as { totpURI: string; backupCodes: string[] }
  const verified = await browser.post('/auth/two-factor/verify-totp', { code: codeOf(totpURI) })
  expect(verified.status).toBe(200)
  return { totpURI, backupCodes }
}

/** Says the password; a second factor is still wanted. */
async function halfSignedIn(email: string) {
  const browser = server.client()
  const answer = await browser.post('/auth/sign-in/email', { email, password: PASSWORD })
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ twoFactorRedirect: true })
  return browser
}

test('a code of the app is wanted at the next sign-in, and opens it', async () => {
  const { browser, email, userId } = await server.person()
  const { totpURI } = await enable(browser)
  expect(totpURI).toMatch(/^otpauth:\/\/totp\/Groundwork:/)
  expect((await browser.get('/v1/me')).body.user.twoFactorEnabled).toBe(true)

  const next = await halfSignedIn(email)
  expect((await next.get('/v1/me')).status).toBe(401)
  expect((await next.post('/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
  expect((await next.get('/v1/me')).status).toBe(401)
  expect((await next.post('/auth/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(200)
  expect((await next.get('/v1/me')).status).toBe(200)
  expect(await server.auditOf(userId)).toEqual(['account.created', 'two_factor.enabled'])
})

test('is not on before a code of the app was given', async () => {
  const { browser, email } = await server.person()
  const answer = await browser.post('/auth/two-factor/enable', { password: PASSWORD })
  expect(answer.status).toBe(200)
  expect((await browser.post('/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
  await server.signIn({ email })
  expect((await browser.get('/v1/me')).body.user.twoFactorEnabled).toBe(false)
})

test('a backup code opens the sign-in once', async () => {
  const { browser, email } = await server.person()
  const { backupCodes } = await enable(browser)
  expect(backupCodes).toHaveLength(10)
  const code = backupCodes[0]
  const next = await halfSignedIn(email)
  expect((await next.post('/auth/two-factor/verify-backup-code', { code: 'aaaaa-bbbbb' })).status).toBe(401)
  expect((await next.post('/auth/two-factor/verify-backup-code', { code })).status).toBe(200)
  expect((await next.get('/v1/me')).status).toBe(200)

  const again = await halfSignedIn(email)
  expect((await again.post('/auth/two-factor/verify-backup-code', { code })).status).toBe(401)
  expect((await again.get('/v1/me')).status).toBe(401)
})

test('new backup codes replace the old ones', async () => {
  const { browser, email } = await server.person()
  const { backupCodes } = await enable(browser)
  expect(
    (await browser.post('/auth/two-factor/generate-backup-codes', { password: 'wrong password' })).status,
  ).toBe(400)
  const fresh = await browser.post('/auth/two-factor/generate-backup-codes', { password: PASSWORD })
  expect(fresh.status).toBe(200)
  const next = await halfSignedIn(email)
  expect((await next.post('/auth/two-factor/verify-backup-code', { code: backupCodes[0] })).status).toBe(401)
  expect(
    (await next.post('/auth/two-factor/verify-backup-code', { code: fresh.body.backupCodes[0] })).status,
  ).toBe(200)
})

test('is turned off with the password only', async () => {
  const { browser, email, userId } = await server.person()
  await enable(browser)
  expect((await browser.post('/auth/two-factor/disable', { password: 'not the password' })).status).toBe(400)
  expect((await browser.post('/auth/two-factor/disable', { password: PASSWORD })).status).toBe(200)
  await server.signIn({ email })
  expect((await browser.get('/v1/me')).body.user.twoFactorEnabled).toBe(false)
  expect(await server.auditOf(userId)).toEqual([
    'account.created',
    'two_factor.enabled',
    'two_factor.disabled',
  ])
})

test('wrong codes end the attempt, and in the end lock the account', async () => {
  const { browser, email } = await server.person()
  const { totpURI } = await enable(browser)
  const guess = async (times: number) => {
    const next = await halfSignedIn(email)
    const statuses: number[] = []
    for (let i = 0; i < times; i++)
      statuses.push((await next.post('/auth/two-factor/verify-totp', { code: '000000' })).status)
    return { next, statuses }
  }
  const first = await guess(6)
  expect(first.statuses.at(-1)).toBe(400)
  await guess(6)
  const next = await halfSignedIn(email)
  expect((await next.post('/auth/two-factor/verify-totp', { code: codeOf(totpURI) })).status).toBe(429)
  expect((await next.get('/v1/me')).status).toBe(401)
})

test('needs a person who is signed in', async () => {
  for (const path of ['enable', 'disable', 'generate-backup-codes', 'get-totp-uri'])
    expect((await server.client().post(`/auth/two-factor/${path}`, { password: PASSWORD })).status).toBe(401)
  expect((await server.client().post('/auth/two-factor/verify-totp', { code: '123456' })).status).toBe(401)
})

test('a reset password does not get past the second factor', async () => {
  const { browser, email } = await server.person()
  await enable(browser)
  await server.client().post('/auth/request-password-reset', { email })
  const { rows } = await server.deps.database.pool.query(
    'select link from outgoing_mail where recipient = $1',
    [email],
  )
  const token = new URL(rows[0].link).searchParams.get('token')
  await server.client().post('/auth/reset-password', { token, newPassword: PASSWORD })
  await halfSignedIn(email)
})

test('the secret is not stored readable', async () => {
  const { browser, userId } = await server.person()
  const { totpURI, backupCodes } = await enable(browser)
  const { rows } = await server.deps.database.pool.query(
    'select * from auth_two_factors where user_id = $1',
    [userId],
  )
  const stored = JSON.stringify(rows)
  expect(stored).not.toContain(fromBase32(new URL(totpURI).searchParams.get('secret') ?? '').toString())
  expect(stored).not.toContain(backupCodes[0])
})
