import { movePendingToAvailable } from '../ledger/index.ts'
import { AppError, type Caller, type Deps, notFound, recordAudit } from '../platform/index.ts'
import { requireProject } from '../projects/index.ts'
import { lockPaidJudgment } from './correction-queries.ts'
import { lockJudgment, placeOfJudgment, recordAcceptance, setPayState } from './judgment-queries.ts'

/**
 * Accepts a judgment before its review window ends; its pay becomes available. Accepting again changes nothing. For reviewers and
 * above.
 * @throws AppError `not_found`, `wrong_role`; `conflict` when the trainer took it back
 */
export async function acceptJudgment(deps: Deps, caller: Caller, id: string): Promise<void> {
  const place = await deps.database.transaction('system', (tx) => placeOfJudgment(tx, id))
  if (!place) throw notFound('judgment')
  await requireProject(deps, caller, place.projectId, 'reviewer').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound('judgment') : error
  })
  await deps.database.transaction({ organization: place.organizationId }, async (tx) => {
    const judgment = await lockJudgment(tx, id)
    if (!judgment || judgment.withdrawnAt)
      throw new AppError('conflict', 'The trainer took this judgment back.')
    if (judgment.supersededAt) {
      throw new AppError('conflict', 'The trainer has corrected this judgment since; look at the newer one.')
    }
    if (!(await recordAcceptance(tx, id, caller.userId))) return
    const paid = judgment.supersedes ? await lockPaidJudgment(tx, id) : judgment
    if (paid?.payState === 'pending') {
      await movePendingToAvailable(tx, [paid.id])
      await setPayState(tx, [paid.id], 'available')
    }
    await recordAudit(tx, {
      organizationId: place.organizationId,
      actorId: caller.userId,
      action: 'judgment.accepted',
      subject: { kind: 'judgment', id },
      details: { projectId: place.projectId, trainerId: place.trainerId },
    })
  })
}
