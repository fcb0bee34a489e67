import type { FastifyInstance } from 'fastify'
import type { Authenticate, Deps } from '../platform/index.ts'
import { type AuthOptions, COOKIE_PREFIX, openAuthLibrary, usesSecureCookies } from './auth-library.ts'
import { authenticateWith } from './authenticate.ts'
import { mountAuth } from './mount-auth.ts'

export type { AuthOptions } from './auth-library.ts'

export type Auth = {
  /** Finds the caller of a request by API key or session cookie. */
  authenticate: Authenticate
  /** Serves sign-up, sign-in, passwords and second factors under /api/auth. */
  mount: (app: FastifyInstance) => void
}

/** Signing in, and knowing who is signed in. */
export function createAuth(deps: Deps, options: AuthOptions): Auth {
  const library = openAuthLibrary(deps, options)
  const cookie = `${usesSecureCookies(deps.publicUrl) ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`
  return {
    authenticate: authenticateWith(deps.database, { cookie, secret: options.secret }),
    mount: (app) => mountAuth(app, deps, library.handler),
  }
}
