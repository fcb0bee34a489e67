import type { Form } from '@groundwork/contract'
import { type Deps, newId, type Tx } from '../platform/index.ts'
import { formOf, projectHeader } from '../projects/index.ts'
import {
  keepConsensus,
  knownAnswers,
  markUnseen,
  type StaleTask,
  saveConsensus,
  takeStale,
  type Vote,
  votesOfTasks,
} from './consensus-queries.ts'
import { basisOf, byMean, consensusOf } from './consensus-strategy.ts'
import { loadModels, type StoredModel } from './crowd-queries.ts'
import { fullRunDue, LEAST_TRAINERS, MOST_LABELS } from './full-run-rules.ts'
import { addFullRun, inferProject } from './infer-project.ts'
import { LIBRARY_VERSION } from './library-version.ts'
import { AGREEMENT_TASKS, agreementByQuestion } from './question-agreement.ts'
import { quickJudge, quickMethod } from './quick-level.ts'
import {
  completeRun,
  countedJudgments,
  forgetOldRuns,
  hasTrainers,
  lastFullRun,
  startRun,
} from './run-queries.ts'
import { batchOf } from './strategies/registry.ts'

/** How the consensus of a project came about. */
export type ConsensusSource = { level: 'quick' | 'full'; method: string; version: string }

/**
 * Brings the consensus of a project's touched tasks up to date, then its agreement and its score on known answers. Safe to run in
 * several processes at once: each takes other tasks. Sees to it that a full run follows when one is due.
 * @param options.full brings everything up to date, in a full run too where there are enough judgments for one, before it returns
 */
export async function recomputeConsensus(
  deps: Deps,
  projectId: string,
  organizationId: string,
  options: { full?: boolean } = {},
): Promise<ConsensusSource> {
  const { database } = deps
  const scope = { organization: organizationId }
  const all = options.full ?? false
  if (all) await database.transaction(scope, (tx) => markUnseen(tx, organizationId, projectId))
  await quickRun(deps, projectId, organizationId, all)
  if (all) await inferProject(deps, projectId, organizationId, { wait: true })
  return database.transaction(scope, async (tx) => {
    const last = await lastFullRun(tx, projectId)
    return last
      ? { level: 'full', method: last.method, version: last.version }
      : { level: 'quick', method: quickMethod([]), version: LIBRARY_VERSION }
  })
}

async function quickRun(deps: Deps, projectId: string, organizationId: string, wait: boolean): Promise<void> {
  const { database } = deps
  const scope = { organization: organizationId }
  const begun = performance.now()
  const runId = newId()
  const opened = await database.transaction(scope, async (tx) => {
    const header = await projectHeader(tx, projectId)
    if (!header) return null
    const models = await loadModels(tx, projectId)
    await startRun(tx, {
      id: runId,
      organizationId,
      projectId,
      level: 'quick',
      method: quickMethod(models),
      version: LIBRARY_VERSION,
      parameters: { agreementTasks: AGREEMENT_TASKS, learntIn: models[0]?.runId ?? null },
      seed: null,
      notes: [],
    })
    const form = await formOf(tx, projectId, header.form_version)
    return { form, models, finished: header.state === 'finished' }
  })
  if (!opened) return
  const { form, models, finished } = opened
  const batch = batchOf(form)
  for (let found = batch; found === batch; ) {
    found = await database.transaction(scope, async (tx) => {
      const stale = await takeStale(tx, projectId, batch, wait)
      if (stale.length > 0) await decideTasks(tx, runId, form, models, stale)
      return stale.length
    })
  }
  await database.transaction(scope, async (tx) => {
    const last = await lastFullRun(tx, projectId)
    const before = last?.judgments ?? null
    const counted = await countedJudgments(tx, projectId)
    const { judgments, overlapping } = await completeRun(tx, {
      id: runId,
      projectId,
      // A big project has those of its last full run.
      agreements:
        counted > AGREEMENT_TASKS && last?.agreements
          ? last.agreements
          : await agreementByQuestion(tx, projectId, form),
      durationMs: Math.round(performance.now() - begun),
      notes: counted > MOST_LABELS ? [`no full run of more than ${MOST_LABELS} judgments`] : [],
    })
    await forgetOldRuns(tx, projectId)
    const due = !wait && fullRunDue({ judgments, overlapping, before, finished })
    if (due && (await hasTrainers(tx, projectId, LEAST_TRAINERS)))
      await addFullRun(tx, projectId, organizationId)
  })
}

/** Decides tasks whose consensus is out of date, save those that a full run has decided from the very same judgments. */
async function decideTasks(
  tx: Tx,
  runId: string,
  form: Form,
  models: StoredModel[],
  stale: StaleTask[],
): Promise<void> {
  const votes = await votesOfTasks(
    tx,
    stale.map((task) => task.taskId),
    form,
  )
  const byTask = Map.groupBy(votes, (vote: Vote) => vote.taskId)
  const [kept, changed] = [[] as string[], [] as string[]]
  for (const { taskId, basis, level } of stale) {
    const same = level === 'full' && basis === basisOf((byTask.get(taskId) ?? []).map(({ id }) => id))
    ;(same ? kept : changed).push(taskId)
  }
  if (kept.length > 0) await keepConsensus(tx, kept)
  if (changed.length === 0) return
  const known = await knownAnswers(tx, changed)
  const judges = { judge: quickJudge(models), scale: byMean }
  await saveConsensus(tx, runId, consensusOf(form, changed, votes, known, judges))
}
