import { Readable } from 'node:stream'
import { api, type Form, type ImportRecord, type ReferenceJudgment } from '@groundwork/contract'
import type { FastifyInstance } from 'fastify'
import { textCell } from '../payouts/index.ts'
import { type Caller, type Deps, notFound, route } from '../platform/index.ts'
import { formOf, requireProject } from '../projects/index.ts'
import { type ImportRow, importById, importsOfProject, rejectedRows, wantCancel } from './import-queries.ts'
import { importTasks } from './import-tasks.ts'
import { storeImport } from './importing/background-import.ts'
import { referencesOf } from './importing/reference-queries.ts'
import { previewImport } from './preview-import.ts'
import { seqOfTask } from './task-page-queries.ts'

/** A request without a body gives an empty file, which the reader refuses in plain words. */
async function* bytesOf(body: unknown): AsyncGenerator<Uint8Array> {
  if (body) yield* body as AsyncIterable<Uint8Array>
}

export function importRoutes(app: FastifyInstance, deps: Deps): void {
  const { database } = deps

  route(app, api.importTasks, 'signed_in', async ({ caller, params, query, body, request }) => {
    const project = await requireProject(deps, caller, params.id, 'manager')
    const { background, ...rest } = query
    const announced = Number(request.headers['content-length'] ?? Number.NaN)
    const input = {
      project,
      source: bytesOf(body),
      ...rest,
      startedBy: caller.userId,
      bytesAll: Number.isSafeInteger(announced) ? announced : null,
    }
    return background === 'true' ? storeImport(deps, input) : importTasks(deps, input)
  })

  route(app, api.previewImport, 'signed_in', async ({ caller, query, body }) => {
    const { projectId, ...rest } = query
    const form = projectId === undefined ? undefined : await formOfProject(deps, caller, projectId)
    return previewImport(bytesOf(body), { ...rest, form })
  })

  route(app, api.listImports, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    const rows = await database.transaction({ organization: project.organization_id }, (tx) =>
      importsOfProject(tx, project.id),
    )
    return { items: rows.map(present) }
  })

  route(app, api.getImport, 'signed_in', async ({ caller, params }) =>
    present(await requireImport(deps, caller, params.id, 'viewer')),
  )

  route(app, api.cancelImport, 'signed_in', async ({ caller, params }) => {
    const row = await requireImport(deps, caller, params.id, 'manager')
    return database.transaction({ organization: row.organization_id }, async (tx) => {
      await wantCancel(tx, row.id)
      const now = await importById(tx, row.id)
      if (!now) throw notFound('import')
      return present(now)
    })
  })

  route(app, api.getRejectedRows, 'signed_in', async ({ caller, params, reply }) => {
    const row = await requireImport(deps, caller, params.id, 'viewer')
    const name = `rejected-${row.id.slice(-8)}.csv`
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(rejectedCsv(deps, row)))
  })

  route(app, api.listReferences, 'signed_in', async ({ caller, params }) => {
    const project = await requireProject(deps, caller, params.id, 'viewer')
    return database.transaction({ organization: project.organization_id }, async (tx) => {
      if ((await seqOfTask(tx, project.id, params.taskId)) === undefined) throw notFound('task')
      const rows = await referencesOf(tx, params.taskId)
      return {
        items: rows.map((row) => ({
          by: row.annotator,
          rationale: row.rationale,
          verdict: row.verdict as ReferenceJudgment['verdict'],
        })),
      }
    })
  })
}

async function formOfProject(deps: Deps, caller: Caller, projectId: string): Promise<Form> {
  const project = await requireProject(deps, caller, projectId, 'viewer')
  return deps.database.transaction({ organization: project.organization_id }, (tx) =>
    formOf(tx, project.id, project.form_version),
  )
}

/** An import of a project in which the caller has the role; anything else is not found. */
async function requireImport(
  deps: Deps,
  caller: Caller,
  id: string,
  atLeast: 'viewer' | 'manager',
): Promise<ImportRow> {
  const row = await deps.database.transaction('system', (tx) => importById(tx, id))
  if (!row) throw notFound('import')
  await requireProject(deps, caller, row.project_id, atLeast)
  return row
}

const PAGE = 1_000

async function* rejectedCsv({ database }: Deps, row: ImportRow): AsyncGenerator<string> {
  yield 'line,code,message\r\n'
  let after = -1
  for (;;) {
    const page = await database.transaction({ organization: row.organization_id }, (tx) =>
      rejectedRows(tx, row.id, after, PAGE),
    )
    if (page.length > 0)
      yield page.map(({ line, code, message }) => `${line},${code},${textCell(message)}\r\n`).join('')
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.item
  }
}

function present(row: ImportRow): ImportRecord {
  const read = Number(row.bytes_read)
  const all = row.bytes_all === null ? null : Number(row.bytes_all)
  const passed = (row.alive_at.getTime() - row.started_at.getTime()) / 1000
  const running = row.state === 'running' && all !== null && read > 0 && passed > 1
  return {
    id: row.id,
    format: row.format,
    fileName: row.file_name,
    state: row.state as ImportRecord['state'],
    created: row.created,
    duplicates: row.duplicates,
    knownAnswers: { set: row.known_answers, unusable: row.without_known_answer },
    rejected: row.rejected as ImportRecord['rejected'],
    rejectedCount: row.rejected_count,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    bytes: { read, all },
    rows: row.items_done,
    secondsLeft: running ? Math.max(0, Math.round((passed / read) * (all - read))) : null,
    error: row.error,
    evidence: row.evidence,
  }
}
