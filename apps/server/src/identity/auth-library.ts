import { isCleanText, nameText } from '@groundwork/contract'
import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { type Deps, newId } from '../platform/index.ts'
import { whySignUpIsClosed } from './check-sign-up.ts'
import { sendLink } from './send-mail.ts'

export type AuthOptions = {
  /** Signs session cookies and encrypts second factors; the same for all processes that share a database. */
  secret: string
  /** Anybody may sign up; otherwise only who holds an invitation. */
  openSignUp: boolean
  /** How often one address may try to sign in or up within a minute; 20 when not given. */
  attemptsPerMinute?: number | undefined
}

/** Carries the address of the client, as the HTTP server found it, to the library; never taken from outside. */
export const CLIENT_ADDRESS = 'x-groundwork-client'
/** Carries the host that the request was sent to. */
export const CALLED_HOST = 'x-groundwork-host'
export const COOKIE_PREFIX = 'groundwork'
const DAY = 24 * 60 * 60

const times = { createdAt: 'created_at', updatedAt: 'updated_at' }

/**
 * The library behind /api/auth, set to the tables of 0002_people.sql. Nothing is kept in memory: sessions, second factors and rate
 * limits are rows, so that any number of processes agree.
 */
export function openAuthLibrary(deps: Deps, options: AuthOptions) {
  const attempts = { window: 60, max: options.attemptsPerMinute ?? 20 }
  return betterAuth({
    appName: 'Groundwork',
    baseURL: deps.publicUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: (request) => trustedOrigins(deps.publicUrl, request),
    database: { db: deps.database.db, type: 'postgres', transaction: true },
    user: {
      modelName: 'users',
      fields: { emailVerified: 'email_verified', ...times },
    },
    session: {
      modelName: 'auth_sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...times,
      },
      // A session ends after 30 days; requests never write to it, and no copy in a cookie outlives its end.
      expiresIn: 30 * DAY,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'auth_accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...times,
      },
      accountLinking: { enabled: false },
    },
    verification: {
      modelName: 'auth_verifications',
      fields: { expiresAt: 'expires_at', ...times },
      storeIdentifier: 'hashed',
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limits',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': attempts,
        '/sign-up/email': attempts,
        '/reset-password': attempts,
        '/change-password': attempts,
        '/request-password-reset': attempts,
        '/two-factor/*': attempts,
      },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 12,
      maxPasswordLength: 200,
      resetPasswordTokenExpiresIn: 60 * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        await deps.database.transaction('system', (tx) =>
          sendLink(deps, tx, {
            kind: 'password_reset',
            to: user.email,
            subject: 'Choose a new password for Groundwork',
            text: `Hello ${user.name},\n\nsomebody asked for a new password for your account; if it was not you, do nothing.\nThe link works once, for an hour.`,
            link: `${deps.publicUrl}/reset?token=${encodeURIComponent(token)}`,
          }),
        )
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Groundwork',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factors',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    hooks: {
      before: createAuthMiddleware(async (context) => {
        refuseUncleanText(context.body)
        if (context.path === '/sign-up/email')
          return { context: { body: await checkSignUp(deps, options, context.body) } }
      }),
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      // Said aloud, since the library leaves both checks out when it thinks that it is being tested.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      useSecureCookies: usesSecureCookies(deps.publicUrl),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      database: { generateId: () => newId(), validateSchema: false },
    },
    onAPIError: { throw: true },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message, ...details) => {
        // Wrong passwords and unknown addresses are warnings to the library; here they are everyday.
        if (level === 'error') deps.log.warn({ details }, message)
        else deps.log.debug(message)
      },
    },
  })
}

export const usesSecureCookies = (publicUrl: string): boolean => publicUrl.startsWith('https://')

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Pages that may use a session: those of the own address. On loopback that address has several names, and a port that a test or a
 * development server chooses; there the name and port count under which the request came.
 */
function trustedOrigins(publicUrl: string, request: Request | undefined): string[] {
  const own = new URL(publicUrl)
  const host = request?.headers.get(CALLED_HOST)
  const called = host && URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined
  const both = called && LOOPBACK.has(own.hostname) && LOOPBACK.has(called.hostname)
  return both ? [own.origin, called.origin] : [own.origin]
}

function refuseUncleanText(body: unknown): void {
  const values = body && typeof body === 'object' ? Object.values(body) : []
  if (values.some((value) => typeof value === 'string' && !isCleanText(value))) {
    throw new APIError('BAD_REQUEST', {
      code: 'INVALID_TEXT',
      message: 'Contains a NUL character or half of a surrogate pair; remove it.',
    })
  }
}

/** The body of a sign-up, made clean; refuses it when this instance does not take the person. */
async function checkSignUp(deps: Deps, options: AuthOptions, body: unknown) {
  const given = (body ?? {}) as Record<string, unknown>
  const name = nameText().safeParse(given.name)
  if (!name.success) {
    throw new APIError('BAD_REQUEST', {
      code: 'INVALID_NAME',
      message: `name: ${name.error.issues[0]?.message ?? 'is not valid.'}`,
    })
  }
  const email = typeof given.email === 'string' ? given.email.trim().toLowerCase() : ''
  if (email.length > 254)
    throw new APIError('BAD_REQUEST', { code: 'INVALID_EMAIL', message: 'email: at most 254 characters.' })
  const invitation = typeof given.invitation === 'string' ? given.invitation : null
  const closed = await whySignUpIsClosed(deps, { openSignUp: options.openSignUp, email, invitation })
  if (closed) throw new APIError('FORBIDDEN', { code: 'SIGN_UP_CLOSED', message: closed })
  return { name: name.data, email, password: given.password, rememberMe: given.rememberMe }
}
