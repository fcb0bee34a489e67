import type { Assignment, NextAssignment, NoWorkReason } from '@groundwork/contract'
import { placeHold } from '../ledger/index.ts'
import { AppError, type Deps, newId, notFound, postgresCode, type Tx } from '../platform/index.ts'
import { organizationOfProject } from '../projects/index.ts'
import { fitsAudience, getTrainerProfile } from '../trainers/index.ts'
import { type AssignmentRow, readAssignment, renewLease } from './assignment-queries.ts'
import {
  awaitsReview,
  beginClaim,
  type ClaimState,
  candidateProjects,
  claimState,
  type Lease,
  leaseAgain,
  leaseOpenSlot,
  openSlots,
} from './claim-queries.ts'
import { fitsTrainer } from './fits-trainer.ts'
import { MOST_HELD, nearestReason, reasonBeforeClaim, reasonWithoutSlot } from './no-work-rules.ts'
import { presentAssignment } from './present-assignment.ts'
import { payOfVersion } from './project-facts.ts'

type Wish = { projectId?: string | undefined; except?: string[] | undefined }
type Outcome = { assignment: Assignment } | { reason: NoWorkReason | 'holds_enough'; skipped?: number }

/**
 * What the trainer holds already, or a new claim, or the reason why there is nothing.
 * @throws AppError `not_found` for a project that was never launched; `conflict` when everything held is named in `except`
 */
export async function nextAssignment(deps: Deps, trainerId: string, wish: Wish): Promise<NextAssignment> {
  const except = wish.except ?? []
  const outcome = wish.projectId
    ? await nextOfProject(deps, trainerId, wish.projectId, except)
    : await nextAnywhere(deps, trainerId, except)
  if ('assignment' in outcome) return outcome
  if (outcome.reason === 'holds_enough') {
    throw new AppError(
      'conflict',
      `You hold ${MOST_HELD} assignments here already; submit, skip or flag one of them first.`,
      { held: except },
    )
  }
  const { reason, skipped } = outcome
  return { assignment: null, reason, ...(reason === 'skipped_by_you' && { skipped }) }
}

async function nextAnywhere(deps: Deps, trainerId: string, except: string[]): Promise<Outcome> {
  const { projects, profile } = await deps.database.transaction('system', async (tx) => ({
    projects: await candidateProjects(tx, trainerId, except),
    profile: await getTrainerProfile(tx, trainerId),
  }))
  const reasons: NoWorkReason[] = []
  let holdsEnough = false
  for (const project of projects) {
    // A project with nothing open is asked only for what is held there, and for the exact reason when it was begun.
    if (!project.open && !project.inProgress) continue
    if (!project.inProgress && !(profile && fitsAudience(profile, project.audience))) {
      reasons.push('not_qualified')
      continue
    }
    const outcome = await nextOfProject(deps, trainerId, project.id, except)
    if ('assignment' in outcome) return outcome
    if (outcome.reason === 'holds_enough') holdsEnough = true
    else reasons.push(outcome.reason)
  }
  return { reason: holdsEnough ? 'holds_enough' : nearestReason(reasons) }
}

/** SQLSTATE of the ledger: the money of a hold went before the commit. */
const MONEY_TAKEN = 'GW007'

/** Thrown to roll a claim back whose money is not there. */
export class OutOfFunds extends Error {}

async function nextOfProject(
  deps: Deps,
  trainerId: string,
  projectId: string,
  except: string[],
): Promise<Outcome> {
  const organization = await organizationOfProject(deps, projectId)
  if (!organization) throw notFound('project')
  try {
    return await deps.database.transaction(
      { organization, person: trainerId },
      (tx) => claim(tx, trainerId, projectId, except),
      beginClaim(trainerId),
    )
  } catch (error) {
    // The second: other claims took the money between looking for it and committing, again and again.
    if (error instanceof OutOfFunds || postgresCode(error) === MONEY_TAKEN) return { reason: 'out_of_funds' }
    throw error
  }
}

/** The order of a claim: what is held live, what ran out with a draft, a new slot; the hold of the money comes last. */
async function claim(tx: Tx, trainerId: string, projectId: string, except: string[]): Promise<Outcome> {
  const at = await claimState(tx, projectId, trainerId)
  if (!at || at.state === 'draft') throw notFound('project')
  const live = at.held.filter((each) => each.state === 'live')
  const atHand = live.find((each) => !except.includes(each.id))
  if (atHand) return { assignment: await handBack(tx, trainerId, atHand) }

  const reason = reasonBeforeClaim({
    state: at.state,
    fits: await fitsTrainer(tx, trainerId, at.audience),
    awaitsReview: at.state === 'finished' && (await awaitsReview(tx, projectId, trainerId)),
  })
  if (reason) return { reason }
  if (live.length >= MOST_HELD) return { reason: 'holds_enough' }

  const lease = newLease(at, trainerId, projectId)
  const leased = (await leaseDrafted(tx, lease, at)) ?? (await leaseNew(tx, lease))
  if ('reason' in leased) return leased
  await holdPay(tx, leased, lease.holdId)
  return { assignment: await presentAssignment(tx, leased) }
}

export const newLease = (
  at: Pick<ClaimState, 'leaseSeconds' | 'formVersion' | 'guidelineVersion'>,
  trainerId: string,
  projectId: string,
): Lease => ({
  assignmentId: newId(),
  holdId: newId(),
  projectId,
  trainerId,
  leaseSeconds: at.leaseSeconds,
  formVersion: at.formVersion,
  guidelineVersion: at.guidelineVersion,
})

async function handBack(
  tx: Tx,
  trainerId: string,
  held: { id: string; ending: boolean },
): Promise<Assignment> {
  const row = await readAssignment(tx, held.id, trainerId)
  if (!row) throw notFound('assignment')
  if (!held.ending) return presentAssignment(tx, row)
  const renewal = await renewLease(tx, { id: row.id, trainerId, epoch: row.epoch }, null)
  return presentAssignment(tx, { ...row, expiresAt: renewal?.expiresAt ?? row.expiresAt })
}

async function leaseDrafted(tx: Tx, lease: Lease, at: ClaimState): Promise<AssignmentRow | undefined> {
  for (const expired of at.held.filter((each) => each.state === 'expired')) {
    const leased = await leaseAgain(tx, lease, expired.id)
    if (leased) return leased
  }
  return undefined
}

/** Slots that others are just taking are passed over at first; only when nothing else is left does the claim wait for them. */
async function leaseNew(
  tx: Tx,
  lease: Lease,
): Promise<AssignmentRow | { reason: NoWorkReason; skipped: number }> {
  let leased = await leaseOpenSlot(tx, lease)
  while (!leased) {
    const open = await openSlots(tx, lease.projectId, lease.trainerId)
    if (!open.forTrainer) return { reason: reasonWithoutSlot(open), skipped: open.skipped }
    leased = await leaseOpenSlot(tx, lease, 'wait')
  }
  return leased
}

/** Holds the pay of a claim. The project's escrow is where all claims meet: its row is locked for the commit only. */
export async function holdPay(tx: Tx, leased: AssignmentRow, holdId: string): Promise<void> {
  const pay = await payOfVersion(tx, leased.projectId, leased.payVersion)
  const held = await placeHold(tx, {
    id: holdId,
    organizationId: leased.organizationId,
    projectId: leased.projectId,
    ownerId: leased.projectId,
    currency: pay.currency,
    amount: pay.perJudgment,
    when: 'at_commit',
  })
  if (!held) throw new OutOfFunds('out_of_funds')
}
