import type { ExportOptions, TaskPayload } from '@groundwork/contract'
import type { Deps } from '../../platform/index.ts'
import type { ExportTask } from '../feedback/task-feedback.ts'
import { pseudonym } from '../pseudonym.ts'
import { type ResultJudgment, setAsideBy, type TaskResult, taskResults } from '../result-queries.ts'
import type { Stated } from './facts-queries.ts'

/** Tasks read at a time. */
const PAGE = 200

export type OfProject = { id: string; organization_id: string }

/**
 * The tasks of a project in the order of their import, a page in a transaction of its own.
 * @param onPage told how many were read, after each page
 * @param most reads no more than these
 * @param beforePage gets each page before its tasks are given
 */
export async function* tasksOf(
  { database }: Deps,
  project: OfProject,
  onPage: (seen: number) => Promise<void> = async () => {},
  most = Number.POSITIVE_INFINITY,
  beforePage: (page: TaskResult[]) => Promise<void> = async () => {},
): AsyncGenerator<TaskResult> {
  const scope = { organization: project.organization_id }
  let after = 0n
  for (let seen = 0; seen < most; ) {
    const wanted = Math.min(PAGE, most - seen)
    const page = await database.transaction(scope, (tx) => taskResults(tx, project.id, after, wanted))
    await beforePage(page)
    yield* page
    seen += page.length
    after = page.at(-1)?.seq ?? after
    await onPage(seen)
    if (page.length < wanted) return
  }
}

/** Under which name a person appears. */
export function personOf(
  projectId: string,
  people: ExportOptions['people'],
  trainer: ResultJudgment['trainer'],
) {
  return people === 'names' ? trainer : pseudonym(projectId, trainer.id)
}

/** A task as the mapping of answers wants it. */
export function exportTask(
  row: TaskResult,
  projectId: string,
  options: ExportOptions,
  expertise: ReadonlyMap<string, Stated>,
): ExportTask {
  return {
    id: row.id,
    payload: row.payload as TaskPayload,
    consensus: row.consensus ?? {},
    known: row.gold,
    judgments: row.judgments.map((each) => ({
      id: each.id,
      trainerId: each.trainer.id,
      by: personOf(projectId, options.people, each.trainer).name,
      answer: each.answer,
      guidelineVersion: each.guidelineVersion,
      formVersion: each.formVersion,
      submittedAt: each.submittedAt,
      late: each.late,
      accepted: each.accepted,
      setAside: setAsideBy(each),
      expertise: expertise.get(each.trainer.id) ?? [],
    })),
  }
}
