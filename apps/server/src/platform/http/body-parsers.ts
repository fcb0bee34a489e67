import type { FastifyInstance } from 'fastify'
import { AppError } from '../app-error.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Longest JSON body of ordinary routes; files are streamed and have no such bound. */
export const JSON_LIMIT = 4 * 1024 * 1024

/** JSON bodies: strict UTF-8, and no prototype keys. An empty body counts as none. */
export function addJsonParser(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: JSON_LIMIT },
    (request, body: Buffer, done) => {
      if (body.length === 0) return done(null, undefined)
      let text: string
      try {
        text = utf8.decode(body)
      } catch {
        return done(
          new AppError('invalid_encoding', 'The body is not valid UTF-8; send it in that encoding.'),
        )
      }
      parse(request, text, (error, value) =>
        error
          ? done(new AppError('malformed_json', `The body is not JSON: ${error.message}`))
          : done(null, value),
      )
    },
  )
}
