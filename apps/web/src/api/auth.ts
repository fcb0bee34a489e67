import { ApiError, OfflineError } from '@groundwork/client'
import { i18n } from '../i18n/index.ts'
import { AuthError } from './auth-error.ts'

/** Codes of /api/auth that have a text of their own, and the field they belong beside. */
const known = {
  INVALID_EMAIL_OR_PASSWORD: 'password',
  INVALID_EMAIL: 'email',
  INVALID_NAME: 'name',
  INVALID_TEXT: undefined,
  PASSWORD_TOO_SHORT: 'password',
  PASSWORD_TOO_LONG: 'password',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email',
  INVALID_PASSWORD: 'currentPassword',
  INVALID_TOKEN: undefined,
  INVALID_CODE: 'code',
  INVALID_BACKUP_CODE: 'code',
  INVALID_TWO_FACTOR_COOKIE: 'code',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'code',
  ACCOUNT_TEMPORARILY_LOCKED: 'code',
  SESSION_NOT_FRESH: undefined,
} as const
type KnownCode = keyof typeof known
const isKnown = (code: string): code is KnownCode => code in known

async function send<Answer>(method: 'GET' | 'POST', path: string, body: object = {}): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(`/api/auth${path}`, {
      method,
      ...(method === 'POST' && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
  } catch (error) {
    throw new OfflineError(error)
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as Answer
  throw refusal(response, answer)
}

function refusal(response: Response, answer: unknown): Error {
  const { code = '', message = '' } = (answer ?? {}) as { code?: string; message?: string }
  if (response.status === 429 && !isKnown(code)) {
    const seconds = Number(response.headers.get('retry-after')) || 60
    return new AuthError('TOO_MANY', i18n.t('auth.errors.TOO_MANY', { count: seconds }), undefined)
  }
  if (code === 'UNAUTHORIZED') return new ApiError(401, 'not_signed_in', i18n.t('auth.errors.UNAUTHORIZED'))
  if (isKnown(code)) return new AuthError(code, i18n.t(`auth.errors.${code}`), known[code])
  // What only this server says, such as why sign-up is closed, is written for people.
  if (code === 'SIGN_UP_CLOSED') return new AuthError(code, message, undefined)
  if (code === 'VALIDATION_ERROR') {
    const field = /^\[body\.(\w+)\]/.exec(message)?.[1]
    return new AuthError(code, i18n.t('form.invalid'), field)
  }
  return new AuthError(code, message || i18n.t('errors.unknown'), undefined)
}

export type AuthSession = {
  token: string
  createdAt: string
  expiresAt: string
  ipAddress: string | null
  userAgent: string | null
}
type Secrets = { totpURI: string; backupCodes: string[] }

/** Sign-in and what belongs to it; every call rejects with `AuthError`, or `OfflineError` when no answer comes. */
export const auth = {
  /** `secondFactor`: the password is right, and a code is still wanted. */
  async signIn(body: { email: string; password: string }): Promise<{ secondFactor: boolean }> {
    const answer = await send<{ twoFactorRedirect?: boolean }>('POST', '/sign-in/email', body)
    return { secondFactor: answer.twoFactorRedirect === true }
  },
  /** Makes an account and signs in. `invitation`: the token of an invitation, where sign-up is closed otherwise. */
  signUp: (body: { name: string; email: string; password: string; invitation?: string }) =>
    send<unknown>('POST', '/sign-up/email', body),
  requestPasswordReset: (email: string) => send<unknown>('POST', '/request-password-reset', { email }),
  resetPassword: (body: { token: string; newPassword: string }) =>
    send<unknown>('POST', '/reset-password', body),
  changePassword: (body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) =>
    send<unknown>('POST', '/change-password', body),

  /** The second step of a sign-in, or the proof that the app works when the second factor is set up. */
  verifyCode: (body: { code: string; trustDevice?: boolean }) =>
    send<unknown>('POST', '/two-factor/verify-totp', body),
  verifyBackupCode: (body: { code: string; trustDevice?: boolean }) =>
    send<unknown>('POST', '/two-factor/verify-backup-code', body),
  enableTwoFactor: (password: string) => send<Secrets>('POST', '/two-factor/enable', { password }),
  disableTwoFactor: (password: string) => send<unknown>('POST', '/two-factor/disable', { password }),
  newBackupCodes: (password: string) =>
    send<Pick<Secrets, 'backupCodes'>>('POST', '/two-factor/generate-backup-codes', { password }),

  listSessions: () => send<AuthSession[]>('GET', '/list-sessions'),
  currentSession: () => send<{ session: AuthSession } | null>('GET', '/get-session'),
  revokeSession: (token: string) => send<unknown>('POST', '/revoke-session', { token }),
  revokeOtherSessions: () => send<unknown>('POST', '/revoke-other-sessions'),
}
