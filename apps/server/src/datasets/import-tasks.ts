import type { Imported, ImportFormat } from '@groundwork/contract'
import { FormatError, parseMap } from '@groundwork/formats'
import { AppError, type Deps, newId, recordAudit, type Tx } from '../platform/index.ts'
import type { ProjectHeader } from '../projects/index.ts'
import { endImport, type ImportRow, importById, insertImport } from './import-queries.ts'
import { Canceled, reasonOf, runImport } from './importing/run-import.ts'

export type ImportInput = {
  project: ProjectHeader
  source: AsyncIterable<Uint8Array>
  format: ImportFormat
  map?: string | undefined
  fileName?: string | undefined
  annotations?: 'ignore' | 'reference' | 'gold'
  startedBy: string | null
  /** As the sender announces it. */
  bytesAll?: number | null
}

/**
 * Reads a file as it comes in into tasks. A file that broke off can simply be sent again: what went in counts as duplicates.
 * @throws AppError import_rejected when nothing of the file can be read, project_closed when the project is finished
 */
export async function importTasks(deps: Deps, input: ImportInput): Promise<Imported> {
  const { database } = deps
  const { project } = input
  checkInput(input)
  const scope = { organization: project.organization_id }
  const id = newId()
  const { format, map = null, annotations = 'gold', startedBy } = input
  await database.transaction(scope, (tx) =>
    insertImport(tx, {
      ...{ id, format, map, annotations, startedBy, background: false },
      organizationId: project.organization_id,
      projectId: project.id,
      fileName: input.fileName ?? null,
      bytesAll: input.bytesAll ?? null,
    }),
  )
  try {
    await runImport(deps, {
      ...{ id, project, format, map, annotations, startedBy, itemsDone: 0 },
      source: input.source,
    })
  } catch (error) {
    const state = error instanceof Canceled ? 'canceled' : 'broken_off'
    await database.transaction(scope, (tx) => endImport(tx, id, state, reasonOf(error)))
    if (error instanceof FormatError) throw rejectedFile(error)
    if (!(error instanceof Canceled)) throw error
  }
  return database.transaction(scope, async (tx) => {
    const row = (await completeImport(tx, id, startedBy)) ?? (await importById(tx, id))
    if (!row) throw new Error('The import is gone.')
    return presentImported(row)
  })
}

/** @throws AppError when the project takes no tasks, or the field map is none */
export function checkInput({ project, map }: Pick<ImportInput, 'project' | 'map'>): void {
  if (project.state === 'finished') {
    throw new AppError('project_closed', 'The project is finished and takes no more tasks.', {
      state: project.state,
    })
  }
  readMap(map)
}

/** Notes that all of a file is in. Undefined when it had ended already. */
export async function completeImport(
  tx: Tx,
  id: string,
  startedBy: string | null,
): Promise<ImportRow | undefined> {
  const row = await endImport(tx, id, 'done', null)
  if (row) {
    await recordAudit(tx, {
      organizationId: row.organization_id,
      actorId: startedBy,
      action: 'tasks.imported',
      subject: { kind: 'project', id: row.project_id },
      details: {
        importId: id,
        created: row.created,
        duplicates: row.duplicates,
        knownAnswers: row.known_answers,
        rejected: row.rejected_count,
      },
    })
  }
  return row
}

export const presentImported = (row: ImportRow): Imported => ({
  id: row.id,
  format: row.format,
  state: row.state as NonNullable<Imported['state']>,
  created: row.created,
  duplicates: row.duplicates,
  knownAnswers: { set: row.known_answers, unusable: row.without_known_answer },
  rejected: row.rejected as Imported['rejected'],
  rejectedCount: row.rejected_count,
})

export function readMap(text: string | undefined) {
  try {
    return text ? parseMap(text) : undefined
  } catch (error) {
    throw error instanceof FormatError ? rejectedFile(error) : error
  }
}

export const rejectedFile = (error: FormatError) =>
  new AppError('import_rejected', error.message, { reason: error.code })
