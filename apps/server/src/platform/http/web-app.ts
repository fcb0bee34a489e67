import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * Serves the built web app: hashed assets for ever, and the one page for every address that is not the API's.
 * Without a built app every address that nothing else answers is 404.
 */
export async function serveWebApp(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const page =
    folder && existsSync(join(folder, 'index.html'))
      ? await readFile(join(folder, 'index.html'), 'utf8')
      : undefined
  if (folder && page) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        if (path.includes('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable')
      },
    })
    app.get('/', (_request, reply) => reply.type('text/html').header('cache-control', 'no-cache').send(page))
  }
  app.setNotFoundHandler((request, reply) => {
    if (page && request.method === 'GET' && isPage(request.url)) {
      return reply.type('text/html').header('cache-control', 'no-cache').send(page)
    }
    return reply.code(404).send({ error: { code: 'not_found', message: 'There is no such address.' } })
  })
}

/** Addresses of the web app's own router: not the API's, and without a file's ending. */
function isPage(url: string): boolean {
  const path = url.split('?')[0] ?? ''
  return !path.startsWith('/api/') && !/\.[a-z0-9]{2,5}$/i.test(path)
}
