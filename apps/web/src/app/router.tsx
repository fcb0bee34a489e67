import { createRouter } from '@tanstack/react-router'
import { queryClient, whenSignedOut } from '../api/query-client.ts'
import { Pending } from '../ui/bits.tsx'
import { ErrorPage, NotFoundPage } from './ErrorPage.tsx'
import { routeTree } from './routes.ts'

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  // What pages load is kept by the query client; the router keeps nothing of its own.
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Pending,
  defaultPendingMs: 250,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
})

whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (publicPages.some((path) => pathname.startsWith(path))) return
  queryClient.clear()
  void router.navigate({ to: '/sign-in', search: { next: href } })
})
const publicPages = ['/sign-in', '/sign-up', '/forgot', '/reset', '/setup', '/invite']

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
