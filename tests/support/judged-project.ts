import type { Answer, Assignment, ExportJob, Form, TaskPayload } from '@groundwork/contract'
import { createExport } from '@groundwork/contract'
import type { z } from 'zod'
import { until } from './live-project.ts'
import type { TestPerson, TestServer } from './test-server.ts'

/** A live project with a form and tasks of its own, and money enough for all of them. */
export async function projectWith(
  team: TestPerson & { organizationId: string },
  form: Form,
  tasks: TaskPayload[],
  overlap = 2,
): Promise<string> {
  const { id } = await team.client.createProject({
    body: {
      template: 'compare-responses',
      name: 'A project',
      organizationId: team.organizationId,
      overlap,
      pay: { currency: 'USD', hourly: '30.00', estimateSeconds: 60 },
      form,
    },
  })
  const params = { id }
  const imported = await team.client.importTasks({
    params,
    query: { format: 'raw' },
    body: tasks.map((task) => JSON.stringify({ task })).join('\n'),
  })
  if (imported.created !== tasks.length) throw new Error(`Not all tasks went in: ${JSON.stringify(imported)}`)
  await team.client.fundProject({ params, body: { amount: { amount: '100.00', currency: 'USD' } } })
  await team.client.launchProject({ params })
  return id
}

/** Lets a trainer answer every task of a project that there is for them; null skips one. */
export async function judgeAll(
  trainer: TestPerson,
  projectId: string,
  answer: (task: Assignment['task']) => Answer | null,
): Promise<void> {
  for (;;) {
    const { assignment } = await trainer.client.nextAssignment({ body: { projectId } })
    if (!assignment) return
    const params = { id: assignment.id }
    const { epoch } = assignment
    const said = answer(assignment.task)
    if (said === null) await trainer.client.skipAssignment({ params, body: { epoch } })
    else
      await trainer.client.submitJudgment({
        params,
        body: { epoch, answer: said, activeMs: 1_000, next: false },
      })
  }
}

/** An export with what is in its files. */
export type Exported = {
  job: ExportJob
  text: (name: string) => Promise<string>
  rows: (name?: string) => Promise<Record<string, unknown>[]>
}

export async function exportOf(
  server: TestServer,
  team: TestPerson,
  projectId: string,
  body: z.input<typeof createExport>,
): Promise<Exported> {
  let job = await team.client.createExport({ params: { id: projectId }, body: createExport.parse(body) })
  await until(server, async () => {
    job = await team.client.getExport({ params: { id: job.id } })
    return job.status === 'done' || job.status === 'failed'
  })
  if (job.status !== 'done') throw new Error(`The export failed: ${job.error}`)
  const text = async (name: string) =>
    (await team.client.getExportFile({ params: { id: job.id, name } })).text()
  return {
    job,
    text,
    rows: async (name = 'train.jsonl') =>
      (await text(name))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
}
