import { type Assignment, presentMoney, type ShownTask } from '@groundwork/contract'
import type { Tx } from '../platform/index.ts'
import { kindOfTemplate } from '../projects/index.ts'
import type { AssignmentRow } from './assignment-queries.ts'
import { formOfVersion, guidelineOfVersion, payOfVersion } from './project-facts.ts'

/** An assignment as its trainer sees it: no model names, no reference, no metadata, candidates in the recorded order. */
export async function presentAssignment(tx: Tx, row: AssignmentRow): Promise<Assignment> {
  const form = await formOfVersion(tx, row.projectId, row.formVersion)
  const { markdown } = await guidelineOfVersion(tx, row.projectId, row.guidelineVersion)
  const pay = await payOfVersion(tx, row.projectId, row.payVersion)
  return {
    id: row.id,
    epoch: row.epoch,
    projectId: row.projectId,
    expiresAt: row.expiresAt.toISOString(),
    leaseSeconds: row.leaseSeconds,
    shownAt: row.shownAt?.toISOString() ?? null,
    task: shownTask(row),
    form,
    guideline: { version: row.guidelineVersion, markdown, changedSinceRead: row.changedSinceRead },
    project: {
      id: row.projectId,
      name: row.projectName,
      template: row.template,
      kind: kindOfTemplate(row.template),
    },
    pay: presentMoney(pay.perJudgment, pay.currency),
    draft: row.draft && { ...row.draft, savedAt: row.draft.savedAt.toISOString() },
  }
}

/** A task as trainers see it, its candidates in a recorded order. */
export function shownTask({
  taskId,
  payload,
  candidateOrder,
}: Pick<AssignmentRow, 'taskId' | 'payload' | 'candidateOrder'>): ShownTask {
  const place = new Map(candidateOrder.map((id, index) => [id, index]))
  return {
    id: taskId,
    ...(payload.externalId === undefined ? {} : { externalId: payload.externalId }),
    context: payload.context,
    candidates: payload.candidates
      .map(({ id, messages }) => ({ id, messages }))
      .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)),
  }
}
