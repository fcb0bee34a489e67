import type { Imported, ImportFormat, RejectedRow } from '@groundwork/contract'
import { dedupeKey, FormatError, parseMap, readTasks, type TaskItem } from '@groundwork/formats'
import { AppError, type Deps, newId, recordAudit } from '../platform/index.ts'
import { formOf, type ProjectHeader, projectHeader } from '../projects/index.ts'
import { addTasks } from '../tasks/index.ts'
import { endImport, type ImportCounts, insertImport } from './import-queries.ts'
import { hasImages, linkAssets, mediaResolver, openUpload } from './media/index.ts'
import { TaskBatches } from './task-batches.ts'
import { misfit, withAnswerIds } from './task-rules.ts'

/** Rejected rows that are told one by one; the rest is counted. */
const TOLD = 1_000
/** A row may hold images as data URLs. */
const MAX_RECORD_BYTES = 32 * 1024 * 1024

/** A task on its way, with the stored images that it shows. */
type NewItem = TaskItem & { assetIds: string[] }

export type ImportInput = {
  project: ProjectHeader
  source: AsyncIterable<Uint8Array>
  format: ImportFormat
  map?: string | undefined
  fileName?: string | undefined
  startedBy: string | null
}

/**
 * Reads a file as a stream into tasks. Good rows go in batch by batch, bad rows are reported by line, and rows that are there already
 * count as duplicates; so a file that broke off can simply be sent again.
 * @throws AppError import_rejected when nothing of the file can be read, project_closed when the project is finished
 */
export async function importTasks(deps: Deps, input: ImportInput): Promise<Imported> {
  const { database } = deps
  const { project } = input
  if (project.state === 'finished') {
    throw new AppError('project_closed', 'The project is finished and takes no more tasks.', {
      state: project.state,
    })
  }
  const scope = { organization: project.organization_id }
  const id = newId()
  const map = readMap(input.map)
  const form = await database.transaction(scope, (tx) => formOf(tx, project.id, project.form_version))
  await database.transaction(scope, (tx) =>
    insertImport(tx, {
      id,
      organizationId: project.organization_id,
      projectId: project.id,
      format: input.format,
      fileName: input.fileName ?? null,
      map: input.map ?? null,
      startedBy: input.startedBy,
    }),
  )
  const counts: ImportCounts = { created: 0, duplicates: 0, rejectedCount: 0, rejected: [] }
  let format: string = input.format
  const batches = new TaskBatches<NewItem>(async (batch) => {
    const added = await storeBatch(deps, project, batch)
    counts.created += added.created
    counts.duplicates += added.duplicates
  })
  const owner = { organizationId: project.organization_id, userId: input.startedBy }
  try {
    await using upload = await openUpload(input.source)
    const withAssets = mediaResolver(deps, owner, upload.files)
    const limits = { recordBytes: MAX_RECORD_BYTES }
    for await (const item of readTasks(upload.rows, { format: input.format, map, limits })) {
      if (item.kind === 'source') format = item.format
      else if (item.kind === 'rejected')
        reject(counts, { line: item.line, code: item.code, message: item.message })
      else if (item.kind === 'task') {
        const problem = misfit(form, item.task)
        if (problem) {
          reject(counts, { line: item.line, ...problem })
          continue
        }
        const shown = hasImages(item.task) ? await withAssets(item.task) : { task: item.task, assetIds: [] }
        if ('problem' in shown) {
          reject(counts, { line: item.line, ...shown.problem })
          continue
        }
        await batches.add({
          ...item,
          task: withAnswerIds(form, shown.task),
          assetIds: shown.assetIds,
          // What an image shows makes a task another one, not how the file names it.
          ...(shown.assetIds.length > 0 && { dedupeKey: dedupeKey(shown.task) }),
        })
      }
    }
    await batches.end()
  } catch (error) {
    await batches.settle()
    await database.transaction(scope, (tx) => endImport(tx, id, 'broken_off', format, counts))
    throw error instanceof FormatError ? rejectedFile(error) : error
  }
  await database.transaction(scope, async (tx) => {
    await endImport(tx, id, 'done', format, counts)
    await recordAudit(tx, {
      organizationId: project.organization_id,
      actorId: input.startedBy,
      action: 'tasks.imported',
      subject: { kind: 'project', id: project.id },
      details: {
        importId: id,
        created: counts.created,
        duplicates: counts.duplicates,
        rejected: counts.rejectedCount,
      },
    })
  })
  return { id, format, ...counts }
}

/**
 * Pay terms and state can change while a long file comes in; each batch goes by what holds when it is stored. Both stay until it is:
 * a launch in the middle would open slots for the tasks that it sees, and these would never get any.
 */
function storeBatch({ database }: Deps, project: ProjectHeader, batch: NewItem[]) {
  return database.transaction({ organization: project.organization_id }, async (tx) => {
    const now = await projectHeader(tx, project.id, 'share')
    if (!now || now.state === 'finished') {
      throw new AppError('project_closed', 'The project was finished while the file came in.', {
        state: 'finished',
      })
    }
    const added = await addTasks(
      tx,
      now,
      batch.map((item) => ({
        task: item.task,
        gold: item.gold ? { preference: item.gold } : null,
        dedupeKey: item.dedupeKey,
      })),
    )
    await linkAssets(tx, project, batch)
    return added
  })
}

function reject(counts: ImportCounts, row: RejectedRow): void {
  counts.rejectedCount++
  if (counts.rejected.length < TOLD) counts.rejected.push(row)
}

export function readMap(text: string | undefined) {
  try {
    return text ? parseMap(text) : undefined
  } catch (error) {
    throw error instanceof FormatError ? rejectedFile(error) : error
  }
}

export const rejectedFile = (error: FormatError) =>
  new AppError('import_rejected', error.message, { reason: error.code })
