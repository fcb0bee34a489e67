import type { exportOptions, PreferenceOutcome, TaskPayload } from '@groundwork/contract'
import {
  buildCard,
  buildManifest,
  type DecidedTask,
  type FileEntry,
  preferenceFeatures,
  type RawRow,
  usageOf,
  type WriteReport,
  writeRaw,
  writeTrlPreference,
} from '@groundwork/formats'
import type { z } from 'zod'
import type { Deps } from '../platform/index.ts'
import { type ProjectHeader, projectHeader } from '../projects/index.ts'
import { type ConsensusSource, recomputeConsensus } from '../quality/index.ts'
import { ExportFileWriter } from './export-file-writer.ts'
import { beginExport, completeExport, type ExportRow, failExport, saveProgress } from './export-queries.ts'
import { pseudonym } from './pseudonym.ts'
import { countTasks, type TaskResult, taskResults } from './result-queries.ts'

type Options = z.output<typeof exportOptions>

/** Tasks read at a time. */
const PAGE = 200

/** Makes the files of an export. Running it again after a crash starts anew and gives the same bytes. */
export async function runExport(deps: Deps, exportId: string, organizationId: string): Promise<void> {
  const scope = { organization: organizationId }
  const job = await deps.database.transaction(scope, (tx) => beginExport(tx, exportId))
  if (!job) return
  try {
    // The newest judgments count, even when the background has not come to them yet.
    const source = await recomputeConsensus(deps, job.project_id, organizationId, { full: true })
    await writeFiles(deps, job, source)
  } catch (error) {
    deps.log.error({ err: error, exportId }, 'export failed')
    const message = error instanceof Error ? error.message : String(error)
    await deps.database.transaction(scope, (tx) => failExport(tx, exportId, message))
  }
}

async function writeFiles(deps: Deps, job: ExportRow, source: ConsensusSource): Promise<void> {
  const scope = { organization: job.organization_id }
  const options = job.options as unknown as Options
  const project = await deps.database.transaction(scope, (tx) => projectHeader(tx, job.project_id))
  if (!project) throw new Error('The project is gone.')

  const rows = readTasksOf(deps, job)
  const { blocks, report } =
    job.format === 'raw'
      ? writeRaw(rawRows(rows, options, project.id))
      : writeTrlPreference(decidedRows(rows, options), options)
  const writers = new Map<string, ExportFileWriter>()
  const writer = (name: string) => {
    const known = writers.get(name) ?? new ExportFileWriter(deps, job, name)
    writers.set(name, known)
    return known
  }
  writer('train.jsonl')
  for await (const block of blocks) await writer(`${block.split}.jsonl`).write(block.text)

  const data: FileEntry[] = []
  for (const [name, each] of writers) {
    const split = name === 'test.jsonl' ? ('test' as const) : ('train' as const)
    data.push({ ...(await each.end()), rows: report.splits[split] ?? 0, split })
  }
  const described = await describe(deps, job, project, source, options, report, data)
  await deps.database.transaction(scope, (tx) =>
    completeExport(tx, {
      id: job.id,
      organizationId: job.organization_id,
      rows: report.kept,
      dropped: report.dropped,
      files: [...data, ...described],
    }),
  )
}

/** The dataset card and the manifest, which lists the hash of every other file. */
async function describe(
  deps: Deps,
  job: ExportRow,
  project: ProjectHeader,
  source: ConsensusSource,
  options: Options,
  report: WriteReport,
  data: FileEntry[],
): Promise<FileEntry[]> {
  const preference = job.format === 'trl-preference'
  const card = new ExportFileWriter(deps, job, 'README.md')
  await card.write(
    buildCard({
      title: project.name,
      description: `${project.description || 'Human judgments of model outputs.'}\n\nJudged by paid people on Groundwork under guideline version ${project.guideline_version}.`,
      license: null,
      languages: [],
      tags: ['human-feedback', ...(preference ? ['preference', 'trl'] : [])],
      taskCategories: preference ? ['text-generation'] : [],
      config: preference ? 'preference' : 'default',
      features: preference ? preferenceFeatures(options.margin === 'strength', report) : null,
      files: data,
      report,
      sections: preference ? usageOf('trl-preference', { margin: options.margin === 'strength' }) : [],
    }),
  )
  const cardFile = await card.end()
  const manifest = new ExportFileWriter(deps, job, 'manifest.json')
  await manifest.write(
    buildManifest({
      format: job.format,
      as: job.container,
      createdBy: { name: 'Groundwork', version: deps.version },
      project: { id: project.id, name: project.name, guidelineVersion: project.guideline_version },
      options: { ...options },
      policies: preference
        ? {
            decision: decisionOf(source),
            ties: 'give no row and are counted by kind',
            margin:
              options.margin === 'none'
                ? 'no margin column'
                : 'the mean strength of the majority, through strengthMap',
            split: 'by task, from the seed',
          }
        : { people: options.people },
      report,
      files: [...data, cardFile],
    }),
  )
  return [cardFile, await manifest.end()]
}

/** How the answers were decided, in words. */
const decisionOf = ({ method, version }: ConsensusSource): string =>
  method === 'majority'
    ? 'majority of the judgments that were in time; equal counts are decided by mean strength'
    : `most probable outcome given the judgments that were in time (@groundwork/consensus ${version}, method ${method}); equal probabilities are decided by mean strength`

async function* readTasksOf({ database }: Deps, job: ExportRow): AsyncGenerator<TaskResult> {
  const scope = { organization: job.organization_id }
  const total = await database.transaction(scope, (tx) => countTasks(tx, job.project_id))
  let after = 0n
  for (let seen = 0; ; ) {
    const page = await database.transaction(scope, async (tx) => {
      if (seen > 0) await saveProgress(tx, job.id, Math.min(seen / Math.max(total, 1), 0.99))
      return taskResults(tx, job.project_id, after, PAGE)
    })
    yield* page
    seen += page.length
    after = page.at(-1)?.seq ?? after
    if (page.length < PAGE) return
  }
}

async function* decidedRows(rows: AsyncIterable<TaskResult>, options: Options): AsyncGenerator<DecidedTask> {
  for await (const row of rows) {
    if (!options.includeUnfinished && row.state !== 'done') continue
    const preference = row.consensus?.preference
    yield {
      task: row.payload as TaskPayload,
      decision: preference?.value
        ? { outcome: preference.value as PreferenceOutcome, strength: preference.strength ?? null }
        : null,
      confidence: preference?.confidence ?? null,
      judgments: row.counted,
      groupId: row.id,
    }
  }
}

async function* rawRows(
  rows: AsyncIterable<TaskResult>,
  options: Options,
  projectId: string,
): AsyncGenerator<RawRow> {
  for await (const row of rows) {
    if (!options.includeUnfinished && row.state !== 'done') continue
    yield {
      id: row.id,
      task: row.payload as TaskPayload,
      state: row.state,
      gold: row.gold?.preference ?? null,
      judgments:
        options.people === 'names'
          ? row.judgments
          : row.judgments.map((judgment) => ({
              ...judgment,
              trainer: pseudonym(projectId, judgment.trainer.id),
            })),
      consensus: row.consensus ?? {},
    }
  }
}
