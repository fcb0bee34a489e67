import type { FastifyInstance } from 'fastify'
import type { Deps, JobHandler, PeriodicWork } from '../platform/index.ts'
import { deliverExport } from './destinations/deliver-export.ts'
import { destinationRoutes } from './destinations/destination-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { importRoutes } from './import-routes.ts'
import { abandonedImports, runImportJob } from './importing/background-import.ts'
import { abandonedBlobs, mediaRoutes } from './media/index.ts'
import { resultRoutes } from './result-routes.ts'
import { runExport } from './run-export.ts'
import { indexNextTexts } from './task-search-queries.ts'

export { importTasks } from './import-tasks.ts'

export function datasetRoutes(app: FastifyInstance, deps: Deps): void {
  importRoutes(app, deps)
  resultRoutes(app, deps)
  exportRoutes(app, deps)
  destinationRoutes(app, deps)
  mediaRoutes(app, deps)
}

export function datasetJobs(deps: Deps): Record<string, JobHandler> {
  return {
    deliver_export: ({ exportId, organizationId }) =>
      deliverExport(deps, exportId ?? '', organizationId ?? ''),
    run_import: ({ importId, organizationId }) => runImportJob(deps, importId ?? '', organizationId ?? ''),
    run_export: ({ exportId, organizationId }) => runExport(deps, exportId ?? '', organizationId ?? ''),
  }
}

/** Work that is due again and again. */
export const datasetPeriodic = (deps: Deps): PeriodicWork[] => [
  abandonedImports(deps),
  abandonedBlobs(deps),
  {
    name: 'task search',
    everyMs: 2_000,
    work: () => deps.database.transaction('system', indexNextTexts),
  },
]
