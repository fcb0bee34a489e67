import type { FlagReason } from '@groundwork/contract'
import { releaseHold } from '../ledger/index.ts'
import { type Deps, newId, publish } from '../platform/index.ts'
import { letGo } from './assignment-queries.ts'
import { insertFlag } from './flag-queries.ts'
import { own } from './keep-assignment.ts'
import { staleEpoch } from './stale-epoch.ts'

/**
 * Reports a task to its team. Its open slots are closed until the team has decided; others who hold it may go on.
 * @throws AppError `stale_epoch`
 */
export async function flagTask(
  deps: Deps,
  trainerId: string,
  assignmentId: string,
  input: { epoch: number; reason: FlagReason; comment: string },
): Promise<void> {
  await deps.database.transaction({ person: trainerId }, async (tx) => {
    const assignment = await own(tx, assignmentId, trainerId)
    const ended = await letGo(
      tx,
      { id: assignmentId, trainerId, epoch: input.epoch },
      { state: 'flagged', reason: input.reason },
    )
    if (!ended) throw staleEpoch(assignment)
    const flagId = newId()
    const { reason, comment } = input
    await insertFlag(tx, { ...assignment, id: flagId, trainerId, reason, comment })
    await publish(tx, {
      kind: 'task.flagged',
      organizationId: assignment.organizationId,
      payload: { projectId: assignment.projectId, taskId: assignment.taskId, flagId },
    })
    await releaseHold(tx, ended.holdId)
  })
}
