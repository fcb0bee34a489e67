import { entryRoutes } from './routes/entry.ts'
import { rootRoute, shellRoute } from './routes/frame.ts'
import { correctionRoute, personRoutes, workbenchRoute } from './routes/person.ts'
import { projectRoutes } from './routes/projects.ts'

/** Every page of the app; `routes/` holds them area by area. */
export const routeTree = rootRoute.addChildren([
  ...entryRoutes,
  workbenchRoute,
  correctionRoute,
  shellRoute.addChildren([...personRoutes, ...projectRoutes]),
])
