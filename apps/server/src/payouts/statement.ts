import { type Currency, fromMicros, type StatementLine } from '@groundwork/contract'
import { type StatementFilters, statementOf } from '../ledger/index.ts'
import { type Deps, invalidInput } from '../platform/index.ts'
import { projectLabels } from '../projects/index.ts'
import { activeMsOf } from './earnings-queries.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * A page of a trainer's statement, newest first.
 * @returns the lines, and the cursor of the next page or null
 * @throws AppError `invalid_input` for a cursor that this never gave, or a period that ends before it begins
 */
export async function statementPage(
  { database }: Deps,
  trainerId: string,
  filters: StatementFilters,
): Promise<{ lines: StatementLine[]; nextCursor: string | null }> {
  if (filters.after && !UUID.test(filters.after)) {
    throw invalidInput([
      { path: 'cursor', code: 'invalid', message: 'Take the cursor from nextCursor of the page before.' },
    ])
  }
  if (filters.from && filters.to && filters.from > filters.to) {
    throw invalidInput([{ path: 'to', code: 'too_small', message: 'Must not be before `from`.' }])
  }
  const { rows, active } = await database.transaction({ person: trainerId }, async (tx) => {
    const found = await statementOf(tx, trainerId, { ...filters, limit: filters.limit + 1 })
    return {
      rows: found,
      active: await activeMsOf(
        tx,
        found.flatMap((row) => row.judgmentId ?? []),
      ),
    }
  })
  const page = rows.slice(0, filters.limit)
  const labels = await labelsOf(
    { database },
    page.flatMap((row) => row.projectId ?? []),
  )
  return {
    nextCursor: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
    lines: page.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      projectId: row.projectId,
      projectName: (row.projectId && labels.get(row.projectId)?.name) ?? null,
      judgmentId: row.judgmentId,
      activeMs: row.kind === 'pay' ? (active.get(row.judgmentId ?? '') ?? null) : null,
      amount: { amount: fromMicros(row.amount, row.currency as Currency), currency: row.currency },
      state: row.state,
    })),
  }
}

/** Projects belong to other organizations; a trainer may know name and currency of those that pay or paid. */
export const labelsOf = ({ database }: Pick<Deps, 'database'>, projectIds: string[]) =>
  database.transaction('system', (tx) => projectLabels(tx, [...new Set(projectIds)]))
