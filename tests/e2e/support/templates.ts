import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project, TaskPayload } from '@groundwork/contract'
import { type Template, templates } from '@groundwork/templates'
import type { TestPerson } from '../../support/test-server.ts'

type Team = TestPerson & { organizationId: string }

/** A live, funded project from a template, with the template's own tasks in it. */
export async function launchTemplate(team: Team, id: string, tasks?: number): Promise<Project> {
  const template = templates.get(id)
  if (!template) throw new Error(`There is no template ${id}.`)
  const { client } = team
  const project = await client.createProject({
    body: { template: id, name: template.name, organizationId: team.organizationId, overlap: 1 },
  })
  const params = { id: project.id }
  const payloads = await withAssets(team, project.id, template, tasks)
  const body = payloads.map((task) => JSON.stringify({ task })).join('\n')
  const { created, rejected } = await client.importTasks({ params, query: { format: 'raw' }, body })
  if (created !== payloads.length) throw new Error(`${id}: ${JSON.stringify(rejected)}`)
  await client.fundProject({ params, body: { amount: { amount: '500.00', currency: 'USD' } } })
  return client.launchProject({ params })
}

/** The template's tasks, with its pictures stored as assets of the team. */
async function withAssets(team: Team, projectId: string, template: Template, tasks?: number) {
  const ids = new Map<string, string>()
  for (const name of template.pictures.keys()) {
    const bytes = await readFile(join(template.folder, name))
    const asset = await team.client.uploadMedia({ params: { id: projectId }, body: new Uint8Array(bytes) })
    ids.set(name, asset.id)
  }
  return template.tasks.slice(0, tasks).map(({ task }) => {
    const text = JSON.stringify(task)
    return JSON.parse(text, (key, value) =>
      key === 'assetId' ? (ids.get(value as string) ?? value) : value,
    ) as TaskPayload
  })
}
