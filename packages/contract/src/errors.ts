import { z } from 'zod'

/**
 * Every error that the API can answer with. The code is stable and meant for programs, the message is for people,
 * `status` is the HTTP status, `when` says when it is thrown.
 */
export const errorTable = {
  invalid_input: {
    status: 400,
    when: 'A field is unknown, missing, of the wrong type or out of bounds; details list path, code and message.',
  },
  invalid_answer: {
    status: 400,
    when: 'The answer does not fit the form of its task; details list the questions.',
  },
  malformed_json: { status: 400, when: 'The body is not JSON.' },
  invalid_encoding: { status: 400, when: 'The body is not UTF-8.' },
  unsupported_media_type: {
    status: 415,
    when: 'The content type of the body is not one that the route reads.',
  },
  not_signed_in: {
    status: 401,
    when: 'No session cookie and no API key, or one that is expired or revoked.',
  },
  two_factor_required: { status: 401, when: 'The password is right and a one-time code is still wanted.' },
  wrong_role: { status: 403, when: 'Signed in, but the role in this organization does not allow the act.' },
  key_scope: { status: 403, when: 'The API key is limited to reading, or to other work.' },
  not_a_trainer: { status: 403, when: 'The act needs a trainer profile.' },
  not_found: { status: 404, when: 'Nothing with this id that the caller may see.' },
  stale_epoch: { status: 409, when: 'The assignment was taken over or closed since; the draft is kept.' },
  draft_conflict: {
    status: 409,
    when: 'A newer draft that differs was saved meanwhile, on another device or in another tab; details.draft is that one.',
  },
  project_closed: {
    status: 409,
    when: 'The project is not in a state that allows the act; details.state says which it is in.',
  },
  conflict: { status: 409, when: 'The act contradicts the present state.' },
  insufficient_funds: { status: 409, when: 'The account does not hold enough free money.' },
  undo_expired: { status: 409, when: 'The ten seconds for taking a submission back are over.' },
  body_too_large: { status: 413, when: 'The body is over the limit of the route.' },
  idempotency_mismatch: { status: 422, when: 'The idempotency key was used before with another body.' },
  import_rejected: { status: 422, when: 'The file cannot be read at all in the given or any known format.' },
  image_rejected: {
    status: 422,
    when: 'The image cannot be taken: its format, its size in pixels, or broken bytes; details.reason says which.',
  },
  rate_limited: { status: 429, when: 'Too many attempts; try again later.' },
  internal: { status: 500, when: 'A fault of the server; the log has it under the request id.' },
  unavailable: { status: 503, when: 'The database cannot be reached.' },
} as const

export type ErrorCode = keyof typeof errorTable

/** Where in the input something is wrong: a path such as `pay.hourly` or `answer.reason`, a code, and how to mend it. */
export const issue = z.object({ path: z.string(), code: z.string(), message: z.string() })
export type Issue = z.infer<typeof issue>

export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
})
export type ErrorBody = { error: { code: ErrorCode; message: string; details?: unknown } }
