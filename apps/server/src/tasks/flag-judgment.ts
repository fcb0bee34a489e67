import type {
  JudgmentFlag,
  JudgmentFlagKind,
  JudgmentFlagState,
  ProjectJudgmentFlag,
} from '@groundwork/contract'
import { AppError, type Caller, type Deps, newId, notFound, recordAudit, type Tx } from '../platform/index.ts'
import { requireProject } from '../projects/index.ts'
import {
  endJudgmentFlag,
  insertJudgmentFlag,
  type JudgmentFlagPlace,
  type JudgmentFlagRow,
  judgmentFlagsOf,
  lockWork,
  placeOfJudgmentFlag,
  readJudgmentFlag,
} from './judgment-flag-queries.ts'
import { type JudgmentRow, lockJudgment, placeOfJudgment } from './judgment-queries.ts'

/**
 * Questions a judgment: it is left out of consensus and exports until somebody decides. Its pay and its author's work go on as before:
 * docs/decisions/0020-flags-of-judgments.md. For reviewers and above.
 * @throws AppError `not_found`, `wrong_role`; `conflict` when it was corrected, taken back, is flagged already or was left out
 */
export async function flagJudgment(
  deps: Deps,
  caller: Caller,
  id: string,
  input: { kind: JudgmentFlagKind; note: string },
): Promise<JudgmentFlag> {
  const place = await deps.database.transaction('system', (tx) => placeOfJudgment(tx, id))
  if (!place) throw notFound('judgment')
  await requireReviewer(deps, caller, place.projectId, 'judgment')
  return deps.database.transaction({ organization: place.organizationId }, async (tx) => {
    await lockWork(tx, place.assignmentId)
    refuseUnlessStanding(await lockJudgment(tx, id))
    const flagId = newId()
    await insertJudgmentFlag(tx, { ...input, id: flagId, judgmentId: id, flaggedBy: caller.userId })
    await recordAudit(tx, {
      organizationId: place.organizationId,
      actorId: caller.userId,
      action: 'judgment.flagged',
      subject: { kind: 'judgment', id },
      details: { projectId: place.projectId, trainerId: place.trainerId, flagId, ...input },
    })
    return presentFlag(await read(tx, flagId))
  })
}

/**
 * Decides about a flag: `keep` lets the judgment count again, `exclude` leaves it out for good, `withdraw` takes the flag back and is for
 * whoever raised it. For reviewers and above; nobody keeps a judgment of their own.
 * @throws AppError `not_found`, `wrong_role`; `conflict` when it was resolved already, or somebody else has to
 */
export async function resolveJudgmentFlag(
  deps: Deps,
  caller: Caller,
  id: string,
  input: { action: 'keep' | 'exclude' | 'withdraw'; note: string },
): Promise<JudgmentFlag> {
  const place = await deps.database.transaction('system', (tx) => placeOfJudgmentFlag(tx, id))
  if (!place) throw notFound('flag')
  await requireReviewer(deps, caller, place.projectId, 'flag')
  refuseUnlessTheirs(caller, place, input.action)
  const state = ({ keep: 'kept', exclude: 'excluded', withdraw: 'withdrawn' } as const)[input.action]
  return deps.database.transaction({ organization: place.organizationId }, async (tx) => {
    await lockWork(tx, place.assignmentId)
    if (!(await endJudgmentFlag(tx, { id, state, userId: caller.userId, note: input.note }))) {
      const { state: now } = await read(tx, id)
      throw new AppError('conflict', `This flag was resolved already: the judgment was ${told[now]}.`, {
        state: now,
      })
    }
    const flag = await read(tx, id)
    await recordAudit(tx, {
      organizationId: place.organizationId,
      actorId: caller.userId,
      action: `judgment_flag.${state}`,
      subject: { kind: 'judgment', id: flag.judgmentId },
      details: { projectId: place.projectId, trainerId: place.trainerId, flagId: id, note: input.note },
    })
    return presentFlag(flag)
  })
}

/** Judgments of a project that the team questions or questioned; for its members. */
export async function listJudgmentFlags(
  deps: Deps,
  caller: Caller,
  projectId: string,
  state: JudgmentFlagState | undefined,
): Promise<{ items: ProjectJudgmentFlag[] }> {
  const project = await requireProject(deps, caller, projectId, 'viewer')
  const rows = await deps.database.transaction({ organization: project.organization_id }, (tx) =>
    judgmentFlagsOf(tx, projectId, state),
  )
  return {
    items: rows.map((row) => ({
      ...presentFlag(row),
      taskId: row.taskId,
      taskExternalId: row.taskExternalId,
      trainer: { id: row.trainerId, name: row.trainerName },
    })),
  }
}

/** Somebody else's judgment is as unknown as one that is not there. */
async function requireReviewer(deps: Deps, caller: Caller, projectId: string, what: string): Promise<void> {
  await requireProject(deps, caller, projectId, 'reviewer').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'not_found' ? notFound(what) : error
  })
}

function refuseUnlessStanding(judgment: JudgmentRow | undefined): void {
  if (!judgment) throw notFound('judgment')
  if (judgment.withdrawnAt) throw new AppError('conflict', 'The trainer took this judgment back.')
  if (judgment.supersededAt) {
    throw new AppError('conflict', 'The trainer has corrected this judgment since; look at the newer one.')
  }
  if (judgment.setAside === 'excluded') {
    throw new AppError('conflict', 'The team has left this judgment out already.')
  }
  if (judgment.setAside === 'open') {
    throw new AppError(
      'conflict',
      'Somebody of the team has flagged this judgment already; decide that first.',
    )
  }
}

function refuseUnlessTheirs(caller: Caller, place: JudgmentFlagPlace, action: string): void {
  if (action === 'withdraw' && place.flaggedBy !== caller.userId) {
    throw new AppError(
      'conflict',
      'Only who raised a flag withdraws it; decide to keep the judgment instead.',
    )
  }
  if (action === 'keep' && place.trainerId === caller.userId) {
    throw new AppError('conflict', 'This is your own judgment; somebody else of the team decides to keep it.')
  }
}

const told: Record<JudgmentFlagState, string> = {
  open: 'not decided',
  kept: 'kept',
  excluded: 'left out',
  withdrawn: 'not in question any more',
  lapsed: 'taken back by its trainer',
}

async function read(tx: Tx, id: string): Promise<JudgmentFlagRow> {
  const row = await readJudgmentFlag(tx, id)
  if (!row) throw notFound('flag')
  return row
}

const presentFlag = (row: JudgmentFlagRow): JudgmentFlag => ({
  id: row.id,
  judgmentId: row.judgmentId,
  kind: row.kind,
  note: row.note,
  state: row.state,
  flaggedBy: { id: row.flaggedBy, name: row.flaggedByName },
  createdAt: row.createdAt.toISOString(),
  resolvedBy: row.resolvedBy === null ? null : { id: row.resolvedBy, name: row.resolvedByName ?? '' },
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  resolutionNote: row.resolutionNote,
})
