import scalar from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'

/** `/api/openapi.json` and, made from it, the readable reference at `/api/docs`. */
export async function documentApi(app: FastifyInstance): Promise<void> {
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  // The reference brings a script and styles of its own; this page alone may run them, and it still loads nothing from elsewhere.
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'",
      )
    })
    await scope.register(scalar, {
      routePrefix: '/api/docs',
      configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false },
    })
  })
}
