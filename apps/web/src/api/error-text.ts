import { ApiError, OfflineError } from '@groundwork/client'
import { i18n } from '../i18n/index.ts'
import { AuthError } from './auth-error.ts'

/** What to tell a person about a failed call. The server's messages are written for people. */
export function errorText(error: unknown): string {
  if (error instanceof OfflineError) return i18n.t('errors.offline')
  if (error instanceof ApiError || error instanceof AuthError) return error.message
  return i18n.t('errors.unknown')
}

/**
 * Messages by field: `pay.hourly` → what is wrong with it. Pass them to the `error` of the fields of a form; what is left under
 * an empty path belongs beside the submit button.
 */
export function fieldErrors(error: unknown): Record<string, string> {
  if (error instanceof AuthError) return error.field ? { [error.field]: error.message } : {}
  if (!(error instanceof ApiError)) return {}
  return Object.fromEntries(error.issues.map((issue) => [issue.path.replace(/^body\./, ''), issue.message]))
}
