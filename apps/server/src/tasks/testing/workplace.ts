import { createProject as createProjectInput, type Money, textMessage } from '@groundwork/contract'
import type { z } from 'zod'
import { createOrganizationFor } from '../../identity/index.ts'
import { type Caller, type Deps, newId } from '../../platform/index.ts'
import { createProject, fundProject, projectHeader } from '../../projects/index.ts'
import { saveTrainerProfile } from '../../trainers/index.ts'
import { addTasks } from '../add-tasks.ts'
import { launchProject } from '../change-project-life.ts'

export type ProjectWish = Partial<z.input<typeof createProjectInput>> & {
  tasks?: number
  /** Amount in USD put into escrow; null: none. */
  funds?: string | null
  launch?: boolean
}

export type Workplace = Awaited<ReturnType<typeof openWorkplace>>

/** Words enough to be a task; `n` makes it unlike the others. */
export const taskOf = (n: number, length = 200) => ({
  externalId: `task-${n}`,
  context: [
    textMessage('user', `Question ${n}: which of the two is right, and why? ${'word '.repeat(length / 5)}`),
  ],
  candidates: [
    {
      id: 'a',
      model: 'model-one',
      messages: [textMessage('assistant', `First answer to ${n}. ${'text '.repeat(length / 5)}`)],
    },
    {
      id: 'b',
      model: 'model-two',
      messages: [textMessage('assistant', `Second answer to ${n}. ${'text '.repeat(length / 5)}`)],
    },
  ],
  reference: 'for the team only',
  metadata: { secret: 'for the team only' },
})

/** An organization with an owner, and ways to make projects and trainers in it; for tests and benchmarks. */
export async function openWorkplace(deps: Deps) {
  const { database } = deps
  const newUser = async (name: string) => {
    const id = newId()
    await database.db
      .insertInto('users')
      .values({ id, name, email: `${id}@test.example` })
      .execute()
    return id
  }
  const ownerId = await newUser('Owner')
  const { organizationId } = await database.transaction('system', (tx) =>
    createOrganizationFor(tx, ownerId, 'Linden Row'),
  )
  const owner: Caller = {
    userId: ownerId,
    name: 'Owner',
    email: `${ownerId}@test.example`,
    operator: false,
    trainer: false,
    via: 'session',
    projectId: null,
    scope: 'write',
    organizationId: null,
  }

  const fund = (projectId: string, amount: string) =>
    database.transaction({ organization: organizationId }, (tx) =>
      fundProject(tx, projectId, { amount: { amount, currency: 'USD' } satisfies Money, actorId: ownerId }),
    )
  const add = (projectId: string, first: number, count: number, length?: number) =>
    database.transaction({ organization: organizationId }, async (tx) => {
      const header = await projectHeader(tx, projectId)
      if (!header) throw new Error('no such project')
      const rows = Array.from({ length: count }, (_, index) => taskOf(first + index, length))
      return addTasks(
        tx,
        header,
        rows.map((task) => ({ task, gold: null, dedupeKey: task.externalId })),
      )
    })

  return {
    deps,
    owner,
    organizationId,
    newUser,
    fund,
    addTasks: add,
    /** A trainer whom every audience without rules takes. */
    newTrainer: async (country = 'KE') => {
      const id = await newUser('Trainer')
      await database.transaction({ person: id }, (tx) =>
        saveTrainerProfile(tx, id, {
          displayName: 'Trainer',
          country,
          timeZone: 'Africa/Nairobi',
          languages: [{ code: 'en', level: 'C2' }],
          expertise: [],
          headline: '',
        }),
      )
      return id
    },
    /** Live, funded with 1,000 USD, one task with one slot, a dollar a judgment, unless asked otherwise. */
    newProject: async ({ tasks = 1, funds = '1000.00', launch = true, ...wish }: ProjectWish = {}) => {
      const input = createProjectInput.parse({
        template: 'compare-responses',
        name: 'Which answer is better',
        overlap: 1,
        pay: { currency: 'USD', hourly: '60.00', estimateSeconds: 60 },
        organizationId,
        ...wish,
      })
      const { projectId } = await createProject(deps, owner, input)
      if (tasks > 0) await add(projectId, 1, tasks)
      if (funds !== null) await fund(projectId, funds)
      if (launch) await launchProject(deps, owner, projectId)
      return projectId
    },
  }
}

/** A complete answer to the form of `compare-responses`. */
export const anAnswer = (reason = 'The first one is right on the point that matters.') => ({
  preference: { outcome: 'a', strength: -2 },
  reason,
})
