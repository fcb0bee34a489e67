import type { ExportOptions, TaskPayload } from '@groundwork/contract'
import {
  type Annotation,
  canonicalJson,
  defaultWriteOptions,
  inBlocks,
  jsonLine,
  type Out,
  RAW_VERSION,
  type RowAbout,
  rowFloats,
  type Split,
  see,
  seeColumns,
  splitOf,
  type WriteReport,
  type Written,
  writeCoco,
  writers,
} from '@groundwork/formats'
import type { Plan } from '../feedback/registry.ts'
import { type ExportFeedback, feedbackOf, isLeftOut } from '../feedback/task-feedback.ts'
import type { ResultJudgment, TaskResult } from '../result-queries.ts'
import { unfitToHold, withBytes, withDataUrls } from './embed-images.ts'
import { type ExportImages, hasWrittenImages } from './export-images.ts'
import { exportTask, personOf } from './export-tasks.ts'
import type { Stated } from './facts-queries.ts'
import { hasSidecar, type RowChain, saidOf } from './row-columns.ts'

export type RowContext = {
  projectId: string
  plan: Plan
  /** How often a person is right, by trainer id. */
  reliabilities: ReadonlyMap<string, { value: number }>
  /** What people say to know, by trainer id. */
  expertise: ReadonlyMap<string, Stated>
  chain: RowChain
  images: ExportImages
  /** Takes a line of the file beside the data. */
  onSidecar: (line: string) => Promise<void>
  /** Takes each row as it is made; for a preview. */
  onRow?: (row: Record<string, unknown>) => void
}

/** Tasks with their judgments as rows of a format. What gives none is counted by reason. */
export function writeRows(tasks: AsyncIterable<TaskResult>, context: RowContext): Written {
  const { plan } = context
  const report: WriteReport = {
    kept: 0,
    dropped: {},
    notes: {},
    splits: plan.format === 'raw' ? { train: 0 } : {},
  }
  const wanted = withUnfinished(tasks, plan.options)
  if (plan.format === 'raw') return { blocks: inBlocks(rawLines(wanted, context, report)), report }
  if (plan.format === 'coco') {
    const written = writeCoco(withImages(allFeedback(wanted, context, report), context, report))
    // Its writer counts for itself; what was dropped before it comes to that.
    const merged = written.report
    report.dropped = merged.dropped
    report.notes = merged.notes
    return written
  }
  return { blocks: inBlocks(lines(wanted, context, report)), report }
}

async function* withUnfinished(tasks: AsyncIterable<TaskResult>, options: ExportOptions) {
  for await (const row of tasks) if (options.includeUnfinished || row.state === 'done') yield row
}

const count = (counts: Record<string, number>, what: string) => {
  counts[what] = (counts[what] ?? 0) + 1
}

async function* allFeedback(
  tasks: AsyncIterable<TaskResult>,
  { projectId, plan, expertise }: RowContext,
  report: WriteReport,
): AsyncGenerator<ExportFeedback> {
  for await (const row of tasks) {
    const task = exportTask(row, projectId, plan.options, expertise)
    for (const judgment of task.judgments)
      if (isLeftOut(judgment, plan.options)) count(report.notes, 'flagged_judgments_left_out')
    const made = feedbackOf(task, plan)
    if (typeof made === 'string') count(report.dropped, made)
    else
      for (const each of made) {
        for (const reason of each.drops ?? []) count(report.dropped, reason)
        // Nothing but what did not follow; a writer would count it once more.
        if (!each.drops || each.annotations.some(({ by }) => by === undefined)) yield each
      }
  }
}

/** Images in place of their assets, for a format of which every task is an image. */
async function* withImages(
  feedback: AsyncIterable<ExportFeedback>,
  { images }: RowContext,
  report: WriteReport,
): AsyncGenerator<ExportFeedback> {
  for await (const each of feedback) {
    const shown = images.style === 'none' ? { task: each.task, images: [] } : images.shown(each.task)
    if (!shown) count(report.dropped, 'image_missing')
    else {
      images.use(shown.images)
      yield { ...each, task: shown.task }
    }
  }
}

