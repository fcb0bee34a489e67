import { basename } from 'node:path'
import { Readable } from 'node:stream'
import {
  api,
  type ExportFormat,
  type ExportJob,
  type ExportOptions,
  type ExportTarget,
  exportFormat,
  exportOptions,
} from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import {
  AppError,
  addJob,
  type Caller,
  type Deps,
  newId,
  notFound,
  recordAudit,
  route,
  type Tx,
} from '../platform/index.ts'
import { formOf, type ProjectHeader, requireProject } from '../projects/index.ts'
import { destinationById } from './destinations/destination-queries.ts'
import {
  type ExportRow,
  exportById,
  exportsOfProject,
  fileOf,
  imagesOfExport,
  insertExport,
  rememberedOptions,
  saveDelivery,
} from './export-queries.ts'
import { readExportFile } from './exporting/export-file.ts'
import { previewExport } from './exporting/preview-export.ts'
import { signingKey } from './exporting/sealed.ts'
import { zipLength, zipStream } from './exporting/zip-stream.ts'
import { containersOf, decidersOf, feeds, formatNeeds } from './feedback/registry.ts'

export function exportRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.createExport, 'signed_in', async ({ caller, params, body }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    const organizationId = project.organization_id
    const { destinationId, ...wanted } = body
    checkContainer(body.format, body.as)
    await checkQuestion(deps, project, body)
    return database.transaction({ organization: organizationId }, async (tx) => {
      const id = newId()
      const destination = destinationId ? await destinationOf(tx, destinationId) : null
      await insertExport(tx, {
        id,
        organizationId,
        projectId: project.id,
        ...wanted,
        createdBy: caller.userId,
        destination,
      })
      await addJob(tx, 'run_export', { exportId: id, organizationId })
      await recordAudit(tx, {
        organizationId,
        actorId: caller.userId,
        action: 'export.requested',
        subject: { kind: 'project', id: project.id },
        details: { exportId: id, format: body.format, ...(destination && { destination: destination.name }) },
      })
      const row = await exportById(tx, id)
      if (!row) throw notFound('export')
      return present(row)
    })
  })

  route(app, api.previewExport, 'signed_in', async ({ caller, params, body }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    checkContainer(body.format, body.as)
    await checkQuestion(deps, project, body)
    return previewExport(deps, project, body.format, body.as, body.options)
  })

  route(app, api.listExportTargets, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    const { form, remembered } = await database.transaction(
      { organization: project.organization_id },
      async (tx) => ({
        form: await formOf(tx, project.id, project.form_version),
        remembered: await rememberedOptions(tx, project.id),
      }),
    )
    // With a threshold and options that mean good, as the wizard offers them.
    const options = {
      ...exportOptions.parse({}),
      goodFrom: 0,
      goodOptions: form.questions.flatMap((each) =>
        each.type === 'choice' ? each.options.map(({ value }) => value) : [],
      ),
    }
    return {
      remembered,
      items: exportFormat.options.map(
        (format): ExportTarget => ({
          format,
          feeds: feeds(form, format, options),
          questions: decidersOf(form, format, options).map(({ key, label, question }) => ({
            key,
            label,
            type: question.type,
          })),
          needs: [...formatNeeds[format]],
          containers: [...containersOf(format)],
        }),
      ),
    }
  })

  route(app, api.listExports, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    const rows = await database.transaction({ organization: project.organization_id }, (tx) =>
      exportsOfProject(tx, project.id),
    )
    return { items: rows.map(present) }
  })

  route(app, api.getExport, 'signed_in', async ({ caller, params }) =>
    present(await requireExport(deps, caller, params.id)),
  )

  route(app, api.deliverExport, 'signed_in', async ({ caller, params }) => {
    const row = await requireExport(deps, caller, params.id, 'manager')
    const { organization_id: organizationId } = row
    return database.transaction({ organization: organizationId }, async (tx) => {
      if (row.status !== 'done' || !row.destination_id)
        throw new AppError('conflict', 'Only a finished export with a destination can be sent.')
      await saveDelivery(tx, row.id, { state: 'waiting', url: null, error: null })
      await addJob(tx, 'deliver_export', { exportId: row.id, organizationId })
      const now = await exportById(tx, row.id)
      if (!now) throw notFound('export')
      return present(now)
    })
  })

  route(app, api.getExportKey, 'anyone', async () => {
    const { publicKey, keyId } = signingKey(deps.secret)
    return { algorithm: 'Ed25519' as const, publicKey, keyId }
  })

  route(app, api.getExportFile, 'signed_in', async ({ caller, params, reply }) => {
    const row = await requireExport(deps, caller, params.id)
    const scope = { organization: row.organization_id }
    const file = await database.transaction(scope, (tx) => fileOf(tx, row.id, params.name))
    if (!file) throw notFound('file')
    return reply
      .type(typeOf(file.name))
      .header('content-length', String(file.bytes))
      .header('content-disposition', `attachment; filename="${basename(file.name)}"`)
      .header('etag', `"${file.sha256}"`)
      .send(Readable.from(readExportFile(deps, row, file), { objectMode: false }))
  })

  route(app, api.getExportArchive, 'signed_in', async ({ caller, params, reply }) => {
    const row = await requireExport(deps, caller, params.id)
    if (row.status !== 'done') throw new AppError('conflict', 'The export is not made yet.')
    const images = await database.transaction({ organization: row.organization_id }, (tx) =>
      imagesOfExport(tx, row.id),
    )
    const files = [...row.files, ...images].map((file) => ({
      ...file,
      read: () => readExportFile(deps, row, file),
    }))
    return reply
      .type('application/zip')
      .header('content-length', String(zipLength(files)))
      .header('content-disposition', `attachment; filename="${row.format}-${row.id.slice(-8)}.zip"`)
      .send(Readable.from(zipStream(files), { objectMode: false }))
  })
}

