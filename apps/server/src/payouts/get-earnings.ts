import { type Currency, type Earnings, fromMicros, type Money, presentMoney } from '@groundwork/contract'
import { balancesOf } from '../ledger/index.ts'
import type { Caller, Deps } from '../platform/index.ts'
import { trueWage } from '../projects/index.ts'
import { getTrainerProfile } from '../trainers/index.ts'
import { lastSevenDays, nextReleaseAt, workSince } from './earnings-queries.ts'
import { labelsOf, statementPage } from './statement.ts'

export type StatementQuery = {
  projectId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Days begin at midnight where the trainer lives. */
export async function timeZoneOf({ database }: Deps, trainerId: string): Promise<string> {
  const profile = await database.transaction({ person: trainerId }, (tx) => getTrainerProfile(tx, trainerId))
  return profile?.timeZone ?? 'UTC'
}

/** Balances, the last seven days and a page of the statement. */
export async function getEarnings(
  deps: Deps,
  caller: Caller,
  query: StatementQuery & { cursor?: string | undefined; limit: number },
): Promise<Earnings> {
  const trainerId = caller.userId
  const timeZone = await timeZoneOf(deps, trainerId)
  const { cursor, ...filters } = query
  const statement = await statementPage(deps, trainerId, { ...filters, after: cursor, timeZone })
  const { balances, dates, work, nextRelease } = await deps.database.transaction(
    { person: trainerId },
    async (tx) => {
      const dates = await lastSevenDays(tx, timeZone)
      return {
        dates,
        balances: await balancesOf(tx, trainerId),
        work: await workSince(tx, trainerId, dates[0] ?? '', timeZone),
        nextRelease: await nextReleaseAt(tx, trainerId),
      }
    },
  )
  const labels = await labelsOf(
    deps,
    work.map((row) => row.projectId),
  )
  const rows = work.flatMap((row) => {
    const currency = labels.get(row.projectId)?.currency
    return currency ? [{ ...row, currency }] : []
  })
  return {
    balances: balances.map(({ currency, available, pending }) => ({
      currency,
      available: fromMicros(available, currency as Currency),
      pending: fromMicros(pending, currency as Currency),
    })),
    week: {
      ...totals(rows),
      trueWage: byCurrency(rows).flatMap(
        ([currency, own]) => trueWage(sumOf(own, 'earned'), sumOf(own, 'activeMs'), currency) ?? [],
      ),
      days: dates.map((date) => ({ date, ...totals(rows.filter((row) => row.date === date)) })),
    },
    nextReleaseAt: nextRelease?.toISOString() ?? null,
    statement: statement.lines,
    nextCursor: statement.nextCursor,
  }
}

type Work = { currency: Currency; earned: bigint; activeMs: bigint; judgments: number }

function totals(rows: Work[]): { earned: Money[]; activeMs: number; judgments: number } {
  return {
    earned: byCurrency(rows).map(([currency, own]) => presentMoney(sumOf(own, 'earned'), currency)),
    activeMs: Number(sumOf(rows, 'activeMs')),
    judgments: rows.reduce((sum, row) => sum + row.judgments, 0),
  }
}

const byCurrency = (rows: Work[]) =>
  [...Map.groupBy(rows, (row) => row.currency)].sort(([a], [b]) => (a < b ? -1 : 1))

const sumOf = (rows: Work[], key: 'earned' | 'activeMs') => rows.reduce((sum, row) => sum + row[key], 0n)
