import type { Imported, ImportFormat } from '@groundwork/contract'
import { FormatError } from '@groundwork/formats'
import { AppError, addJob, type Deps, newId, type PeriodicWork } from '../../platform/index.ts'
import { projectHeader } from '../../projects/index.ts'
import {
  beginImport,
  endImport,
  fileComplete,
  findAbandoned,
  importById,
  insertImport,
  saveImportChunk,
} from '../import-queries.ts'
import { checkInput, completeImport, type ImportInput, presentImported } from '../import-tasks.ts'
import { Canceled, reasonOf, runImport } from './run-import.ts'
import { ReaderKilled } from './run-reader.ts'
import { storedFile } from './stored-file-queries.ts'

const CHUNK_BYTES = 1024 * 1024
/** A file that ends its readers so often has something in it. */
const MOST_ATTEMPTS = 5

/**
 * Stores a file, to be read by a job.
 * @returns the import as it begins
 * @throws AppError project_closed, import_rejected for a field map that is none
 */
export async function storeImport(deps: Deps, input: ImportInput): Promise<Imported> {
  const { database } = deps
  const { project } = input
  checkInput(input)
  const scope = { organization: project.organization_id }
  const organizationId = project.organization_id
  const id = newId()
  await database.transaction(scope, (tx) =>
    insertImport(tx, {
      ...{ id, organizationId, format: input.format, startedBy: input.startedBy, background: true },
      projectId: project.id,
      fileName: input.fileName ?? null,
      map: input.map ?? null,
      annotations: input.annotations ?? 'gold',
      // Known when it is whole; until then nobody may read it.
      bytesAll: null,
    }),
  )
  try {
    const bytes = await storeFile(deps, organizationId, id, input.source)
    return await database.transaction(scope, async (tx) => {
      if (await fileComplete(tx, id, bytes)) await addJob(tx, 'run_import', { importId: id, organizationId })
      const row = await importById(tx, id)
      if (!row) throw new Error('The import is gone.')
      return presentImported(row)
    })
  } catch (error) {
    await database.transaction(scope, (tx) => endImport(tx, id, 'broken_off', reasonOf(error)))
    throw error
  }
}

/** @returns its size in bytes */
async function storeFile(
  { database }: Deps,
  organizationId: string,
  importId: string,
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  let waiting: Uint8Array[] = []
  let size = 0
  let n = 0
  let total = 0
  const store = async () => {
    const bytes = Buffer.concat(waiting)
    waiting = []
    size = 0
    await database.transaction({ organization: organizationId }, (tx) =>
      saveImportChunk(tx, { importId, organizationId, n: n++, bytes }),
    )
  }
  for await (const chunk of source) {
    waiting.push(chunk)
    size += chunk.length
    total += chunk.length
    if (size >= CHUNK_BYTES) await store()
  }
  if (size > 0) await store()
  return total
}

/**
 * Reads a stored file. Running it again after a crash goes on where the last stored batch ended.
 * @throws Error when it broke off and is worth another try, which the queue then makes
 */
export async function runImportJob(deps: Deps, importId: string, organizationId: string): Promise<void> {
  const { database } = deps
  const scope = { organization: organizationId }
  const found = await database.transaction(scope, async (tx) => {
    const row = await beginImport(tx, importId)
    return row && { row, project: await projectHeader(tx, row.project_id) }
  })
  if (!found) return
  const { row, project } = found
  try {
    if (!project) throw new AppError('not_found', 'The project is gone.')
    await runImport(deps, {
      id: importId,
      project,
      source: storedFile(database, organizationId, importId),
      format: row.format as ImportFormat,
      map: row.field_map,
      annotations: row.annotations as 'ignore' | 'reference' | 'gold',
      startedBy: row.started_by,
      itemsDone: row.items_done,
    })
  } catch (error) {
    const final =
      (error instanceof FormatError && !(error instanceof ReaderKilled)) ||
      error instanceof AppError ||
      error instanceof Canceled ||
      row.attempts >= MOST_ATTEMPTS
    if (!final) throw error
    const state = error instanceof Canceled ? 'canceled' : 'broken_off'
    await database.transaction(scope, (tx) => endImport(tx, importId, state, reasonOf(error)))
    return
  }
  await database.transaction(scope, (tx) => completeImport(tx, importId, row.started_by))
}

const EVERY_MS = 30_000

/** Imports whose process died: those with a stored file are gone on with, the others are broken off. */
export function abandonedImports(deps: Deps): PeriodicWork {
  return {
    name: 'abandoned imports',
    everyMs: EVERY_MS,
    work: () =>
      deps.database.transaction('system', async (tx) => {
        const found = await findAbandoned(tx)
        for (const { id, organizationId, resumable } of found) {
          if (resumable)
            await addJob(tx, 'run_import', { importId: id, organizationId }, { key: `import:${id}` })
          else
            await endImport(tx, id, 'broken_off', 'The server stopped while the file came in. Send it again.')
        }
        return false
      }),
  }
}
