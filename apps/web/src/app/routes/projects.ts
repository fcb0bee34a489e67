import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { type WizardStep, wizardSteps } from '../../features/projects/wizard/wizard-steps.ts'
import { optionalText, shellRoute, strings } from './frame.ts'

const projectsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects',
  component: lazyRouteComponent(() => import('../../features/projects/ProjectsPage.tsx'), 'ProjectsPage'),
  ...strings('projects'),
})
const newProjectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/new',
  /** `project`: the draft that is being set up; without it a new one begins. */
  validateSearch: (
    search: Record<string, unknown>,
  ): {
    project?: string | undefined
    step?: WizardStep | undefined
    template?: string | undefined
  } => ({
    project: optionalText(search.project),
    step: wizardSteps.find((step) => step === search.step),
    template: optionalText(search.template),
  }),
  component: lazyRouteComponent(() => import('../../features/projects/NewProjectPage.tsx'), 'NewProjectPage'),
  ...strings('projects'),
})
const formRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$projectId/form',
  component: lazyRouteComponent(() => import('../pages/FormPages.tsx'), 'ProjectForm'),
  ...strings('forms', 'workbench'),
})
const templatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates',
  component: lazyRouteComponent(() => import('../../features/forms/TemplatesPage.tsx'), 'TemplatesPage'),
  ...strings('forms'),
})
const templateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/templates/$templateId',
  component: lazyRouteComponent(() => import('../pages/FormPages.tsx'), 'TemplateForm'),
  ...strings('forms', 'workbench'),
})
const projectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('../../features/projects/ProjectLayout.tsx'), 'ProjectLayout'),
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
  component: lazyRouteComponent(() => import('../../features/projects/OverviewPage.tsx'), 'OverviewPage'),
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
  component: lazyRouteComponent(() => import('../../features/projects/TasksPage.tsx'), 'TasksPage'),
})
const resultsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/results',
  component: lazyRouteComponent(() => import('../../features/projects/ResultsPage.tsx'), 'ResultsPage'),
})
const exportsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/exports',
  component: lazyRouteComponent(() => import('../../features/exports/ExportsPage.tsx'), 'ExportsPage'),
  ...strings('exports'),
})
const settingsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../../features/projects/SettingsPage.tsx'), 'SettingsPage'),
})

/** The projects of a team. */
export const projectRoutes = [
  projectsRoute,
  newProjectRoute,
  formRoute,
  templatesRoute,
  templateRoute,
  projectRoute.addChildren([
    projectStartRoute,
    overviewRoute,
    tasksRoute,
    resultsRoute,
    exportsRoute,
    settingsRoute,
  ]),
]
