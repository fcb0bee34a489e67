import { type Client, createClient } from '@groundwork/client'
import { templates } from '@groundwork/templates'
import type { Config } from '../platform/config.ts'
import { isLoopback } from '../platform/http/free-port.ts'
import type { Deps } from '../platform/index.ts'
import {
  createDemoAccounts,
  credentialsFile,
  type DemoCredentials,
  readCredentials,
  writeCredentials,
} from './demo-accounts.ts'
import { type DemoProject, demoGuideline, demoPeople, demoProjects, demoTasks } from './demo-files.ts'
import { moveIntoThePast } from './demo-queries.ts'
import { demoState, isEmpty, isKnownKey, saveDemoState } from './demo-state-queries.ts'
import { judgeDemo } from './judge-demo.ts'

export type Demo = DemoCredentials & { file: string }

/**
 * Whether this instance has a demo, with its people; makes their accounts in an empty database. The demo exists only on the embedded
 * database bound to loopback, unless GROUNDWORK_DEMO=1 asks for it.
 */
export async function prepareDemo(deps: Deps, config: Config): Promise<Demo | null> {
  const file = credentialsFile(config.dataFolder)
  const state = await demoState(deps.database)
  if (state !== 'none') {
    const known = await readCredentials(config.dataFolder)
    // The data folder may be another database's, when this one was named by its URL.
    const own = await isKnownKey(deps.database, known?.people[0]?.apiKey ?? '')
    return known && own && config.demo !== false ? { ...known, file } : null
  }
  const wanted = config.demo ?? (!config.databaseUrl && isLoopback(config.host))
  if (!wanted || !(await isEmpty(deps.database))) return null
  return deps.database.transaction('system', async (tx) => {
    const credentials = { url: deps.publicUrl, people: await createDemoAccounts(tx) }
    await saveDemoState(tx, 'seeding')
    // Before the commit: a start that is called off leaves no people behind whose passwords nobody knows.
    await writeCredentials(config.dataFolder, credentials)
    return { ...credentials, file }
  })
}

/**
 * Fills the demo through the API of the listening server: projects, tasks, judgments. An interrupted seed goes on where it stopped,
 * since every step carries an idempotency key or skips duplicates.
 */
export async function seedDemo(deps: Deps, baseUrl: string, ownerUrl: string, demo: Demo): Promise<void> {
  if ((await demoState(deps.database)) !== 'seeding') return
  const clientOf = (email: string | undefined) =>
    createClient({ baseUrl, apiKey: demo.people.find((person) => person.email === email)?.apiKey ?? '' })
  const team = clientOf(demo.people.find((person) => person.role === 'manager')?.email)
  for (const project of await demoProjects()) await seedProject(team, clientOf, project)
  await moveIntoThePast(ownerUrl, await organizationOf(team))
  await saveDemoState(deps.database.db, 'samples')
}

/** The only organization that somebody of the demo is a member of. */
export async function organizationOf(client: Client): Promise<string> {
  const [membership] = (await client.getMe({})).memberships
  if (!membership) throw new Error('A member of the demo has no organization.')
  return membership.organization.id
}

async function seedProject(
  team: Client,
  clientOf: (email: string) => Client,
  project: DemoProject,
): Promise<void> {
  const created = await team.createProject({
    body: {
      template: project.template,
      name: project.name,
      description: project.description,
      overlap: project.overlap,
      pay: project.pay,
      audience: project.audience,
      guideline: await demoGuideline(project),
    },
    idempotencyKey: `demo:${project.key}`,
  })
  const params = { id: created.id }
  if (created.state === 'draft') await team.updateProject({ params, body: { form: formOf(project) } })
  const tasks = await demoTasks(project)
  await team.importTasks({
    params,
    query: { format: 'raw', fileName: project.file },
    body: tasks.map(importLine).join('\n'),
  })
  await team.fundProject({
    params,
    body: { amount: { amount: project.funding, currency: project.pay.currency } },
    idempotencyKey: `demo:${project.key}`,
  })
  const launched = await team.launchProject({ params })

  const { trainers } = await demoPeople()
  const workers = trainers.flatMap(({ name, email, skill }) => {
    const own = skill[project.key]
    return own === undefined ? [] : [{ name, client: clientOf(email), skill: own }]
  })
  const wanted =
    Math.round(tasks.length * project.overlap * project.judgedShare) - launched.progress.judgments
  await judgeDemo(created.id, workers, new Map(tasks.map((task) => [task.externalId, task])), wanted)
}

/** The template's form with the project's minimum of words for the reason. */
function formOf(project: DemoProject) {
  const form = templates.get(project.template)?.form
  if (!form) throw new Error(`The demo names a template that does not exist: ${project.template}.`)
  return {
    ...form,
    questions: form.questions.map((question) =>
      question.type === 'text' ? { ...question, required: true, minWords: project.reasonMinWords } : question,
    ),
  }
}

/** A demo task as a line of the raw format; only the content goes in, and the known answer beside it. */
function importLine(task: Awaited<ReturnType<typeof demoTasks>>[number]): string {
  const message = (role: string, text: string) => ({ role, parts: [{ type: 'text', text }] })
  return JSON.stringify({
    task: {
      externalId: task.externalId,
      context: task.context.map((turn) => message(turn.role, turn.text)),
      candidates: task.candidates.map(({ id, model, text }) => ({
        id,
        model,
        messages: [message('assistant', text)],
      })),
    },
    gold: task.better === 'tie' ? (task.tie ?? 'tie') : task.better,
  })
}
