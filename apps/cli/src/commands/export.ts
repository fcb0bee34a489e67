import { createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type ExportContainer,
  type ExportFormat,
  type ExportJob,
  exportContainer,
  exportFormat,
  exportOptions,
  type RememberedOptions,
} from '@groundwork/contract'
import { type Command, Option } from 'commander'
import { openClient, UsageError } from '../environment.ts'
import { type Output, print, progressBar } from '../output.ts'

type ExportFlags = {
  format: ExportFormat
  as?: ExportContainer
  out?: string
  option: Record<string, unknown>
  margin?: 'none' | 'strength'
  minConfidence?: string
  minJudgments?: string
  testShare?: string
  seed?: string
  names?: boolean
  to?: string
  preview?: boolean
}

/** `export PROJECT --format F --out DIR` */
export function addExport(program: Command): void {
  program
    .command('export <project>')
    .description('make a training set and download it with its manifest, dataset card and datasheet')
    .addOption(new Option('--format <format>').choices(exportFormat.options).makeOptionMandatory())
    .option('--out <folder>', 'where the files go; needed unless --to or --preview is given')
    .addOption(new Option('--as <container>', 'jsonl, or json for COCO').choices(exportContainer.options))
    .option(
      '--option <key=value>',
      `any option of an export, again and again: ${Object.keys(exportOptions.shape).join(', ')}`,
      readOption,
      {},
    )
    .option('--margin <kind>', 'none, or strength for a margin column (reward models)')
    .option('--min-confidence <share>', 'leave out tasks whose consensus is less sure')
    .option('--min-judgments <n>', 'leave out tasks with fewer judgments')
    .option('--test-share <share>', 'part of the tasks that goes into a test split')
    .option('--seed <n>', 'of the split')
    .option('--names', 'real names of trainers instead of pseudonyms')
    .option('--to <destination>', 'also send the files to a destination of the organization, by its name')
    .option('--preview', 'only say what the export would hold')
    .action(async (id: string, flags: ExportFlags, command: Command) => {
      const output = command.optsWithGlobals<Output>()
      const as = flags.as ?? (flags.format === 'coco' ? 'json' : 'jsonl')
      const remembered = await mustFeed(id, flags.format)
      const body = { format: flags.format, as, options: { ...remembered, ...optionsOf(flags) } }
      if (flags.preview) return preview(id, body, output)
      if (!flags.out && !flags.to)
        throw new UsageError('Say where the files go: --out FOLDER, or --to DESTINATION.')
      const client = openClient()
      const destinationId = flags.to ? await destinationNamed(id, flags.to) : null
      const begun = await client.createExport({ params: { id }, body: { ...body, destinationId } })
      const job = await finished(begun)
      if (flags.out) await download(job, flags.out)
      const dropped = Object.entries(job.dropped ?? {})
      print(output, job, () =>
        [
          `${job.rows} rows${flags.out ? ` in ${flags.out}` : ''}: ${job.files.map((file) => file.name).join(', ')}`,
          ...(job.images.files > 0
            ? [`with ${imagesOf(job.images.files, job.images.bytes)} in images/`]
            : []),
          ...dropped.map(([reason, count]) => `  ${count} left out: ${reason}`),
          ...(job.delivery?.url ? [`Sent to ${job.delivery.destination}: ${job.delivery.url}`] : []),
        ].join('\n'),
      )
    })
}

/**
 * A form that asks nothing of what the format holds would give a file without rows.
 * @returns what the exports before said of the licence and of help by AI
 */
async function mustFeed(id: string, format: ExportFormat): Promise<RememberedOptions> {
  const { items, remembered } = await openClient().listExportTargets({ params: { id } })
  const target = items.find((each) => each.format === format)
  if (!target || target.feeds) return remembered
  const fit = items.filter(({ feeds }) => feeds).map((each) => each.format)
  throw new UsageError(
    `The form of this project cannot fill ${format}, which needs: ${target.needs.join(' or ')}. It can fill: ${fit.join(', ')}.`,
  )
}

/** `key=value`; the value is JSON where it can be, and text otherwise. */
function readOption(text: string, known: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=')
  const [key, value] = at < 0 ? [text, 'true'] : [text.slice(0, at), text.slice(at + 1)]
  if (!(key in exportOptions.shape)) {
    const names = Object.keys(exportOptions.shape).join(', ')
    throw new UsageError(`There is no option "${key}". There are: ${names}.`)
  }
  try {
    return { ...known, [key]: JSON.parse(value) }
  } catch {
    return { ...known, [key]: value }
  }
}

