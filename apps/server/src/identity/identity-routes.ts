import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, type Jobs, type PeriodicWork, route } from '../platform/index.ts'
import { deleteEndedSessions } from './account-queries.ts'
import { apiKeyRoutes } from './api-key-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { deleteOldMail } from './mail-queries.ts'
import { memberRoutes } from './member-routes.ts'
import { operatorRoutes } from './operator-routes.ts'
import { preferenceRoutes } from './preference-routes.ts'
import { mailJobs } from './send-mail.ts'
import { completeSetup, setupState } from './set-up.ts'

/** Calls about accounts, organizations and the instance. @param options.demo the instance shows the demo */
export function identityRoutes(app: FastifyInstance, deps: Deps, options: { demo: boolean }): void {
  route(app, api.getSetup, 'anyone', async () => ({ ...(await setupState(deps)), demo: options.demo }))
  route(app, api.completeSetup, 'anyone', ({ body }) => completeSetup(deps, body))
  apiKeyRoutes(app, deps)
  memberRoutes(app, deps)
  preferenceRoutes(app, deps)
  invitationRoutes(app, deps)
  operatorRoutes(app, deps)
}

/** Background jobs of identity: mail. */
export const identityJobs = (deps: Deps): Jobs['handlers'] => mailJobs(deps)

/** Forgets, every hour, what has lost its use. */
export const identityPeriodic = ({ database }: Deps): PeriodicWork[] => [
  {
    name: 'identity clean-up',
    everyMs: 60 * 60 * 1000,
    work: async () => {
      await database.transaction('system', async (tx) => {
        await deleteEndedSessions(tx)
        await deleteOldMail(tx)
      })
      return false
    },
  },
]
