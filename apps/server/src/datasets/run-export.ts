import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ExportFormat, exportOptions } from '@groundwork/contract'
import { type FileEntry, FormatError, type SavedAs, saveWritten } from '@groundwork/formats'
import { AppError, addJob, type Deps, publish } from '../platform/index.ts'
import { formOf, projectHeader } from '../projects/index.ts'
import { type ConsensusSource, qualityOf, recomputeConsensus, reliabilitiesOf } from '../quality/index.ts'
import { ExportFileWriter } from './export-file-writer.ts'
import {
  beginExport,
  completeExport,
  type ExportRow,
  failExport,
  requeueExport,
  saveProgress,
} from './export-queries.ts'
import { type Described, describe, manifestOf } from './exporting/describe-export.ts'
import { ExportImages } from './exporting/export-images.ts'
import { tasksOf } from './exporting/export-tasks.ts'
import { expertiseOf, projectFacts } from './exporting/facts-queries.ts'
import { showsImages } from './exporting/image-queries.ts'
import { holdsImages, imageStyle, savedImages } from './exporting/image-style.ts'
import { furtherColumns, RowChain, SIDECAR } from './exporting/row-columns.ts'
import { signingKey } from './exporting/sealed.ts'
import { type RowContext, writeRows } from './exporting/write-rows.ts'
import { planOf } from './feedback/registry.ts'
import { blobKey, putBlob, touchBlobs } from './media/index.ts'
import { countTasks } from './result-queries.ts'

/** An export that fails so often has a fault of its own. */
const MOST_ATTEMPTS = 4

/**
 * Makes the files of an export. Running it again after a crash, or after the server was stopped in the middle, starts anew and gives the same
 * bytes.
 * @throws Error when it failed and is worth another try, which the queue then makes
 */
export async function runExport(deps: Deps, exportId: string, organizationId: string): Promise<void> {
  const scope = { organization: organizationId }
  const job = await deps.database.transaction(scope, (tx) => beginExport(tx, exportId))
  if (!job) return
  try {
    // The newest judgments count, even when the background has not come to them yet.
    const source = await recomputeConsensus(deps, job.project_id, organizationId, { full: true })
    await writeFiles(deps, job, source)
  } catch (error) {
    deps.log.error({ err: error, exportId, attempt: job.attempts }, 'export failed')
    const dropped = error instanceof NoRows ? error.dropped : null
    const final =
      dropped !== null ||
      error instanceof FormatError ||
      error instanceof AppError ||
      job.attempts >= MOST_ATTEMPTS
    const message = error instanceof Error ? error.message : String(error)
    await deps.database.transaction(scope, (tx) =>
      final ? failExport(tx, exportId, message, dropped) : requeueExport(tx, exportId),
    )
    if (!final) throw error
  }
}

/** A set without rows is of no use to anybody, no loader takes it, and sent to a destination it would stand in the place of a good one. */
class NoRows extends Error {
  readonly dropped: Record<string, number>

  constructor(tasks: number, dropped: Record<string, number>) {
    const reasons = Object.entries(dropped).sort(([, one], [, other]) => other - one)
    super(
      tasks === 0
        ? 'The project has no tasks yet.'
        : reasons.length === 0
          ? 'No task gives a row yet: none is judged.'
          : `No task gives a row. Left out: ${reasons.map(([reason, n]) => `${n} ${reason}`).join(', ')}.`,
    )
    this.dropped = dropped
  }
}

