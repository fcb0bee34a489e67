import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import type { FlatNamespace } from 'i18next'
import { findMe } from '../../api/session.ts'
import { i18n } from '../../i18n/index.ts'
import { setPersonalOwner } from '../../ui/personal.ts'
import { Root } from '../Root.tsx'

/** Loads the catalogues of a page together with its code. */
export const strings = (...namespaces: FlatNamespace[]) => ({
  loader: () => i18n.loadNamespaces(namespaces),
})

export const optionalText = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined

export const rootRoute = createRootRoute({ component: Root })

/** Guards the pages of a person who is signed in. */
export async function signedIn({ location }: { location: ParsedLocation }) {
  const me = await findMe()
  if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } })
  setPersonalOwner(me.user.id)
}

/** The frame with the sidebar. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../Shell.tsx'), 'Shell'),
})
