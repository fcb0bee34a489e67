import { releaseHold } from '../ledger/index.ts'
import type { Deps } from '../platform/index.ts'
import { letGo } from './assignment-queries.ts'
import { own } from './keep-assignment.ts'
import { staleEpoch } from './stale-epoch.ts'

/**
 * Frees the slot for somebody else. It never counts against the trainer, who is not offered the task again.
 * @throws AppError `stale_epoch`
 */
export async function skipAssignment(
  deps: Deps,
  trainerId: string,
  id: string,
  input: { epoch: number; reason: string },
): Promise<void> {
  await deps.database.transaction({ person: trainerId }, async (tx) => {
    const assignment = await own(tx, id, trainerId)
    const ended = await letGo(
      tx,
      { id, trainerId, epoch: input.epoch },
      { state: 'skipped', reason: input.reason },
    )
    if (!ended) throw staleEpoch(assignment)
    await releaseHold(tx, ended.holdId)
  })
}