function optionsOf(flags: ExportFlags): Record<string, unknown> {
  const number = (value: string | undefined) => (value === undefined ? undefined : Number(value))
  const options = {
    margin: flags.margin,
    minConfidence: number(flags.minConfidence),
    minJudgments: number(flags.minJudgments),
    testShare: number(flags.testShare),
    seed: number(flags.seed),
    people: flags.names ? ('names' as const) : undefined,
    ...flags.option,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

async function preview(
  id: string,
  body: { format: ExportFormat; as: ExportContainer; options: Record<string, unknown> },
  output: Output,
): Promise<void> {
  const seen = await openClient().previewExport({ params: { id }, body })
  print(output, seen, () =>
    [
      `${seen.estimate ? 'About ' : ''}${seen.rows} rows of ${seen.tasks.all} tasks${seen.estimate ? `, projected from the first ${seen.tasks.seen}` : ''}.`,
      ...(seen.media && seen.media.images > 0
        ? [
            `${seen.media.as === 'references' ? 'naming' : 'with'} ${imagesOf(seen.media.images, seen.media.bytes)}`,
          ]
        : []),
      ...Object.entries(seen.dropped).map(([reason, count]) => `  ${count} left out: ${reason}`),
      ...seen.sample.map((row) => JSON.stringify(row)),
    ].join('\n'),
  )
}

async function destinationNamed(projectId: string, name: string): Promise<string> {
  const client = openClient()
  const { organizationId } = await client.getProject({ params: { id: projectId } })
  const { items } = await client.listDestinations({ params: { id: organizationId } })
  const found = items.find((each) => each.name === name)
  if (found) return found.id
  const names = items.map((each) => `"${each.name}"`).join(', ')
  throw new UsageError(
    `There is no destination "${name}". ${names ? `There are: ${names}.` : 'Add one under Exports.'}`,
  )
}

/** Waits until an export is made, and sent where that was asked for. */
async function finished(begun: ExportJob): Promise<ExportJob> {
  const client = openClient()
  const bar = progressBar('Exporting', 100, '%')
  try {
    let job = begun
    while (
      job.status === 'queued' ||
      job.status === 'running' ||
      (job.status === 'done' && job.delivery?.state === 'waiting')
    ) {
      await wait(250)
      job = await client.getExport({ params: { id: job.id } })
      bar.set(Math.round(job.progress * 100))
    }
    if (job.status === 'failed') throw new UsageError(`The export failed: ${job.error}`)
    if (job.delivery?.state === 'failed')
      throw new UsageError(
        `The export is made, but could not be sent to ${job.delivery.destination}: ${job.delivery.error}`,
      )
    return job
  } finally {
    bar.stop()
  }
}

const imagesOf = (count: number, bytes: number): string =>
  `${count} image${count === 1 ? '' : 's'}, ${(bytes / 2 ** 20).toFixed(1)} MB,`

/** Images that are downloaded at a time. */
const AT_A_TIME = 4

async function download(job: ExportJob, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const fetchFile = async (name: string) => {
    const response = await openClient().getExportFile({ params: { id: job.id, name } })
    if (response.body)
      await pipeline(Readable.fromWeb(response.body as never), createWriteStream(join(folder, name)))
  }
  for (const file of job.files) await fetchFile(file.name)
  if (job.images.files === 0) return
  const images = await listedImages(join(folder, 'manifest.json'))
  await mkdir(join(folder, 'images'), { recursive: true })
  const bar = progressBar('Images', images.length, '')
  let next = 0
  let done = 0
  const work = async () => {
    for (let name = images[next++]; name !== undefined; name = images[next++]) {
      await fetchFile(name)
      bar.set(++done)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_A_TIME }, work))
  } finally {
    bar.stop()
  }
}

/** The images that a manifest lists; nothing that leads out of their folder. */
async function listedImages(manifest: string): Promise<string[]> {
  const { files } = JSON.parse(await readFile(manifest, 'utf8')) as { files: { name: string }[] }
  return files.map(({ name }) => name).filter((name) => /^images\/[0-9a-f]{64}\.[a-z]+$/.test(name))
}