async function* lines(tasks: AsyncIterable<TaskResult>, context: RowContext, report: WriteReport) {
  const { plan, chain, reliabilities, images } = context
  const { format, options } = plan
  const pictured = images.style !== 'none'
  if (format === 'raw' || format === 'coco') return
  const { margin, strengthMap, unpair, testShare, seed, plain, toolArguments } = options
  const beside = hasSidecar(format, options)
  const write = writers[format]
  const floats = [...rowFloats, 'confidence', 'reliability']
  let rows: { made: object; about: RowAbout | undefined }[] = []
  const out: Out = {
    options: {
      ...defaultWriteOptions,
      ...{ margin, strengthMap, unpair, testShare, seed, plain, toolArguments, images: pictured },
    },
    row: (made, about) => rows.push({ made, about }),
    drop: (reason) => count(report.dropped, reason),
    note: (what) => count(report.notes, what),
    seen: (kind, name) => see(report, kind, name),
  }
  for await (const each of allFeedback(tasks, context, report)) {
    rows = []
    const shown = pictured ? images.shown(each.task) : { task: each.task, images: [] }
    const unfit = shown ? unfitToHold(images, shown.images) : 'image_missing'
    if (!shown || unfit) {
      out.drop(unfit ?? 'image_missing')
      continue
    }
    write({ ...each, task: shown.task }, out)
    if (rows.length > 0) {
      images.use(shown.images)
      if (hasWrittenImages(shown.task)) out.note('written_images_left_as_text')
    }
    const split = splitOf(each.groupId ?? each.origin.taskId, seed, testShare)
    for (const { made, about } of rows) {
      const said = saidOf(each.origin, options, reliabilities, about)
      let row: Record<string, unknown> = beside ? { ...made } : { ...made, ...said }
      if (images.style === 'data_urls') row = await withDataUrls(images, row, shown.images, !context.onRow)
      if (options.provenance && !beside) row = { ...row, ...chain.link(split, row) }
      if (beside) await context.onSidecar(besideLine(context, split, report, row, said))
      keep(report, split)
      context.onRow?.(row)
      // After the hash, which is of the row as a loader shows it: with the path of an image, which holds the hash of its bytes.
      if (images.style === 'parquet' && !context.onRow) row = await withBytes(images, row, shown.images)
      seeColumns(report, split, row)
      yield { split, line: jsonLine(row, floats) }
    }
  }
}

function keep(report: WriteReport, split: Split): void {
  report.kept++
  report.splits[split] = (report.splits[split] ?? 0) + 1
}

/** What a row of an exact format cannot carry: by split and number of the row, from 1. */
function besideLine(
  { plan, chain }: RowContext,
  split: Split,
  report: WriteReport,
  row: Record<string, unknown>,
  said: Record<string, unknown>,
): string {
  const place = { split, row: (report.splits[split] ?? 0) + 1, ...said }
  if (!plan.options.provenance) return JSON.stringify(place)
  const { previous_hash, row_hash } = chain.link(split, { ...place, data: row })
  return JSON.stringify({ ...place, previous_hash, row_hash })
}

/** What came with a task, as a source says it: without a person it is the source's own conclusion. */
function annotationOf({ by, rationale, verdict }: TaskResult['references'][number]): Annotation {
  return { ...(by !== null && { by }), ...(rationale !== null && { rationale }), verdict }
}

/** One line a task with everything that is known about it; `readTasks` reads it back. Keys are sorted, so equal tasks give equal bytes. */
async function* rawLines(tasks: AsyncIterable<TaskResult>, context: RowContext, report: WriteReport) {
  const { plan, projectId, chain, reliabilities } = context
  const { people, provenance, testShare, seed } = plan.options
  const nameOf = (person: ResultJudgment['trainer']) => personOf(projectId, people, person)
  const judgmentOf = ({ flags, ...judgment }: ResultJudgment) => ({
    ...judgment,
    trainer: nameOf(judgment.trainer),
    ...(flags.length > 0 && {
      flags: flags.map((each) => ({
        ...each,
        flaggedBy: nameOf(each.flaggedBy),
        resolvedBy: each.resolvedBy && nameOf(each.resolvedBy),
      })),
    }),
  })
  // By which a reader knows an option from somebody's own words.
  const questions = Object.fromEntries(plan.form.questions.map(({ id, type }) => [id, type]))
  for await (const row of tasks) {
    const pictures = context.images.style === 'files' ? context.images.of(row.payload as TaskPayload) : []
    context.images.use(pictures)
    const outcome = typeof row.gold?.preference === 'string' ? row.gold.preference : null
    // Known answers to other questions, or with more than the outcome, are no `gold` that a reader of pairs would understand.
    const known = row.gold && (outcome === null || Object.keys(row.gold).length > 1) ? row.gold : undefined
    const whole: Record<string, unknown> = {
      version: RAW_VERSION,
      id: row.id,
      task: row.payload as TaskPayload,
      ...(pictures.length > 0 && {
        images: pictures.map(({ assetId, path, mime, width, height, bytes }) => ({
          ...{ assetId, path, mime, width, height, bytes },
        })),
      }),
      state: row.state,
      gold: outcome,
      known,
      judgments: row.judgments.map(judgmentOf),
      consensus: row.consensus ?? {},
      questions,
      ...(row.references.length > 0 && { annotations: row.references.map(annotationOf) }),
      ...(row.history.length > 0 && { history: row.history.map(judgmentOf) }),
    }
    if (provenance) {
      whole.reliability = Object.fromEntries(
        row.judgments.map(({ trainer }) => [
          personOf(projectId, people, trainer).name,
          reliabilities.get(trainer.id)?.value ?? null,
        ]),
      )
    }
    const split = splitOf(row.id, seed, testShare)
    const line = provenance ? { ...whole, ...chain.link(split, whole) } : whole
    keep(report, split)
    context.onRow?.(line)
    yield { split, line: canonicalJson(line) }
  }
}
