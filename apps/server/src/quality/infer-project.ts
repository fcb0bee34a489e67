import type { Form } from '@groundwork/contract'
import { addJob, type Database, type Deps, newId } from '../platform/index.ts'
import { formOf, projectHeader } from '../projects/index.ts'
import { knownAnswers, lockTasks, saveConsensus, votesOfTasks } from './consensus-queries.ts'
import { consensusOf } from './consensus-strategy.ts'
import { replaceModels, replaceReliabilities } from './crowd-queries.ts'
import { fullJudges, modelsOf, peopleOf, unchangedTasks } from './full-level.ts'
import { enoughToInfer, fullRunDue, LEAST_OVERLAPPING, MOST_LABELS } from './full-run-rules.ts'
import { type Inferred, RELIABILITY_METHOD } from './infer-labels.ts'
import { LIBRARY_VERSION } from './library-version.ts'
import { agreementByQuestion } from './question-agreement.ts'
import { type InferredParts, inferredParts, readSnapshot, type Snapshot } from './read-snapshot.ts'
import { inferInThread } from './run-inference.ts'
import {
  changedSince,
  completeRun,
  countedJudgments,
  forgetOldRuns,
  lastFullRun,
  startRun,
} from './run-queries.ts'
import { aloneWith } from './snapshot-queries.ts'
import { batchOf } from './strategies/registry.ts'

/** Of the methods that start at random: the same judgments give the same consensus. */
const SEED = 1
/** How long a full run waits for another one of this process to be over. */
const BUSY_SECONDS = 5

/** Open databases for which this process is at a full run in the background. */
const atWork = new WeakSet<Database>()

type Infer = typeof inferInThread

/**
 * One inference over all judgments of a project, in a thread of its own: the consensus of every task, the reliability of every person,
 * and what the quick level needs to weigh the judgments that come later. One process at a time does it for a project. Judgments that
 * come meanwhile are left to the quick level. Does nothing where there are too few judgments, or none since the last time.
 * @returns whether there was a full run
 * @throws whatever breaks the inference off; nothing is decided by then, and running it again starts anew
 */
export async function inferProject(
  deps: Deps,
  projectId: string,
  organizationId: string,
  options: { wait?: boolean; infer?: Infer } = {},
): Promise<boolean> {
  const done = await aloneWith(deps.database, projectId, options.wait ?? false, () =>
    fullRun(deps, projectId, organizationId, options.infer ?? inferInThread),
  )
  return done ?? false
}

/** The job: one full run at a time in a process, so that other jobs have room; and another one when it is due again by the end. */
export async function inferProjectJob(deps: Deps, projectId: string, organizationId: string): Promise<void> {
  const scope = { organization: organizationId }
  if (atWork.has(deps.database)) {
    await deps.database.transaction(scope, (tx) => addFullRun(tx, projectId, organizationId, BUSY_SECONDS))
    return
  }
  atWork.add(deps.database)
  const done = await inferProject(deps, projectId, organizationId).finally(() => atWork.delete(deps.database))
  if (!done) return
  await deps.database.transaction(scope, async (tx) => {
    const header = await projectHeader(tx, projectId)
    const before = (await lastFullRun(tx, projectId))?.judgments ?? null
    // Whoever found it due while this was running left it to this.
    const judgments = await countedJudgments(tx, projectId)
    const finished = header?.state === 'finished'
    if (fullRunDue({ judgments, overlapping: LEAST_OVERLAPPING, before, finished }))
      await addFullRun(tx, projectId, organizationId)
  })
}

/** Adds the job; several for one project are one while it has not begun. */
export const addFullRun = (
  tx: Parameters<typeof addJob>[0],
  projectId: string,
  organizationId: string,
  afterSeconds = 0,
) =>
  addJob(
    tx,
    'infer_project',
    { projectId, organizationId },
    { key: `consensus-full:${projectId}`, afterSeconds },
  )

