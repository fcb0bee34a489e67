import { type ErrorCode, errorTable, type Issue } from '@groundwork/contract'

/** An error that the caller can act on. Its code is one of the contract's table and gives the HTTP status. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return errorTable[this.code].status
  }
}

/** 404 in the same words whether the thing does not exist or belongs to somebody else. */
export const notFound = (noun: string) =>
  new AppError('not_found', `There is no such ${noun}, or it is not yours to see.`)

/** 400 with the places that are wrong. */
export const invalidInput = (issues: Issue[]) =>
  new AppError(
    'invalid_input',
    issues[0] ? `${issues[0].path}: ${issues[0].message}` : 'The input is not valid.',
    { issues },
  )
