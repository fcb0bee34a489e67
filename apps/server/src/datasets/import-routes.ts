import { api, type ImportFormat } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, route } from '../platform/index.ts'
import { requireProject } from '../projects/index.ts'
import { importsOfProject } from './import-queries.ts'
import { importTasks } from './import-tasks.ts'
import { previewImport } from './preview-import.ts'

/** A request without a body gives an empty file, which the reader refuses in plain words. */
async function* bytesOf(body: unknown): AsyncGenerator<Uint8Array> {
  if (body) yield* body as AsyncIterable<Uint8Array>
}

export function importRoutes(app: FastifyInstance, deps: Deps): void {
  route(app, api.importTasks, 'signed_in', async ({ caller, params, query, body }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    return importTasks(deps, { project, source: bytesOf(body), ...query, startedBy: caller.userId })
  })

  route(app, api.previewImport, 'signed_in', async ({ query, body }) => previewImport(bytesOf(body), query))

  route(app, api.listImports, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    const rows = await deps.database.transaction({ organization: project.organization_id }, (tx) =>
      importsOfProject(tx, project.id),
    )
    return {
      items: rows.map((row) => ({
        id: row.id,
        format: row.format as ImportFormat,
        fileName: row.file_name,
        state: row.state as 'running' | 'done' | 'broken_off',
        created: row.created,
        duplicates: row.duplicates,
        rejected: row.rejected as { line: number; code: string; message: string }[],
        rejectedCount: row.rejected_count,
        startedAt: row.started_at.toISOString(),
        finishedAt: row.finished_at?.toISOString() ?? null,
        bytes: { read: 0, all: null },
        rows: row.created + row.duplicates + row.rejected_count,
        secondsLeft: null,
        error: null,
        evidence: null,
      })),
    }
  })
}
