import { Readable } from 'node:stream'
import { api, type ExportJob } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { addJob, type Caller, type Deps, newId, notFound, recordAudit, route } from '../platform/index.ts'
import { requireProject } from '../projects/index.ts'
import {
  chunkOf,
  type ExportRow,
  exportById,
  exportsOfProject,
  fileOf,
  insertExport,
} from './export-queries.ts'

export function exportRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.createExport, 'signed_in', async ({ caller, params, body }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    const organizationId = project.organization_id
    return database.transaction({ organization: organizationId }, async (tx) => {
      const id = newId()
      await insertExport(tx, { id, organizationId, projectId: project.id, ...body, createdBy: caller.userId })
      await addJob(tx, 'run_export', { exportId: id, organizationId })
      await recordAudit(tx, {
        organizationId,
        actorId: caller.userId,
        action: 'export.requested',
        subject: { kind: 'project', id: project.id },
        details: { exportId: id, format: body.format },
      })
      const row = await exportById(tx, id)
      if (!row) throw notFound('export')
      return present(row)
    })
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

  route(app, api.getExportFile, 'signed_in', async ({ caller, params, reply }) => {
    const row = await requireExport(deps, caller, params.id)
    const scope = { organization: row.organization_id }
    const file = await database.transaction(scope, (tx) => fileOf(tx, row.id, params.name))
    if (!file) throw notFound('file')
    async function* chunks() {
      for (let n = 0; ; n++) {
        const bytes = await database.transaction(scope, (tx) => chunkOf(tx, row.id, params.name, n))
        if (!bytes) return
        yield bytes
      }
    }
    return reply
      .type(typeOf(file.name))
      .header('content-length', String(file.bytes))
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .header('etag', `"${file.sha256}"`)
      .send(Readable.from(chunks(), { objectMode: false }))
  })
}

/** An export of a project that the caller may read; anything else is not found. */
async function requireExport(deps: Deps, caller: Caller, id: string): Promise<ExportRow> {
  const row = await deps.database.transaction('system', (tx) => exportById(tx, id))
  if (!row) throw notFound('export')
  await requireProject(deps, caller, row.project_id, 'viewer')
  return row
}

function typeOf(name: string): string {
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
    delivery: null,
    files: row.files.map((file) => ({
      ...file,
      url: `/api/v1/exports/${row.id}/files/${encodeURIComponent(file.name)}`,
    })),
  }
}
