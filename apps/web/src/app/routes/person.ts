import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { optionalText, rootRoute, shellRoute, signedIn, strings } from './frame.ts'

/** Without sidebar: the workbench has the whole window. */
export const workbenchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/judge/$projectId',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../../features/workbench/WorkbenchPage.tsx'), 'WorkbenchPage'),
  ...strings('workbench'),
})

/** An own answer, to be corrected. */
export const correctionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/judge/$projectId/correct/$judgmentId',
  beforeLoad: signedIn,
  component: lazyRouteComponent(
    () => import('../../features/workbench/desk/CorrectionPage.tsx'),
    'CorrectionPage',
  ),
  ...strings('workbench', 'desk'),
})

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/home',
  component: lazyRouteComponent(() => import('../../features/home/HomePage.tsx'), 'HomePage'),
  ...strings('home'),
})
const recentWorkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/recent-work',
  /** `project`: of this one only. */
  validateSearch: (search: Record<string, unknown>): { project?: string | undefined } => ({
    project: optionalText(search.project),
  }),
  component: lazyRouteComponent(
    () => import('../../features/workbench/desk/RecentWorkPage.tsx'),
    'RecentWorkPage',
  ),
  ...strings('desk'),
})
const earningsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/earnings',
  component: lazyRouteComponent(() => import('../../features/earnings/EarningsPage.tsx'), 'EarningsPage'),
  ...strings('earnings'),
})
const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../../features/account/AccountPage.tsx'), 'AccountPage'),
  ...strings('account'),
})
const apiKeysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account/keys',
  component: lazyRouteComponent(() => import('../../features/account/ApiKeysPage.tsx'), 'ApiKeysPage'),
  ...strings('account'),
})
const profileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account/profile',
  /** `first`: right after the sign-up. */
  validateSearch: (search: Record<string, unknown>): { first?: true | undefined } => ({
    first: search.first === true || undefined,
  }),
  component: lazyRouteComponent(() => import('../../features/account/ProfilePage.tsx'), 'ProfilePage'),
  ...strings('account'),
})
const organizationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organization',
  component: lazyRouteComponent(
    () => import('../../features/people/OrganizationPage.tsx'),
    'OrganizationPage',
  ),
  ...strings('people', 'webhooks'),
})
const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organization/webhooks',
  component: lazyRouteComponent(
    () => import('../../features/people/webhooks/WebhooksPage.tsx'),
    'WebhooksPage',
  ),
  ...strings('people', 'webhooks'),
})
const newOrganizationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organization/new',
  component: lazyRouteComponent(
    () => import('../../features/people/NewOrganizationPage.tsx'),
    'NewOrganizationPage',
  ),
  ...strings('people'),
})
const operatorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/operator',
  validateSearch: (search: Record<string, unknown>): { search?: string | undefined } => ({
    search: optionalText(search.search),
  }),
  component: lazyRouteComponent(() => import('../../features/operator/OperatorPage.tsx'), 'OperatorPage'),
  ...strings('operator'),
})

/** Work, the own account, the organization, the instance. */
export const personRoutes = [
  homeRoute,
  recentWorkRoute,
  earningsRoute,
  accountRoute,
  apiKeysRoute,
  profileRoute,
  organizationRoute,
  newOrganizationRoute,
  webhooksRoute,
  operatorRoute,
]
