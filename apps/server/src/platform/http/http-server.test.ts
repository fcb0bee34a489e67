import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { openLog } from '../logging.ts'
import { createHttpServer } from './http-server.ts'

async function listening(options: { trustProxy: boolean; routes: (app: FastifyInstance) => void }) {
  const app = await createHttpServer({
    log: openLog('silent'),
    version: '0.0.0-test',
    trustProxy: options.trustProxy,
    authenticate: async () => null,
    routes: async (scope) => options.routes(scope),
  })
  onTestFinished(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

test('behind a proxy the caller is who the proxy saw, not who the caller says', async () => {
  const addressFor = async (trustProxy: boolean) => {
    const port = await listening({
      trustProxy,
      routes: (app) => {
        app.get('/address', async (request) => ({ address: request.ip }))
      },
    })
    const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' }
    const answer = await fetch(`http://127.0.0.1:${port}/address`, { headers })
    return (await answer.json()) as unknown
  }
  expect(await addressFor(true)).toEqual({ address: '198.51.100.7' })
  expect(await addressFor(false)).toEqual({ address: '127.0.0.1' })
})

test('an address that is not valid URL encoding is told in the words of every other error', async () => {
  const port = await listening({
    trustProxy: false,
    routes: (app) => {
      app.get('/things/:id', async () => ({}))
    },
  })
  const answer = await fetch(`http://127.0.0.1:${port}/things/%ff`)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({
    error: { code: 'invalid_input', message: 'The address has a part that is not valid URL encoding.' },
  })
})

test('a request that breaks off is the fault of its sender, not of the database', async () => {
  const answered = Promise.withResolvers<number>()
  const begun = Promise.withResolvers<void>()
  const port = await listening({
    trustProxy: false,
    routes: (app) => {
      app.addHook('onSend', async (_request, reply) => answered.resolve(reply.statusCode))
      app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
      app.post('/file', async (request) => {
        for await (const _ of request.body as AsyncIterable<Uint8Array>) begun.resolve()
        return {}
      })
    },
  })
  const socket = connect(port, '127.0.0.1')
  socket.write('POST /file HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nhalf')
  await begun.promise
  socket.destroy()
  expect(await answered.promise).toBe(400)
})
