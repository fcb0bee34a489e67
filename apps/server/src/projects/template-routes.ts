import { api, form, type Message, type SampleTask, type Template } from '@groundwork/contract'
import { type Template as BuiltIn, templates } from '@groundwork/templates'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { organizationsOf } from '../identity/index.ts'
import { type Deps, notFound, route } from '../platform/index.ts'
import { createTemplate, deleteTemplate, requireTemplate, updateTemplate } from './save-template.ts'
import { type TeamTemplate, teamTemplates } from './template-queries.ts'

const formSchema = z.toJSONSchema(form, { io: 'input' })

export function templateRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.listTemplates, 'signed_in', async ({ caller, query }) => {
    const teams = await organizationsOf(deps, caller, query.organizationId)
    const own = await Promise.all(
      teams.map((organization) =>
        deps.database.transaction({ organization }, (tx) => teamTemplates(tx, organization)),
      ),
    )
    return { items: [...templates.values()].map(presentBuiltIn).concat(own.flat().map(presentOwn)) }
  })

  route(app, api.listSampleTasks, 'signed_in', async ({ caller, params }) => {
    const builtIn = templates.get(params.id)
    if (builtIn) return { items: builtIn.tasks.map((sample) => withPictures(builtIn, sample)) }
    if (!z.uuid().safeParse(params.id).success) throw notFound('template')
    await requireTemplate(deps, caller, params.id, 'viewer')
    return { items: [] }
  })

  route(app, api.createTemplate, 'signed_in', async ({ caller, body }) =>
    presentOwn(await createTemplate(deps, caller, body)),
  )

  route(app, api.updateTemplate, 'signed_in', async ({ caller, params, body }) =>
    presentOwn(await updateTemplate(deps, caller, params.id, body)),
  )

  route(app, api.deleteTemplate, 'signed_in', async ({ caller, params }) => {
    await deleteTemplate(deps, caller, params.id)
    return { ok: true as const }
  })

  route(app, api.getFormSchema, 'anyone', async () => ({
    title: 'Form of a Groundwork project',
    ...formSchema,
  }))
}

const presentBuiltIn = ({ tasks, folder: _, ...template }: BuiltIn): Template => ({
  ...template,
  samples: tasks.length,
  organizationId: null,
  createdAt: null,
})

const presentOwn = (row: TeamTemplate): Template => ({
  id: row.id,
  name: row.name,
  description: row.description,
  group: row.group,
  estimateSeconds: row.estimate_seconds,
  form: row.form,
  guideline: row.guideline,
  samples: 0,
  organizationId: row.organization_id,
  createdAt: row.created_at.toISOString(),
})

/** Samples belong to no project, so their images are nobody's assets: they travel in the task. */
function withPictures(template: BuiltIn, { task, answer }: SampleTask): SampleTask {
  const shown = (message: Message): Message => ({
    ...message,
    parts: message.parts.map((part) =>
      part.type === 'image'
        ? { ...part, assetId: template.pictures.get(part.assetId) ?? part.assetId }
        : part,
    ),
  })
  return {
    answer,
    task: {
      ...task,
      context: task.context.map(shown),
      candidates: task.candidates.map((each) => ({ ...each, messages: each.messages.map(shown) })),
    },
  }
}
