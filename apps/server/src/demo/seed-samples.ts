import { type Client, createClient } from '@groundwork/client'
import { mistakenAnswer, seededRandom, seedOf } from '@groundwork/simulator'
import { type Template, templates } from '@groundwork/templates'
import type { Deps } from '../platform/index.ts'
import { demoPeople } from './demo-files.ts'
import { moveIntoThePast } from './demo-queries.ts'
import { demoState, saveDemoState } from './demo-state-queries.ts'
import { type Demo, organizationOf } from './prepare-demo.ts'

const OVERLAP = 3
const PAY = { currency: 'USD' as const, hourly: '24.00' }
/** Covers all judgments of any template's tasks. */
const FUNDING = '1000.00'
/** Who has judged already, and how many tasks each: enough to have something to show, and to leave something to do. */
const JUDGES = 3
const TASKS_EACH = 4
/** How often people are right in everything, and how much is right when they are not. */
const RIGHT = 0.6
const KEPT = 0.7

/**
 * Gives the second organization of the demo a live project for every template, with the template's own tasks and a few judgments of the demo's
 * trainers, through the API of the listening server. An interrupted one goes on where it stopped.
 */
export async function seedSamples(deps: Deps, baseUrl: string, ownerUrl: string, demo: Demo): Promise<void> {
  if ((await demoState(deps.database)) !== 'samples') return
  const { samples } = await demoPeople()
  const clients = new Map(demo.people.map(({ email, apiKey }) => [email, createClient({ baseUrl, apiKey })]))
  const team = clients.get(samples.owner.email)
  const trainers = demo.people
    .filter(({ role }) => role === 'trainer')
    .map(({ name, email }) => ({ name, client: clients.get(email) }))
  // The demo of an earlier version has no such organization.
  if (team) {
    let turn = 0
    for (const template of templates.values()) {
      if (template.tasks.length === 0) continue
      const judges = trainers.map((_, index) => trainers[(turn + index) % trainers.length])
      await seedTemplate(team, template, judges.slice(0, JUDGES) as Judge[])
      turn++
    }
    await moveIntoThePast(ownerUrl, await organizationOf(team))
  }
  await saveDemoState(deps.database.db, 'done')
}

type Judge = { name: string; client: Client }

async function seedTemplate(team: Client, template: Template, judges: Judge[]): Promise<void> {
  const { id } = await team.createProject({
    body: {
      template: template.id,
      name: template.name,
      description: template.description,
      overlap: OVERLAP,
      pay: { ...PAY, estimateSeconds: template.estimateSeconds },
    },
    idempotencyKey: `demo:sample:${template.id}`,
  })
  const params = { id }
  await team.importTasks({
    params,
    query: { format: 'raw', fileName: `${template.id}.jsonl` },
    body: template.tasks.map(({ task }) => lineOf(task, template)).join('\n'),
  })
  await team.fundProject({
    params,
    body: { amount: { amount: FUNDING, currency: PAY.currency } },
    idempotencyKey: `demo:sample:${template.id}`,
  })
  const { progress } = await team.launchProject({ params })
  const answers = new Map(template.tasks.map(({ task, answer }) => [task.externalId, answer]))
  for (const [index, judge] of judges.entries()) {
    const left = (index + 1) * TASKS_EACH - progress.judgments
    for (let count = 0; count < Math.min(left, TASKS_EACH); count++) await judgeNext(judge, id, answers)
  }
}

/** A task as a line of the raw format, with the bytes of its images in it. */
const lineOf = (task: Template['tasks'][number]['task'], { pictures }: Template): string =>
  JSON.stringify({ task }, (key, value: unknown) =>
    key === 'assetId' ? (pictures.get(String(value)) ?? value) : value,
  )

async function judgeNext(
  { name, client }: Judge,
  projectId: string,
  answers: ReadonlyMap<string | undefined, Template['tasks'][number]['answer']>,
): Promise<void> {
  const { assignment } = await client.nextAssignment({ body: { projectId } })
  if (!assignment) return
  const { epoch, form, task } = assignment
  const good = answers.get(task.externalId) ?? {}
  const random = seededRandom(seedOf(name, task.externalId ?? task.id))
  const answer = random() < RIGHT ? good : mistakenAnswer(form, task, good, KEPT, random)
  const params = { id: assignment.id }
  await client.showAssignment({ params, body: { epoch } })
  await client.submitJudgment({
    params,
    body: { epoch, activeMs: 0, next: false, answer },
    idempotencyKey: `demo:${assignment.id}:${epoch}`,
  })
}