/** An export of a project that the caller may read; anything else is not found. */
async function requireExport(
  deps: Deps,
  caller: Caller,
  id: string,
  atLeast: 'viewer' | 'manager' = 'viewer',
): Promise<ExportRow> {
  const row = await deps.database.transaction('system', (tx) => exportById(tx, id))
  if (!row) throw notFound('export')
  await requireProject(deps, caller, row.project_id, atLeast)
  return row
}

/** @throws AppError invalid_input when a format cannot be written in that way */
function checkContainer(format: ExportFormat, as: ExportJob['as']): void {
  const possible: readonly string[] = containersOf(format)
  if (possible.includes(as)) return
  const message = `${format} is written as ${possible.join(', ')}.`
  throw new AppError('invalid_input', message, { issues: [{ path: 'as', code: 'not_possible', message }] })
}

/** @throws AppError invalid_input when the question that is to decide is none that can decide the rows of the format */
async function checkQuestion(
  { database }: Deps,
  project: ProjectHeader,
  { format, options }: { format: ExportFormat; options: ExportOptions },
): Promise<void> {
  if (options.question === null) return
  const form = await database.transaction({ organization: project.organization_id }, (tx) =>
    formOf(tx, project.id, project.form_version),
  )
  const keys = decidersOf(form, format, options).map(({ key }) => key)
  if (keys.includes(options.question)) return
  const message =
    keys.length === 0
      ? `No question of the form can decide the rows of ${format}; leave it out.`
      : `No question "${options.question}" can decide the rows of ${format}. Use one of: ${keys.join(', ')}.`
  throw new AppError('invalid_input', message, {
    issues: [{ path: 'options.question', code: 'unknown', message }],
  })
}

async function destinationOf(tx: Tx, id: string) {
  const found = await destinationById(tx, id)
  if (found) return found
  const message = 'The organization has no such destination.'
  throw new AppError('invalid_input', message, {
    issues: [{ path: 'destinationId', code: 'unknown', message }],
  })
}

function typeOf(name: string): string {
  const image = /\.(png|jpg|webp)$/.exec(name)
  if (image) return image[1] === 'jpg' ? 'image/jpeg' : `image/${image[1]}`
  if (name.endsWith('.parquet')) return 'application/vnd.apache.parquet'
  if (name.endsWith('.csv')) return 'text/csv; charset=utf-8'
  if (name.endsWith('.xml')) return 'application/xml; charset=utf-8'
  if (name.endsWith('.jsonl')) return 'application/x-ndjson; charset=utf-8'
  return name.endsWith('.json') ? 'application/json; charset=utf-8' : 'text/markdown; charset=utf-8'
}

function present(row: ExportRow): ExportJob {
  return {
    id: row.id,
    projectId: row.project_id,
    format: row.format as ExportJob['format'],
    as: row.container,
    status: row.status as ExportJob['status'],
    progress: row.progress,
    rows: row.rows === null ? null : Number(row.rows),
    dropped: row.dropped as Record<string, number> | null,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    delivery:
      row.delivery_state === null
        ? null
        : {
            destination: row.destination_name ?? '',
            state: row.delivery_state as NonNullable<ExportJob['delivery']>['state'],
            url: row.delivery_url,
            error: row.delivery_error,
          },
    images: { files: row.images, bytes: Number(row.image_bytes) },
    files: row.files.map(({ blob: _, ...file }) => ({
      ...file,
      url: `/api/v1/exports/${row.id}/files/${encodeURIComponent(file.name)}`,
    })),
  }
}
