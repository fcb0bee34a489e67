import { agreement } from '@groundwork/consensus'
import type { Form } from '@groundwork/contract'
import { type Deps, newId } from '../platform/index.ts'
import { formOf, projectHeader } from '../projects/index.ts'
import {
  completeRun,
  forgetOldRuns,
  saveConsensus,
  startRun,
  takeStale,
  votesOfProject,
  votesOfTasks,
} from './consensus-queries.ts'
import { consensusOf, consensusQuestions, labelsOf, METHOD } from './consensus-strategy.ts'

/** Tasks computed in one transaction. */
const BATCH = 2_000
/** Agreement of a project is computed from this many of its newest judgments; beyond it the figure no longer moves. */
const AGREEMENT_VOTES = 100_000

/**
 * Brings the consensus of a project's touched tasks up to date, then its agreement and its score on known answers. Safe to run in
 * several processes at once: each takes other tasks.
 */
export async function recomputeConsensus(
  { database }: Deps,
  projectId: string,
  organizationId: string,
): Promise<void> {
  const scope = { organization: organizationId }
  const runId = newId()
  const form = await database.transaction(scope, async (tx) => {
    const header = await projectHeader(tx, projectId)
    if (!header) return null
    await startRun(tx, {
      id: runId,
      organizationId,
      projectId,
      method: METHOD,
      version: '1',
      parameters: { agreementVotes: AGREEMENT_VOTES },
    })
    return formOf(tx, projectId, header.form_version)
  })
  if (!form) return
  for (let found = BATCH; found === BATCH; ) {
    found = await database.transaction(scope, async (tx) => {
      const taskIds = await takeStale(tx, projectId, BATCH)
      if (taskIds.length)
        await saveConsensus(tx, runId, consensusOf(form, taskIds, await votesOfTasks(tx, taskIds)))
      return taskIds.length
    })
  }
  await database.transaction(scope, async (tx) => {
    const votes = await votesOfProject(tx, projectId, AGREEMENT_VOTES)
    await completeRun(tx, { id: runId, projectId, agreement: projectAgreement(form, votes) })
    await forgetOldRuns(tx, projectId)
  })
}

/** Agreement on the form's first question that has classes; null while no task has two judgments. */
function projectAgreement(
  form: Form,
  votes: Parameters<typeof labelsOf>[1],
): { percent: number | null; alpha: number | null } | null {
  const question = consensusQuestions(form)[0]
  const labels = question ? labelsOf(question, votes) : null
  if (!labels) return null
  const result = agreement(labels)
  const finite = (value: number) => (Number.isFinite(value) ? value : null)
  return { percent: finite(result.percent.value), alpha: finite(result.krippendorffAlpha.value) }
}
