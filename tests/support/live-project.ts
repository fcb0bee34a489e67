import type { Project } from '@groundwork/contract'
import type { TestPerson, TestServer } from './test-server.ts'

/** Lines of a file with plain preference pairs, by external ids `t1`, `t2`, …; the known answer is always the first response. */
export function pairLines(count: number, from = 1): string {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      idx: `t${from + index}`,
      input: `Question ${from + index}?`,
      one: `Right answer ${from + index}.`,
      two: `Wrong answer ${from + index}.`,
      label: 1,
    }),
  ).join('\n')
}

export const PAIR_MAP = 'prompt=input,a=one,b=two,gold=label,id=idx'

export const ANSWER = {
  preference: { outcome: 'a', strength: -2 },
  reason: 'The first one is right on the point that matters.',
} as const

/** A live, funded project with tasks: pay 0.50 USD a judgment, no review window unless asked for. */
export async function liveProject(
  team: TestPerson & { organizationId: string },
  options: {
    tasks?: number
    overlap?: number
    funds?: string
    reviewWindowDays?: number
    leaseMinutes?: number
  } = {},
): Promise<Project> {
  const { client } = team
  const { id } = await client.createProject({
    body: {
      template: 'compare-responses',
      name: 'A project',
      organizationId: team.organizationId,
      overlap: options.overlap ?? 2,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
      reviewWindowDays: options.reviewWindowDays ?? 7,
      ...(options.leaseMinutes ? { leaseMinutes: options.leaseMinutes } : {}),
    },
  })
  const params = { id }
  await client.importTasks({
    params,
    query: { format: 'pairs', map: PAIR_MAP },
    body: pairLines(options.tasks ?? 3),
  })
  await client.fundProject({
    params,
    body: { amount: { amount: options.funds ?? '100.00', currency: 'USD' } },
  })
  return client.launchProject({ params })
}

/** Takes the next task of a project and answers it. */
export async function judgeOne(trainer: TestPerson, projectId: string) {
  const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
  if (!assignment) throw new Error('There was nothing to judge.')
  return trainer.client.submitJudgment({
    params: { id: assignment.id },
    body: { epoch: assignment.epoch, answer: ANSWER, activeMs: 1_000, next: false },
  })
}

/** Runs the background work of a test server until `done` says so. */
export async function until(server: TestServer, done: () => Promise<boolean>): Promise<void> {
  const { dispatchEvents } = await import('../../apps/server/src/platform/jobs/run-jobs.ts')
  const { backgroundWork } = await import('../../apps/server/src/compose.ts')
  const work = backgroundWork(server.deps)
  for (let round = 0; round < 200; round++) {
    if (await done()) return
    await dispatchEvents(server.deps.database, work.events)
    for (const each of work.periodic) await each.work()
    await runDueJobs(server, work.handlers)
  }
  throw new Error('The background work did not come to an end.')
}

/** Takes jobs out of the queue whenever they are due and runs them here and now. */
async function runDueJobs(
  server: TestServer,
  handlers: Record<string, (payload: Record<string, string>) => Promise<void>>,
): Promise<void> {
  const { Client } = await import('pg')
  const client = new Client({ connectionString: server.ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ task: string; payload: Record<string, string> }>(
      `with gone as (delete from graphile_worker._private_jobs where locked_at is null returning task_id, payload)
       select t.identifier as task, gone.payload from gone join graphile_worker._private_tasks t on t.id = gone.task_id`,
    )
    for (const { task, payload } of rows) await handlers[task]?.(payload)
  } finally {
    await client.end()
  }
}
