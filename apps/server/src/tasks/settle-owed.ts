import { placeHold } from '../ledger/index.ts'
import type { Deps, Tx } from '../platform/index.ts'
import { paidNow } from './judgment-queries.ts'
import { payJudgment } from './submit-judgment.ts'
import { owedJudgments, projectsThatOwe } from './sweep-queries.ts'

const BATCH = 200

/** Pays what a project owes in the order of submission, as far as its free money goes. Says how many judgments were paid. */
export async function settleOwed(tx: Tx, projectId: string): Promise<number> {
  let paid = 0
  for (;;) {
    const batch = await owedJudgments(tx, projectId, BATCH)
    for (const judgment of batch) {
      const holdId = await placeHold(tx, {
        organizationId: judgment.organizationId,
        projectId,
        ownerId: projectId,
        currency: judgment.currency,
        amount: judgment.pay,
      })
      if (!holdId) return paid
      await payJudgment(tx, judgment, holdId, judgment.matured)
      await paidNow(tx, judgment.id, { holdId, state: judgment.matured ? 'available' : 'pending' })
      paid++
    }
    if (batch.length < BATCH) return paid
  }
}

/** Settles projects whose money became free by other ways than funding. Says whether anything was paid. */
export async function settleAllOwed({ database }: Deps): Promise<boolean> {
  const projects = await database.transaction('system', projectsThatOwe)
  let paid = 0
  for (const id of projects) paid += await database.transaction('system', (tx) => settleOwed(tx, id))
  return paid > 0
}
