import type { ErrorCode, Issue } from '@groundwork/contract'

/** The server refused: `code` is stable and meant for programs, `message` is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: ErrorCode
  readonly details: unknown
  /** What is wrong field by field; empty when the error is not about fields. */
  readonly issues: Issue[]

  constructor(status: number, code: ErrorCode, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.issues = issuesOf(details)
  }
}

/** No answer came: no network, no server, or the connection broke. The request may or may not have been carried out. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError'

  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause })
  }
}

function issuesOf(details: unknown): Issue[] {
  const list = isRecord(details) && 'issues' in details ? details.issues : details
  return Array.isArray(list) ? list.filter(isIssue) : []
}

function isIssue(value: unknown): value is Issue {
  return isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string'
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Turns a refusal into an error, also when a proxy answered with a page that is no JSON of ours. */
export function errorFrom(status: number, body: string): ApiError {
  try {
    const parsed: unknown = JSON.parse(body)
    if (isRecord(parsed) && isRecord(parsed.error)) {
      const { code, message, details } = parsed.error
      if (typeof code === 'string' && typeof message === 'string') {
        return new ApiError(status, code as ErrorCode, message, details)
      }
    }
  } catch {
    // Not JSON: fall through to the status.
  }
  const code = status >= 500 ? (status === 500 ? 'internal' : 'unavailable') : codeByStatus[status]
  return new ApiError(status, code ?? 'invalid_input', `The server answered with status ${status}.`)
}

const codeByStatus: Record<number, ErrorCode> = {
  401: 'not_signed_in',
  403: 'wrong_role',
  404: 'not_found',
  409: 'conflict',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
}