async function fullRun(
  deps: Deps,
  projectId: string,
  organizationId: string,
  infer: Infer,
): Promise<boolean> {
  const { database } = deps
  const scope = { organization: organizationId }
  const begun = performance.now()
  const found = await database.transaction(scope, async (tx) => {
    const header = await projectHeader(tx, projectId)
    const last = await lastFullRun(tx, projectId)
    if (!header || (last && !(await changedSince(tx, projectId, last.id)))) return null
    const form = await formOf(tx, projectId, header.form_version)
    const parts = inferredParts(form)
    const some = parts.questions.length + parts.scales.length > 0
    const snapshot = some ? await readSnapshot(tx, projectId, parts, MOST_LABELS) : null
    return snapshot && { form, parts, snapshot }
  })
  if (!found) return false
  const { form, parts, snapshot } = found
  const { taskIds, trainerIds, bases: _bases, units: _units, ...columns } = snapshot
  if (!enoughToInfer(snapshot.task, trainerIds.length)) return false
  // In the order of the questions; undefined where counting decides.
  const inferred = await infer(database, { columns, seed: SEED })
  const results = [...inferred.questions, ...inferred.scales]
  const counted = results.every((result) => result === undefined)
  const run = { id: newId(), organizationId, projectId }
  await database.transaction(scope, (tx) =>
    startRun(tx, {
      ...run,
      level: 'full',
      method: counted ? 'majority' : 'auto',
      version: LIBRARY_VERSION,
      parameters: counted ? {} : { reliability: RELIABILITY_METHOD },
      seed: SEED,
      notes: counted ? ['nothing to infer'] : inferred.questions.flatMap((result) => result?.notes ?? []),
    }),
  )
  const unchanged = await saveTasks(deps, run, form, parts, snapshot, inferred)
  await database.transaction(scope, async (tx) => {
    await replaceModels(tx, run, modelsOf(parts.questions, snapshot, inferred))
    await replaceReliabilities(tx, run, peopleOf(snapshot, inferred.questions[0]))
    await completeRun(tx, {
      ...run,
      agreements: (await agreementByQuestion(tx, projectId, form)).map((each) => {
        // Of all tasks, where they were at hand.
        const index = parts.questions.findIndex(({ id }) => id === each.question)
        return { ...each, ...inferred.questions[index]?.agreement }
      }),
      durationMs: Math.round(performance.now() - begun),
      notes: unchanged < taskIds.length ? [notesOfChange(taskIds.length - unchanged)] : [],
    })
    await forgetOldRuns(tx, projectId)
  })
  return true
}

const notesOfChange = (tasks: number) => `${tasks} tasks changed meanwhile and are left to the quick level`

/** Saves the consensus of the tasks whose judgments are still those of the snapshot; says how many these are. */
async function saveTasks(
  { database }: Deps,
  run: { id: string; organizationId: string; projectId: string },
  form: Form,
  parts: InferredParts,
  snapshot: Snapshot,
  inferred: Inferred,
): Promise<number> {
  const judges = fullJudges(parts, snapshot, inferred)
  const batch = batchOf(form)
  let saved = 0
  for (let from = 0; from < snapshot.taskIds.length; from += batch) {
    const taskIds = snapshot.taskIds.slice(from, from + batch)
    const same = await database.transaction({ organization: run.organizationId }, async (tx) => {
      await lockTasks(tx, run.organizationId, run.projectId, taskIds)
      const votes = await votesOfTasks(tx, taskIds, form)
      const unchanged = unchangedTasks(snapshot, from, from + taskIds.length, votes)
      const kept = votes.filter((vote) => unchanged.has(vote.taskId))
      const known = await knownAnswers(tx, taskIds)
      const decided = consensusOf(form, [...unchanged.keys()], kept, known, judges(unchanged))
      await saveConsensus(tx, run.id, decided)
      return unchanged.size
    })
    saved += same
  }
  return saved
}
