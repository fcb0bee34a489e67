import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Serves the built web app: hashed assets for ever, and the one page for every address that is not the API's. */
export async function serveWebApp(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.type('text/plain').send('The web app is not built. Run `npm start`, which builds it.\n'),
    )
    return
  }
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      if (path.includes('/assets/'))
        response.setHeader('cache-control', 'public, max-age=31536000, immutable')
    },
  })
  app.get('/', (_request, reply) => reply.type('text/html').header('cache-control', 'no-cache').send(page))
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      !/\.[a-z0-9]{2,5}$/i.test(request.url.split('?')[0] ?? '')
    if (wantsPage) return reply.type('text/html').header('cache-control', 'no-cache').send(page)
    return reply.code(404).send({ error: { code: 'not_found', message: 'There is no such address.' } })
  })
}