async function writeFiles(deps: Deps, job: ExportRow, source: ConsensusSource): Promise<void> {
  const scope = { organization: job.organization_id }
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-export-'))
  try {
    const known = await deps.database.transaction(scope, async (tx) => {
      const project = await projectHeader(tx, job.project_id)
      if (!project) throw new Error('The project is gone.')
      return {
        project,
        form: await formOf(tx, project.id, project.form_version),
        reliabilities: await reliabilitiesOf(tx, project.id),
        expertise: await expertiseOf(tx, project.id),
        facts: await projectFacts(tx, project.id),
        agreement: (await qualityOf(tx, project.id))?.agreement ?? null,
        tasks: await countTasks(tx, project.id),
        pictured: await showsImages(tx, project.id),
      }
    })
    const format = job.format as ExportFormat
    const options = exportOptions.parse(job.options)
    const as = job.container as SavedAs
    const chain = new RowChain()
    const style = imageStyle(format, as, options, known.pictured)
    const images = new ExportImages(deps, known.project.organization_id, style)
    const columns = furtherColumns(format, options, style)
    const sidecar = new Sidecar(deps, job)
    const plan = planOf(known.form, format, options)
    const context: RowContext = {
      projectId: known.project.id,
      plan,
      reliabilities: known.reliabilities,
      expertise: known.expertise,
      chain,
      images,
      onSidecar: (line) => sidecar.write(line),
    }
    const advance = progress(deps, job, known.tasks)
    const tasks = tasksOf(deps, known.project, advance, undefined, (page) => images.lookUp(page))
    const written = writeRows(tasks, context)
    const saved = await saveWritten(written, {
      ...{ format, as, folder, columns, images: savedImages(style) },
      ...{ margin: options.margin, plain: options.plain, spreadsheetSafe: options.spreadsheetSafe },
    })
    if (saved.length === 0) throw new NoRows(known.tasks, written.report.dropped)
    const blobs: Blobs = new Map()
    for (const file of saved) {
      const path = join(folder, file.name)
      if (holdsImages(style)) blobs.set(file.name, await storeBlob(deps, file, path))
      else await store(deps, job, file.name, path)
    }
    const beside = style === 'files' ? images.used() : []
    for (const { path, sha256 } of beside) blobs.set(path, blobKey(sha256))
    const set: Described = {
      ...known,
      plan,
      format,
      as,
      options,
      version: deps.version,
      source,
      report: written.report,
      files: [...saved, ...(await sidecar.end())],
      images: beside.map(({ path, bytes, sha256 }) => ({ name: path, bytes, sha256 })),
      imageStyle: style,
      columns,
      chain,
      key: signingKey(deps.secret),
    }
    await finish(deps, job, set, blobs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Where bytes are that are not in the database, by the name of the file. */
type Blobs = Map<string, string>

/** Stores what describes the data, and notes that the export is made. */
async function finish(deps: Deps, job: ExportRow, set: Described, blobs: Blobs): Promise<void> {
  const described: FileEntry[] = []
  for (const { name, text } of describe(set)) described.push(await storeText(deps, job, name, text))
  const manifest = await storeText(deps, job, 'manifest.json', manifestOf(set, described))
  const stored = (file: FileEntry) => ({ ...file, blob: blobs.get(file.name) ?? null })
  // Whatever happens to the assets from now on, nothing removes these bytes before the export names them.
  await deps.database.transaction('system', (tx) => touchBlobs(tx, relied(set, blobs)))
  await deps.database.transaction({ organization: job.organization_id }, async (tx) => {
    await completeExport(tx, {
      id: job.id,
      organizationId: job.organization_id,
      rows: set.report.kept,
      dropped: set.report.dropped,
      files: [...set.files, ...described, manifest].map(stored),
      images: set.images.map(stored),
    })
    await publish(tx, {
      kind: 'export.ready',
      organizationId: job.organization_id,
      payload: { projectId: job.project_id, exportId: job.id },
    })
    if (job.delivery_state === 'waiting')
      await addJob(tx, 'deliver_export', { exportId: job.id, organizationId: job.organization_id })
  })
}

/** Different images have different hashes; files that are alike are one blob. */
function relied(set: Described, blobs: Blobs): { key: string; sha256: string }[] {
  const byKey = new Map(
    [...set.files, ...set.images].flatMap(({ name, sha256 }) => {
      const key = blobs.get(name)
      return key === undefined ? [] : [[key, { key, sha256 }] as const]
    }),
  )
  return [...byKey.values()]
}

function progress({ database }: Deps, job: ExportRow, all: number): (seen: number) => Promise<void> {
  return (seen) =>
    database.transaction({ organization: job.organization_id }, (tx) =>
      saveProgress(tx, job.id, Math.min(seen / Math.max(all, 1), 0.99)),
    )
}

async function store(deps: Deps, job: ExportRow, name: string, path: string): Promise<void> {
  const writer = new ExportFileWriter(deps, job, name)
  for await (const bytes of createReadStream(path, { highWaterMark: 256 * 1024 })) await writer.write(bytes)
  await writer.end()
}

/** A file with the bytes of images goes where images are: the database would keep them a second time. */
async function storeBlob(deps: Deps, { sha256 }: FileEntry, path: string): Promise<string> {
  const key = `exports/${sha256.slice(0, 2)}/${sha256}`
  await putBlob(deps, { key, sha256, type: 'application/octet-stream' }, () => createReadStream(path))
  return key
}

async function storeText(deps: Deps, job: ExportRow, name: string, text: string): Promise<FileEntry> {
  const writer = new ExportFileWriter(deps, job, name)
  await writer.write(text)
  return writer.end()
}

/** The file beside the data; it is only there when something was written. */
class Sidecar {
  readonly #writer: ExportFileWriter
  #lines = 0

  constructor(deps: Deps, job: ExportRow) {
    this.#writer = new ExportFileWriter(deps, job, SIDECAR)
  }

  async write(line: string): Promise<void> {
    this.#lines++
    await this.#writer.write(`${line}\n`)
  }

  async end(): Promise<FileEntry[]> {
    return this.#lines > 0 ? [await this.#writer.end()] : []
  }
}
