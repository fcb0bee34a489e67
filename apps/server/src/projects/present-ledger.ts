import { type Currency, fromMicros, type TrialBalance } from '@groundwork/contract'
import { namesOf } from '../identity/index.ts'
import { type TrialBalanceRow, trialBalance } from '../ledger/index.ts'
import type { Deps } from '../platform/index.ts'
import { organizationName, type ProjectHeader } from './project-queries.ts'

/** The trial balance of a project, with the names of the accounts' owners. */
export async function presentLedger({ database }: Deps, project: ProjectHeader): Promise<TrialBalance> {
  return database.transaction({ organization: project.organization_id }, async (tx) => {
    const rows = await trialBalance(tx, project.id)
    const trainers = rows.filter((row) => row.kind.startsWith('trainer_')).map((row) => row.ownerId)
    const names = await namesOf(tx, trainers)
    names.set(project.id, project.name)
    names.set(project.organization_id, await organizationName(tx, project.organization_id))
    return {
      accounts: rows.map((row) => ({
        kind: row.kind,
        owner: { id: row.ownerId, name: names.get(row.ownerId) ?? '' },
        currency: row.currency as Currency,
        posted: fromMicros(row.posted, row.currency as Currency),
        held: fromMicros(row.held, row.currency as Currency),
      })),
      sums: sumsByCurrency(rows, project.currency),
    }
  })
}

/** Zero in every currency, and in the project's own before any money moved. */
function sumsByCurrency(rows: TrialBalanceRow[], own: Currency): Record<string, string> {
  const sums = new Map<string, bigint>([[own, 0n]])
  for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0n) + row.posted)
  return Object.fromEntries(
    [...sums].map(([currency, sum]) => [currency, fromMicros(sum, currency as Currency)]),
  )
}
