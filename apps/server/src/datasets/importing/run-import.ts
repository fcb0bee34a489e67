import type { ImportFormat } from '@groundwork/contract'
import { dedupeKey, FormatError } from '@groundwork/formats'
import { AppError, type Deps, type Tx } from '../../platform/index.ts'
import { formOf, type ProjectHeader, projectHeader } from '../../projects/index.ts'
import { addTasks } from '../../tasks/index.ts'
import { advanceImport, keepImportAlive, QUICK_COMMIT, recognised } from '../import-queries.ts'
import { linkAssets, mediaResolver, openUpload, readAhead } from '../media/index.ts'
import { type Batch, ImportBatches } from './import-batches.ts'
import type { ImportItem, NewItem, RejectedItem } from './import-item.ts'
import { insertReferences } from './reference-queries.ts'
import { itemsOf } from './run-reader.ts'

/** A task on its way, with the stored images that it shows. */
type StoredItem = NewItem & { assetIds: string[] }
type Prepared = ImportItem | StoredItem

export type ImportRun = {
  id: string
  project: ProjectHeader
  source: AsyncIterable<Uint8Array>
  format: ImportFormat
  map: string | null
  annotations: 'ignore' | 'reference' | 'gold'
  startedBy: string | null
  /** Items that an earlier try has dealt with. */
  itemsDone: number
}

/** Thrown when somebody wanted the import to stop. What went in stays. */
export class Canceled extends Error {}

/** Rows whose images are decoded while others are stored. */
const IMAGES_AHEAD = 4

/** How often a reader says that it is alive while nothing is stored. */
const ALIVE_MS = 5_000

/**
 * Reads a file into tasks. Good rows go in batch by batch, each with a note of how far it is, bad rows are kept by line, and rows that are there already
 * count as duplicates. What an earlier try dealt with is read again and skipped.
 * @throws FormatError, AppError, Canceled, or what the source throws; what was stored before it stays
 */
export async function runImport(deps: Deps, run: ImportRun): Promise<void> {
  const { database } = deps
  const { project } = run
  const scope = { organization: project.organization_id }
  const form = await database.transaction(scope, (tx) => formOf(tx, project.id, project.form_version))
  let bytesRead = 0
  async function* counted() {
    for await (const chunk of run.source) {
      bytesRead += chunk.length
      yield chunk
    }
  }
  let stored = run.itemsDone
  let canceled = false
  const batches = new ImportBatches<StoredItem>(async (batch) => {
    const stop = await storeBatch(deps, run, batch, { bytesRead, itemsBefore: stored })
    stored += batch.items
    if (stop) canceled = true
  })
  const alive = setInterval(() => {
    database
      .transaction(scope, (tx) => keepImportAlive(tx, run.id, bytesRead))
      .then(
        (stop) => {
          if (stop) canceled = true
        },
        () => {},
      )
  }, ALIVE_MS)
  try {
    await using upload = await openUpload(counted())
    const owner = { organizationId: project.organization_id, userId: run.startedBy }
    const withAssets = mediaResolver(deps, owner, upload.files)
    const request = {
      format: run.format,
      map: run.map,
      form,
      annotations: run.annotations,
      skip: run.itemsDone,
    }
    const prepare = (items: ImportItem[]): Prepared[] | Promise<Prepared[]> =>
      items.some(showsImages)
        ? Promise.all(items.map((item) => (showsImages(item) ? shown(item, withAssets) : item)))
        : items
    for await (const items of readAhead(imagesApart(itemsOf(upload.rows, request)), IMAGES_AHEAD, prepare)) {
      if (canceled) throw new Canceled()
      for (const item of items) {
        if (item.kind === 'source')
          await database.transaction(scope, (tx) => recognised(tx, run.id, item.format, item.evidence))
        else if (batches.add(item.kind === 'task' ? withAssetIds(item) : item)) await batches.store()
      }
    }
    await batches.end()
    if (canceled) throw new Canceled()
  } finally {
    clearInterval(alive)
    await batches.settle()
  }
}

const showsImages = (item: ImportItem): item is NewItem => item.kind === 'task' && item.images

/** Items with images come alone, so that only so many are under way as there should be. */
async function* imagesApart(blocks: AsyncIterable<ImportItem[]>): AsyncGenerator<ImportItem[]> {
  for await (const items of blocks) {
    if (items.some(showsImages)) for (const item of items) yield [item]
    else yield items
  }
}

const withAssetIds = (item: NewItem | StoredItem): StoredItem =>
  'assetIds' in item ? item : { ...item, assetIds: [] }

/** The task with its images stored; what an image shows makes a task another one, not how the file names it. */
async function shown(
  item: NewItem,
  withAssets: ReturnType<typeof mediaResolver>,
): Promise<StoredItem | RejectedItem> {
  const { payload } = item
  const text = typeof payload === 'string' ? payload : Buffer.from(payload).toString()
  const found = await withAssets(JSON.parse(text))
  if ('problem' in found) return { kind: 'rejected', line: item.line, ...found.problem }
  return {
    ...item,
    payload: JSON.stringify(found.task),
    assetIds: found.assetIds,
    ...(found.assetIds.length > 0 && { dedupeKey: dedupeKey(found.task) }),
  }
}

/**
 * Pay terms and state can change while a long file comes in; each batch goes by what holds when it is stored. Both stay until it is:
 * a launch in the middle would open slots for the tasks that it sees, and these would never get any.
 * @returns whether somebody wants the import to stop
 */
function storeBatch(
  { database }: Deps,
  { id, project }: ImportRun,
  batch: Batch<StoredItem>,
  at: { bytesRead: number; itemsBefore: number },
): Promise<boolean> {
  const store = async (tx: Tx) => {
    const now = await projectHeader(tx, project.id, 'share')
    if (!now || now.state === 'finished') {
      throw new AppError('project_closed', 'The project was finished while the file came in.', {
        state: 'finished',
      })
    }
    const added = await addTasks(tx, now, batch.tasks)
    await linkAssets(tx, project, batch.tasks)
    await insertReferences(
      tx,
      project,
      id,
      batch.tasks.flatMap(({ dedupeKey: key, references }) =>
        references === null ? [] : [{ dedupeKey: key, references }],
      ),
    )
    const { items, rejected } = batch
    const unusable = batch.tasks.filter((each) => each.unusable).length
    const advance = { items, rejected, ...added, unusable, bytesRead: at.bytesRead }
    return advanceImport(tx, { id, organizationId: project.organization_id }, advance, at.itemsBefore)
  }
  return database.transaction({ organization: project.organization_id }, store, QUICK_COMMIT)
}

/** Why an import ended early, for the team. */
export function reasonOf(error: unknown): string {
  if (error instanceof FormatError || error instanceof AppError) return error.message
  return error instanceof Canceled ? 'Stopped.' : 'The connection, or the server, broke off.'
}
