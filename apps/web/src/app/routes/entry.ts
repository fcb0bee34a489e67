import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { client } from '../../api/client.ts'
import { findMe, startPage } from '../../api/session.ts'
import { optionalText, rootRoute, strings } from './frame.ts'

/** Only addresses of this site: a link to the sign-in page must not send anybody elsewhere. */
const ownPath = (value: unknown) => {
  const path = optionalText(value)
  if (!path?.startsWith('/')) return undefined
  const url = URL.parse(path, location.origin)
  return url?.origin === location.origin ? url.href.slice(url.origin.length) : undefined
}

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const me = await findMe()
    if (me) throw redirect({ to: startPage(me), replace: true })
    throw redirect({ to: '/sign-in', replace: true })
  },
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: ownPath(search.next),
  }),
  beforeLoad: async ({ search }) => {
    const setup = await client.getSetup().catch(() => null)
    if (setup?.needed) throw redirect({ to: '/setup', replace: true })
    const me = await findMe().catch(() => null)
    if (me) throw redirect({ href: search.next ?? startPage(me), replace: true })
  },
  component: lazyRouteComponent(() => import('../../features/account/SignInPage.tsx'), 'SignInPage'),
  ...strings('account'),
})
const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  validateSearch: (
    search: Record<string, unknown>,
  ): { next?: string | undefined; as?: 'trainer' | 'team' | undefined } => ({
    next: ownPath(search.next),
    as: search.as === 'trainer' || search.as === 'team' ? search.as : undefined,
  }),
  component: lazyRouteComponent(() => import('../../features/account/SignUpPage.tsx'), 'SignUpPage'),
  ...strings('account'),
})
const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot',
  component: lazyRouteComponent(() => import('../../features/account/ForgotPage.tsx'), 'ForgotPage'),
  ...strings('account'),
})
const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset',
  validateSearch: (
    search: Record<string, unknown>,
  ): { token?: string | undefined; error?: string | undefined } => ({
    token: optionalText(search.token),
    error: optionalText(search.error),
  }),
  component: lazyRouteComponent(() => import('../../features/account/ResetPage.tsx'), 'ResetPage'),
  ...strings('account'),
})
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { token?: string | undefined } => ({
    token: optionalText(search.token),
  }),
  component: lazyRouteComponent(() => import('../../features/setup/SetupPage.tsx'), 'SetupPage'),
  ...strings('setup'),
})
const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('../../features/people/InvitePage.tsx'), 'InvitePage'),
  ...strings('people'),
})

/** Pages that need no sign-in. */
export const entryRoutes = [
  startRoute,
  signInRoute,
  signUpRoute,
  forgotRoute,
  resetRoute,
  setupRoute,
  inviteRoute,
]
