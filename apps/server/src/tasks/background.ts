import { movePendingToAvailable, releaseHolds } from '../ledger/index.ts'
import type { Deps, Jobs } from '../platform/index.ts'
import { refundProject } from './change-project-life.ts'
import { sweepDeleted } from './draft-queries.ts'
import { setPayState } from './judgment-queries.ts'
import { settleAllOwed, settleOwed } from './settle-owed.ts'
import { nextSlotWork } from './slot-work-queries.ts'
import { closeSlotsOfFinished, expireLeases, maturedJudgments, refundable } from './sweep-queries.ts'

const BATCH = 500

/** Ends leases that ran out and gives their money free; drafts stay. Says whether there was any. Safe in several processes. */
export async function sweepLeases({ database }: Deps): Promise<boolean> {
  return database.transaction('system', async (tx) => {
    const holds = await expireLeases(tx, BATCH)
    if (holds.length > 0) await releaseHolds(tx, holds)
    return holds.length > 0
  })
}

/** Makes pay available whose review window is over. Says whether there was any. */
export async function releasePay({ database }: Deps): Promise<boolean> {
  return database.transaction('system', async (tx) => {
    const matured = await maturedJudgments(tx, BATCH)
    if (matured.length === 0) return false
    await movePendingToAvailable(tx, matured)
    await setPayState(tx, matured, 'available')
    return true
  })
}

/** Pays what is owed, then gives back what came free in finished projects. Says whether any money moved. */
export async function settleProjects(deps: Deps): Promise<boolean> {
  const paid = await settleAllOwed(deps)
  const { database } = deps
  const projects = await database.transaction('system', async (tx) => {
    await closeSlotsOfFinished(tx)
    return refundable(tx, null)
  })
  for (const { projectId } of projects) {
    await database.transaction('system', (tx) => refundProject(tx, projectId, null))
  }
  return paid || projects.length > 0
}

export const tasksPeriodic = (deps: Deps): Jobs['periodic'] => [
  { name: 'expire leases', everyMs: 2_000, work: () => sweepLeases(deps) },
  { name: 'release pay', everyMs: 10_000, work: () => releasePay(deps) },
  {
    name: 'open and close slots',
    everyMs: 1_000,
    work: () => deps.database.transaction('system', nextSlotWork),
  },
  {
    name: 'deleted projects',
    everyMs: 5_000,
    work: () => deps.database.transaction('system', sweepDeleted),
  },
  { name: 'settle projects', everyMs: 10_000, work: () => settleProjects(deps) },
]

/** New money pays late answers that are owed, first come first served. */
export const taskEvents = ({ database }: Deps): Jobs['events'] => ({
  'project.funded': async (events) => {
    for (const projectId of new Set(events.map((event) => event.payload.projectId))) {
      if (projectId) await database.transaction('system', (tx) => settleOwed(tx, projectId))
    }
  },
})
