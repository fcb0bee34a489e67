/** A refusal of /api/auth in the page's language, and the field that it is about. */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: string
  readonly field: string | undefined

  constructor(code: string, message: string, field: string | undefined) {
    super(message)
    this.code = code
    this.field = field
  }
}
