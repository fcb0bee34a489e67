import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import type { FlatNamespace } from 'i18next'
import { client } from '../api/client.ts'
import { findMe, startPage } from '../api/session.ts'
import { type WizardStep, wizardSteps } from '../features/projects/wizard/wizard-steps.ts'
import { i18next } from '../i18n/index.ts'
import { Root } from './Root.tsx'

/** Loads the catalogues of a page together with its code. */
const strings = (...namespaces: FlatNamespace[]) => ({ loader: () => i18next.loadNamespaces(namespaces) })

const optionalText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
/** Only addresses of this site: a link to the sign-in page must not send anybody elsewhere. */
const ownPath = (value: unknown) => {
  const path = optionalText(value)
  if (!path?.startsWith('/')) return undefined
  const url = URL.parse(path, location.origin)
  return url?.origin === location.origin ? url.href.slice(url.origin.length) : undefined
}

const rootRoute = createRootRoute({ component: Root })

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const me = await findMe()
    if (me) throw redirect({ to: startPage(me), replace: true })
    throw redirect({ to: '/sign-in', replace: true })
  },
})

// Pages that need no sign-in
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
  component: lazyRouteComponent(() => import('../features/account/SignInPage.tsx'), 'SignInPage'),
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
  component: lazyRouteComponent(() => import('../features/account/SignUpPage.tsx'), 'SignUpPage'),
  ...strings('account'),
})
const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot',
  component: lazyRouteComponent(() => import('../features/account/ForgotPage.tsx'), 'ForgotPage'),
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
  component: lazyRouteComponent(() => import('../features/account/ResetPage.tsx'), 'ResetPage'),
  ...strings('account'),
})
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>): { token?: string | undefined } => ({
    token: optionalText(search.token),
  }),
  component: lazyRouteComponent(() => import('../features/setup/SetupPage.tsx'), 'SetupPage'),
  ...strings('setup'),
})
const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('../features/people/InvitePage.tsx'), 'InvitePage'),
  ...strings('people'),
})

// Pages of a person who is signed in
async function signedIn({ location }: { location: ParsedLocation }) {
  const me = await findMe()
  if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } })
}
/** Without sidebar: the workbench has the whole window. */
const workbenchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/judge/$projectId',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('../features/workbench/WorkbenchPage.tsx'), 'WorkbenchPage'),
  ...strings('workbench'),
})
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./Shell.tsx'), 'Shell'),
})
const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/home',
  component: lazyRouteComponent(() => import('../features/home/HomePage.tsx'), 'HomePage'),
  ...strings('home'),
})
const earningsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/earnings',
  component: lazyRouteComponent(() => import('../features/earnings/EarningsPage.tsx'), 'EarningsPage'),
  ...strings('earnings'),
})
const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/account/AccountPage.tsx'), 'AccountPage'),
  ...strings('account'),
})
const apiKeysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account/keys',
  component: lazyRouteComponent(() => import('../features/account/ApiKeysPage.tsx'), 'ApiKeysPage'),
  ...strings('account'),
})
const profileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account/profile',
  /** `first`: right after the sign-up. */
  validateSearch: (search: Record<string, unknown>): { first?: true | undefined } => ({
    first: search.first === true || undefined,
  }),
  component: lazyRouteComponent(() => import('../features/account/ProfilePage.tsx'), 'ProfilePage'),
  ...strings('account'),
})
const organizationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organization',
  component: lazyRouteComponent(() => import('../features/people/OrganizationPage.tsx'), 'OrganizationPage'),
  ...strings('people'),
})
const newOrganizationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organization/new',
  component: lazyRouteComponent(
    () => import('../features/people/NewOrganizationPage.tsx'),
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
  component: lazyRouteComponent(() => import('../features/operator/OperatorPage.tsx'), 'OperatorPage'),
  ...strings('operator'),
})

// Projects of a team
const projectsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects',
  component: lazyRouteComponent(() => import('../features/projects/ProjectsPage.tsx'), 'ProjectsPage'),
  ...strings('projects'),
})
const newProjectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/new',
  /** `project`: the draft that is being set up; without it a new one begins. */
  validateSearch: (
    search: Record<string, unknown>,
  ): { project?: string | undefined; step?: WizardStep | undefined } => ({
    project: optionalText(search.project),
    step: wizardSteps.find((step) => step === search.step),
  }),
  component: lazyRouteComponent(() => import('../features/projects/NewProjectPage.tsx'), 'NewProjectPage'),
  ...strings('projects'),
})
const projectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('../features/projects/ProjectLayout.tsx'), 'ProjectLayout'),
  ...strings('projects'),
})
const projectStartRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/projects/$projectId/overview', params, replace: true })
  },
})
const overviewRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('../features/projects/OverviewPage.tsx'), 'OverviewPage'),
})
const tasksRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/tasks',
  /** `task`: the task that is open beside the list. */
  validateSearch: (
    search: Record<string, unknown>,
  ): { state?: string | undefined; search?: string | undefined; task?: string | undefined } => ({
    state: optionalText(search.state),
    search: optionalText(search.search),
    task: optionalText(search.task),
  }),
  component: lazyRouteComponent(() => import('../features/projects/TasksPage.tsx'), 'TasksPage'),
})
const resultsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/results',
  component: lazyRouteComponent(() => import('../features/projects/ResultsPage.tsx'), 'ResultsPage'),
})
const exportsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/exports',
  component: lazyRouteComponent(() => import('../features/exports/ExportsPage.tsx'), 'ExportsPage'),
  ...strings('exports'),
})
const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/projects/SettingsPage.tsx'), 'SettingsPage'),
})

export const routeTree = rootRoute.addChildren([
  startRoute,
  signInRoute,
  signUpRoute,
  forgotRoute,
  resetRoute,
  setupRoute,
  inviteRoute,
  workbenchRoute,
  shellRoute.addChildren([
    homeRoute,
    earningsRoute,
    accountRoute,
    apiKeysRoute,
    profileRoute,
    organizationRoute,
    newOrganizationRoute,
    operatorRoute,
    projectsRoute,
    newProjectRoute,
    projectRoute.addChildren([
      projectStartRoute,
      overviewRoute,
      tasksRoute,
      resultsRoute,
      exportsRoute,
      settingsRoute,
    ]),
  ]),
])
