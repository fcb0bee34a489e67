import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../platform/index.ts'
import { CALLED_HOST, CLIENT_ADDRESS } from './auth-library.ts'

/** The library can do more than this instance offers; what is not in this list does not exist. */
const paths = new Set([
  '/ok',
  '/sign-up/email',
  '/sign-in/email',
  '/sign-out',
  '/get-session',
  '/list-sessions',
  '/revoke-session',
  '/revoke-other-sessions',
  '/change-password',
  '/request-password-reset',
  '/reset-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/get-totp-uri',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
])

const BODY_LIMIT = 64 * 1024
const passedOn = ['cookie', 'origin', 'referer', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

/** An answer about a forgotten password takes this long at least, so that its time does not tell whether the account exists. */
const RESET_ANSWER_MS = 250

/** Serves sign-in and its kin under /api/auth. Errors there are the library's own `{code, message}`. */
export function mountAuth(
  app: FastifyInstance,
  deps: Deps,
  handle: (request: Request) => Promise<Response>,
): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    bodyLimit: BODY_LIMIT,
    schema: { hide: true },
    handler: async (request, reply) => {
      const url = new URL(request.url, deps.publicUrl)
      const path = url.pathname.slice('/api/auth'.length)
      if (!paths.has(path))
        return reply.code(404).send({ code: 'NOT_FOUND', message: 'There is no such address.' })
      const notBefore = path === '/request-password-reset' ? later(RESET_ANSWER_MS) : undefined
      const answer = await handle(toRequest(request, url))
      await notBefore
      return send(reply, answer)
    },
  })
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function toRequest(request: FastifyRequest, url: URL): Request {
  const headers = new Headers({ [CLIENT_ADDRESS]: request.ip, [CALLED_HOST]: request.headers.host ?? '' })
  for (const name of passedOn) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const agent = request.headers['user-agent']
  if (agent) headers.set('user-agent', agent.slice(0, 300))
  if (request.method === 'GET') return new Request(url, { headers })
  headers.set('content-type', 'application/json')
  return new Request(url, { method: request.method, headers, body: JSON.stringify(request.body ?? {}) })
}

async function send(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  reply.code(answer.status)
  const retryAfter = answer.headers.get('x-retry-after')
  if (retryAfter) reply.header('retry-after', retryAfter)
  const location = answer.headers.get('location')
  if (location) reply.header('location', location)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  reply.header('cache-control', 'no-store')
  const text = await answer.text()
  return reply.type('application/json').send(text === '' ? 'null' : text)
}
