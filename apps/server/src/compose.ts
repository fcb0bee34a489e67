import { datasetJobs, datasetPeriodic, datasetRoutes } from './datasets/index.ts'
import { createAuth, identityJobs, identityPeriodic, identityRoutes } from './identity/index.ts'
import { insightRoutes, presentProject } from './insight/index.ts'
import { payoutRoutes } from './payouts/index.ts'
import { healthRoute } from './platform/health.ts'
import { documentApi } from './platform/http/api-reference.ts'
import { createHttpServer } from './platform/http/http-server.ts'
import type { Deps } from './platform/index.ts'
import { type Jobs, runJobs } from './platform/jobs/run-jobs.ts'
import { projectRoutes, templateRoutes } from './projects/index.ts'
import { qualityEvents, qualityJobs, stopInference } from './quality/index.ts'
import { misfitsOf, taskEvents, taskRoutes, tasksPeriodic } from './tasks/index.ts'
import { trainerRoutes } from './trainers/index.ts'
import { webhookEvents, webhookJobs, webhookRoutes, webhooksPeriodic } from './webhooks/index.ts'

export type ServerOptions = {
  /** Signs sessions and encrypts second factors; the same for all processes that share a database. */
  secret: string
  openSignUp: boolean
  /** How often one address may try to sign in within a minute; the tests' one machine tries more often than people do. */
  attemptsPerMinute?: number | undefined
  trustProxy: boolean
  embeddedDatabase: boolean
  demo: boolean
  webFolder?: string | undefined
}

/** Puts the domains together into one HTTP server; not listening yet. */
export async function createServer(deps: Deps, options: ServerOptions) {
  const auth = createAuth(deps, options)
  const present = (projectId: string) => presentProject(deps, projectId)
  return createHttpServer({
    log: deps.log,
    version: deps.version,
    trustProxy: options.trustProxy,
    authenticate: auth.authenticate,
    webFolder: options.webFolder,
    routes: async (app) => {
      identityRoutes(app, deps, { demo: options.demo })
      trainerRoutes(app, deps)
      projectRoutes(app, deps, { present, misfitsOf })
      templateRoutes(app, deps)
      taskRoutes(app, deps, { present })
      payoutRoutes(app, deps)
      datasetRoutes(app, deps)
      webhookRoutes(app, deps)
      insightRoutes(app, deps)
    },
    extras: async (app) => {
      auth.mount(app)
      healthRoute(app, deps.database, { version: deps.version, embedded: options.embeddedDatabase })
      await documentApi(app)
    },
  })
}

/** What runs beside the requests. */
export function backgroundWork(deps: Deps): Jobs {
  return {
    handlers: { ...identityJobs(deps), ...datasetJobs(deps), ...qualityJobs(deps), ...webhookJobs(deps) },
    events: mergeEvents(taskEvents(deps), qualityEvents(deps), webhookEvents(deps)),
    periodic: [
      ...identityPeriodic(deps),
      ...tasksPeriodic(deps),
      ...datasetPeriodic(deps),
      ...webhooksPeriodic(deps),
    ],
  }
}

/** Runs the background work in this process; any number of processes may. */
export async function startJobs(ownerUrl: string, deps: Deps): Promise<{ stop: () => Promise<void> }> {
  const jobs = await runJobs(ownerUrl, deps.database, deps.log, backgroundWork(deps))
  return {
    stop: async () => {
      // Its jobs would be waited for.
      await stopInference(deps.database)
      await jobs.stop()
    },
  }
}

/** Two domains may react to the same kind of event; both see it. */
function mergeEvents(...all: Jobs['events'][]): Jobs['events'] {
  const merged: Jobs['events'] = {}
  for (const handlers of all) {
    for (const [kind, handler] of Object.entries(handlers)) {
      const earlier = merged[kind]
      merged[kind] = earlier
        ? async (events) => {
            await earlier(events)
            await handler(events)
          }
        : handler
    }
  }
  return merged
}
