import { presentMoney } from '@groundwork/contract'
import { accountFor, projectMoney, transfer } from '../ledger/index.ts'
import {
  AppError,
  type Caller,
  type Deps,
  hashJson,
  newId,
  publish,
  recordAudit,
  type Tx,
} from '../platform/index.ts'
import { type ProjectHeader, requireProject, setProjectState } from '../projects/index.ts'
import { settleOwed } from './settle-owed.ts'
import { beginClosing, beginOpening } from './slot-work-queries.ts'
import { amountOwed, type Refundable, refundable } from './sweep-queries.ts'

/**
 * Opens a project to trainers, or resumes it. At the first launch every task gets its slots, under the pay terms of now: the first five thousand tasks
 * at once, the others in the background. Launching a live project again changes nothing. For managers and above.
 * @throws AppError `project_closed` when it is finished
 */
export async function launchProject(deps: Deps, caller: Caller, id: string): Promise<void> {
  const project = await requireProject(deps, caller, id, 'manager')
  if (project.state === 'live') return
  await deps.database.transaction({ organization: project.organization_id }, async (tx) => {
    const live = await setProjectState(tx, id, ['draft', 'paused', 'live'], 'live', caller)
    // Tasks that came after the launch have their slots.
    if (project.state !== 'draft') return
    await beginOpening(tx, {
      id,
      organizationId: live.organization_id,
      payVersion: live.pay_version,
      slots: live.overlap.judgments,
    })
  })
}

/**
 * Hands out nothing new; what is held can be submitted and is paid. For managers and above.
 * @throws AppError `project_closed` when it is a draft or finished
 */
export async function pauseProject(deps: Deps, caller: Caller, id: string): Promise<void> {
  const project = await requireProject(deps, caller, id, 'manager')
  if (project.state === 'paused') return
  await deps.database.transaction({ organization: project.organization_id }, (tx) =>
    setProjectState(tx, id, ['live'], 'paused', caller),
  )
}

/**
 * Closes a project: its open slots are closed (in the background where they are many), what it owes is paid, its free money goes back to its source. What is held can
 * still be submitted and is paid; what comes free later follows. A draft is closed in the same way, and so gives its money back.
 * For managers and above.
 * @throws AppError `insufficient_funds` when it cannot pay what it owes: a finished project takes no money any more
 */
export async function finishProject(deps: Deps, caller: Caller, id: string): Promise<void> {
  const project = await requireProject(deps, caller, id, 'manager')
  if (project.state === 'finished') return
  await deps.database.transaction({ organization: project.organization_id }, async (tx) => {
    const finished = await setProjectState(tx, id, ['draft', 'live', 'paused'], 'finished', caller)
    await beginClosing(tx, { id, organizationId: project.organization_id })
    await settleOwed(tx, id)
    await refuseToOwe(tx, finished)
    await refundProject(tx, id, caller.userId)
    await publish(tx, {
      kind: 'project.finished',
      organizationId: project.organization_id,
      payload: { projectId: id },
    })
  })
}

async function refuseToOwe(tx: Tx, project: ProjectHeader): Promise<void> {
  const owed = await amountOwed(tx, project.id)
  if (owed === 0n) return
  const free = (await projectMoney(tx, project.id))?.free ?? 0n
  const missing = presentMoney(owed - free, project.currency)
  throw new AppError(
    'insufficient_funds',
    `The project owes its trainers pay for late answers. Put ${missing.amount} ${missing.currency} more into it, then finish it.`,
    { missing },
  )
}

/** Gives back what a finished project does not need; says whether there was anything. `actorId` null: the platform, by this rule. */
export async function refundProject(tx: Tx, projectId: string, actorId: string | null): Promise<boolean> {
  let [amount] = await refundable(tx, projectId)
  // A claim that was under way may take some of it first; then what is left is looked at again.
  for (; amount; [amount] = await refundable(tx, projectId)) {
    if (await refund(tx, amount, actorId)) return true
  }
  return false
}

/** Gives free money of a project back to its source; false when it is not there any more. */
export async function refund(
  tx: Tx,
  { projectId, organizationId, currency, amount }: Refundable,
  actorId: string | null,
) {
  const escrow = await accountFor(tx, { organizationId, kind: 'escrow', ownerId: projectId, currency })
  const source = await accountFor(tx, {
    organizationId,
    kind: 'funding_source',
    ownerId: organizationId,
    currency,
  })
  try {
    const { transferId } = await transfer(tx, {
      organizationId,
      projectId,
      kind: 'refund',
      key: `refund:${projectId}:${newId()}`,
      requestHash: hashJson({ projectId, amount: String(amount) }),
      ...(actorId === null ? {} : { actorId }),
      entries: [
        { accountId: escrow, currency, amount: -amount },
        { accountId: source, currency, amount },
      ],
    })
    await recordAudit(tx, {
      organizationId,
      actorId,
      action: 'project.refunded',
      subject: { kind: 'project', id: projectId },
      details: { transferId, micros: String(amount), currency },
    })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'insufficient_funds') return false
    throw error
  }
}
