export { insightRoutes } from './insight-routes.ts'
export { presentProject } from './present-project.ts'
