import { type NoWorkReason, presentMoney, type WorkProject } from '@groundwork/contract'
import type { Deps } from '../platform/index.ts'
import { kindOfTemplate } from '../projects/index.ts'
import { fitsAudience, getTrainerProfile } from '../trainers/index.ts'
import { reasonBeforeClaim, reasonWithoutSlot } from './no-work-rules.ts'
import { type WorkRow, workOf } from './work-queries.ts'

/** The projects that a trainer could work on: begun ones first, then by promised rate; each with the reason when there is no work. */
export async function listWork({ database }: Deps, trainerId: string): Promise<{ projects: WorkProject[] }> {
  return database.transaction('system', async (tx) => {
    const profile = await getTrainerProfile(tx, trainerId)
    const rows = await workOf(tx, trainerId)
    return {
      projects: rows.map((row) => presentWork(row, profile !== null && fitsAudience(profile, row.audience))),
    }
  })
}

function presentWork(row: WorkRow, fits: boolean): WorkProject {
  const reason = reasonFor(row, fits)
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    template: row.template,
    kind: kindOfTemplate(row.template),
    organization: row.organization,
    asksFor: row.audience,
    pay: {
      perJudgment: presentMoney(row.perJudgment, row.currency),
      hourly: presentMoney(row.hourly, row.currency),
      estimateSeconds: row.estimateSeconds,
    },
    trueWage: row.trueWage === null ? null : presentMoney(row.trueWage, row.currency),
    openToYou: reason === null ? row.openToYou : 0,
    doneByYou: row.doneByYou,
    inProgress: row.inProgress,
    reason,
  }
}

/** As the claim would say it; what is held already is work, whatever the state of the project. */
function reasonFor(row: WorkRow, fits: boolean): NoWorkReason | null {
  if (row.inProgress) return null
  const reason = reasonBeforeClaim({ state: row.state, fits, awaitsReview: row.awaitsReview })
  if (reason) return reason
  if (row.openToYou === 0) return reasonWithoutSlot({ any: row.anyOpen, skipped: row.anySkipped ? 1 : 0 })
  return row.outOfFunds ? 'out_of_funds' : null
}
