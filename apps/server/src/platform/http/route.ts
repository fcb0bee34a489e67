import type { Call } from '@groundwork/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { AppError } from '../app-error.ts'
import type { Caller } from './caller.ts'

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
type Body<C extends Call> = C extends { bodyType: 'stream' }
  ? NodeJS.ReadableStream
  : C extends { body: infer B }
    ? Parsed<B>
    : undefined
type Answer<C extends Call> = C extends { responseType: string }
  ? unknown
  : C extends { response: infer R }
    ? R extends z.ZodType
      ? z.input<R>
      : undefined
    : undefined

/** Who may make a call. Roles inside an organization are the business of the domains. */
export type Access = 'anyone' | 'signed_in' | 'trainer' | 'operator'

/** What a handler gets: checked input, and who asks. */
export type Input<C extends Call, A extends Access> = {
  caller: A extends 'anyone' ? Caller | null : Caller
  params: C extends { params: infer P } ? Parsed<P> : Record<string, never>
  query: C extends { query: infer Q } ? Parsed<Q> : Record<string, never>
  body: Body<C>
  /** The `Idempotency-Key` header, if any. */
  idempotencyKey: string | undefined
  request: FastifyRequest
  reply: FastifyReply
}

/**
 * Registers one call of the contract: its path and schemas, who may make it, and the function that does it.
 * The answer is checked against the contract, too; for streams the handler answers through `reply`.
 */
export function route<const C extends Call, const A extends Access>(
  app: FastifyInstance,
  call: C,
  access: A,
  handler: (input: Input<C, A>) => Promise<Answer<C>>,
): void {
  const register = (scope: FastifyInstance) =>
    scope.route({
      method: call.method,
      url: `/api/v1${call.path}`,
      schema: {
        summary: call.summary,
        ...(call.params ? { params: call.params } : {}),
        ...(call.query ? { querystring: call.query } : {}),
        ...(call.body && !call.bodyType ? { body: call.body } : {}),
        ...(call.response && !call.responseType ? { response: { 200: call.response } } : {}),
      },
      // A request without a body is one with nothing in it; what is missing is then named field by field.
      preValidation: async (request) => {
        if (call.body && !call.bodyType) request.body ??= {}
      },
      handler: async (request, reply) => {
        const caller = await admit(request, call, access)
        return handler({
          caller: caller as Input<C, A>['caller'],
          params: request.params as Input<C, A>['params'],
          query: request.query as Input<C, A>['query'],
          body: request.body as Body<C>,
          idempotencyKey: idempotencyKey(request),
          request,
          reply,
        })
      },
    })
  if (call.bodyType === 'stream') app.register(async (scope) => register(withStreamedBodies(scope)))
  else register(app)
}

/** Inside this scope a body of any type reaches the handler as a stream, whatever its size. */
function withStreamedBodies(scope: FastifyInstance): FastifyInstance {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, payload, done) =>
    done(null, payload),
  )
  return scope
}

async function admit(request: FastifyRequest, call: Call, access: Access): Promise<Caller | null> {
  const caller = await request.findCaller()
  if (access === 'anyone') return caller
  if (!caller)
    throw new AppError('not_signed_in', 'Sign in, or send an API key as `Authorization: Bearer gw_…`.')
  if (call.method !== 'GET') {
    if (caller.scope === 'read' && !call.storesNothing)
      throw new AppError('key_scope', 'This API key may only read.')
    if (caller.via === 'session') refuseForeignOrigin(request)
  }
  if (access === 'trainer' && !caller.trainer)
    throw new AppError('not_a_trainer', 'Fill in your trainer profile first.')
  if (access === 'operator' && !caller.operator)
    throw new AppError('wrong_role', 'Only operators of this instance may do that.')
  return caller
}

/** Cookies travel with requests that another site starts; such requests name their origin. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const foreign = site
    ? site !== 'same-origin' && site !== 'none'
    : origin !== undefined && hostOf(origin) !== host
  if (foreign) throw new AppError('not_signed_in', 'A request of another site cannot use your session.')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const value = request.headers['idempotency-key']
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string' || value.length > 200) {
    throw new AppError('invalid_input', 'Idempotency-Key: one value of at most 200 characters.')
  }
  return value
}
