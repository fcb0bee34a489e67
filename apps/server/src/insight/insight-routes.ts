import { api } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { namesOf } from '../identity/index.ts'
import { type Deps, route } from '../platform/index.ts'
import { formOf, requireProject, trueWage } from '../projects/index.ts'
import { classQuestions, reliabilitiesOf } from '../quality/index.ts'
import { wilsonInterval } from './insight-rules.ts'
import { listProjects } from './list-projects.ts'
import { projectPeople } from './people-queries.ts'
import { presentProject } from './present-project.ts'
import { timelineDays } from './progress-queries.ts'

export function insightRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.listProjects, 'signed_in', async ({ caller, query }) => ({
    items: await listProjects(deps, caller, query.organizationId),
  }))

  route(app, api.getProject, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return presentProject(deps, project.id)
  })

  route(app, api.getTimeline, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    const days = await database.transaction({ organization: project.organization_id }, (tx) =>
      timelineDays(tx, project.id),
    )
    return { days }
  })

  route(app, api.listProjectPeople, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return database.transaction({ organization: project.organization_id }, async (tx) => {
      const form = await formOf(tx, project.id, project.form_version)
      const [question] = classQuestions(form)
      const people = await projectPeople(tx, project.id, question)
      const reliabilities = await reliabilitiesOf(tx, project.id)
      const names = await namesOf(
        tx,
        people.map((person) => person.trainerId),
      )
      return {
        items: people.map((person) => {
          const interval = wilsonInterval(person.agreed, person.compared)
          return {
            trainerId: person.trainerId,
            name: names.get(person.trainerId) ?? '',
            judgments: person.judgments,
            medianSeconds: person.medianSeconds,
            trueWage: trueWage(person.pay, person.activeMs, project.currency),
            agreement: interval && { ...interval, tasks: person.compared },
            reliability: reliabilities.get(person.trainerId) ?? null,
            lastAt: person.lastAt.toISOString(),
          }
        }),
      }
    })
  })
}
