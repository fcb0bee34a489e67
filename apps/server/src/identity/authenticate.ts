import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Authenticate, type Database, hashSecret } from '../platform/index.ts'
import { callerByKey, callerBySession } from './caller-queries.ts'

const BEARER = /^Bearer (gw_[\w-]{20,200})$/i

/**
 * Finds callers with one query: an API key in `Authorization`, else the session cookie. Credentials that do not hold are never
 * passed over for others in the same request.
 * @param session name of the session's cookie, and the secret that signs it
 */
export function authenticateWith(
  database: Database,
  session: { cookie: string; secret: string },
): Authenticate {
  return async (headers) => {
    const authorization = headers.get('authorization')
    if (authorization !== null) {
      const key = BEARER.exec(authorization)?.[1]
      return key ? callerByKey(database, hashSecret(key)) : null
    }
    const signed = readCookie(headers.get('cookie') ?? '', session.cookie)
    const token = signed && signedValue(signed, session.secret)
    return token ? callerBySession(database, token) : null
  }
}

function readCookie(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, ...value] = part.split('=')
    if (key?.trim() === name) return value.join('=').trim()
  }
  return undefined
}

/** The value of a cookie `value.signature` (HMAC-SHA-256, base64), or undefined when the signature is not ours. */
function signedValue(cookie: string, secret: string): string | undefined {
  let text: string
  try {
    text = decodeURIComponent(cookie)
  } catch {
    return undefined
  }
  const dot = text.lastIndexOf('.')
  if (dot < 1) return undefined
  const value = text.slice(0, dot)
  const given = Buffer.from(text.slice(dot + 1), 'base64')
  const wanted = createHmac('sha256', secret).update(value).digest()
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? value : undefined
}
