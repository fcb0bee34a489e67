import type { ErrorBody, ErrorCode, Issue } from '@groundwork/contract'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { AppError } from '../app-error.ts'
import { postgresCode } from '../database.ts'

const body = (code: ErrorCode, message: string, details?: unknown): ErrorBody => ({
  error: { code, message, ...(details === undefined ? {} : { details }) },
})

/** Errors that Fastify raises itself, by its codes. */
const frameworkErrors: Record<string, [ErrorCode, number, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 413, 'The body is over the limit of this route.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 415, 'Send the body as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid_input',
    400,
    'The body is shorter or longer than its Content-Length.',
  ],
  FST_ERR_BAD_URL: ['invalid_input', 400, 'The address has a part that is not valid URL encoding.'],
}

/** SQLSTATEs that say that the database is away or going down. */
const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

/** Errors that the router raises before a request has a route. */
export function answerBadAddress(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const [code, status, message] = frameworkErrors[error.code] ?? ['invalid_input', 400, error.message]
  reply.code(status).send(body(code, message))
}

/** Turns every error into `{"error":{code,message,details?}}`; what is nobody's fault but ours is logged and said without detail. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    if (error instanceof AppError)
      return reply.code(error.status).send(body(error.code, error.message, error.details))
    if (hasZodFastifySchemaValidationErrors(error)) {
      const issues = error.validation.map((each): Issue => {
        const path = each.instancePath.split('/').filter(Boolean)
        const { keys } = each.params as { keys?: string[] }
        return {
          path: [...path, ...(each.keyword === 'unrecognized_keys' ? (keys ?? []).slice(0, 1) : [])].join(
            '.',
          ),
          code: each.keyword,
          message: each.message ?? '',
        }
      })
      const first = issues[0]
      const message = first
        ? `${first.path || error.validationContext}: ${first.message}`
        : 'The input is not valid.'
      return reply.code(400).send(body('invalid_input', message, { issues }))
    }
    const known = frameworkErrors[error.code]
    if (known) return reply.code(known[1]).send(body(known[0], known[2]))
    // Whoever broke off in the middle of sending hears no answer; it is no news of the database either.
    if (request.raw.destroyed && !request.raw.complete)
      return reply.code(400).send(body('invalid_input', 'The request broke off before its end.'))
    if (
      AWAY.has(postgresCode(error) ?? '') ||
      /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
    ) {
      request.log.error({ err: error }, 'database away')
      return reply
        .code(503)
        .header('retry-after', '2')
        .send(body('unavailable', 'The database cannot be reached; nothing was changed. Try again.'))
    }
    if (error.statusCode && error.statusCode < 500) {
      return reply.code(error.statusCode).send(body('invalid_input', error.message))
    }
    request.log.error(
      { err: isResponseSerializationError(error) ? { message: error.message, cause: error.cause } : error },
      'request failed',
    )
    return reply
      .code(500)
      .send(body('internal', `Something broke on our side. Tell the operator this id: ${request.id}.`))
  })
}
