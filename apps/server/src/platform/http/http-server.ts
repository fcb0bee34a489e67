import swagger from '@fastify/swagger'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Log } from '../logging.ts'
import { answerBadAddress, answerErrors } from './answer-errors.ts'
import { addJsonParser } from './body-parsers.ts'
import type { Authenticate, Caller } from './caller.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveWebApp } from './web-app.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes this request; found out once, on the first call. */
    findCaller: () => Promise<Caller | null>
  }
}

/** How long a stopping server waits for answers under way. */
const GRACE_MS = 3_000

export type HttpOptions = {
  log: Log
  authenticate: Authenticate
  version: string
  trustProxy: boolean
  /** Registers the routes of the domains. */
  routes: (app: FastifyInstance) => Promise<void>
  /** The built web app; undefined or without an index.html: only the API answers. */
  webFolder?: string | undefined
  /** Registers what is not in the contract: sign-in, health, documentation. */
  extras?: (app: FastifyInstance) => Promise<void>
}

/** The HTTP server with everything that is the same for all routes; not listening yet. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    loggerInstance: quieter(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy, the nearest: it appends the address that it saw, and whatever stands before that anybody can have written.
    trustProxy: options.trustProxy && ((_address, hop) => hop === 0),
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
    frameworkErrors: answerBadAddress,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerErrors(app)
  addJsonParser(app)
  await addSecurityHeaders(app)
  // Whoever is in the middle of an answer gets these seconds when the server stops; a download that nobody reads ends with them.
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), GRACE_MS).unref()
  })
  app.decorateRequest('findCaller')
  app.addHook('onRequest', async (request) => {
    let found: Promise<Caller | null> | undefined
    request.findCaller = () => {
      found ??= options.authenticate(toHeaders(request.headers))
      return found
    }
  })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Groundwork', version: options.version } },
    transform: jsonSchemaTransform,
  })
  await app.register(async (scope) => options.routes(scope))
  await options.extras?.(app)
  await serveWebApp(app, options.webFolder)
  return app
}

/** At the usual level the framework only speaks when something is wrong. */
function quieter(log: Log): FastifyBaseLogger {
  return log.child({}, { level: log.level === 'info' ? 'warn' : log.level })
}

function toHeaders(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers()
  for (const name of ['authorization', 'cookie', 'user-agent', 'x-forwarded-for']) {
    const value = raw[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return headers
}
