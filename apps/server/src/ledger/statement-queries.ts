import { sql, type Tx } from '../platform/index.ts'

export type StatementFilters = {
  projectId?: string | undefined
  /** First and last day, `YYYY-MM-DD` in `timeZone`. */
  from?: string | undefined
  to?: string | undefined
  timeZone: string
  /** Lines after this one, which is older than all lines given before. */
  after?: string | undefined
  limit: number
}

/** A movement of a person's money that is not merely pending money becoming available. Amount in micro-units. */
export type StatementRow = {
  id: string
  at: Date
  kind: 'pay' | 'reversal'
  projectId: string | null
  judgmentId: string | null
  currency: string
  amount: bigint
  /** Where the money is now. */
  state: 'pending' | 'available'
}

/**
 * Pays and reversals of a person, newest first. A pay is one line from the beginning: its release changes the state of the line
 * and is no line of its own. Lines that are pending add up to the pending balance, the others to the available one.
 */
export async function statementOf(
  tx: Tx,
  ownerId: string,
  filters: StatementFilters,
): Promise<StatementRow[]> {
  const day = (date: string, plus: number) =>
    sql`(${date}::date + ${plus}::int)::timestamp at time zone ${filters.timeZone}`
  const conditions = [
    sql`t.trainer_id = ${ownerId}`,
    sql`t.kind in ('pay', 'reversal')`,
    ...(filters.projectId ? [sql`t.project_id = ${filters.projectId}`] : []),
    ...(filters.from ? [sql`t.created_at >= ${day(filters.from, 0)}`] : []),
    ...(filters.to ? [sql`t.created_at < ${day(filters.to, 1)}`] : []),
    ...(filters.after
      ? [
          sql`(t.created_at, t.id) < (select created_at, id from ledger_transfers where id = ${filters.after})`,
        ]
      : []),
  ]
  const { rows } = await sql<StatementRow>`
    select t.id, t.created_at as at, t.kind, t.project_id as "projectId", t.judgment_id as "judgmentId", e.currency, e.amount,
      case when a.kind = 'trainer_available' or exists (
        select from ledger_transfers r where r.judgment_id = t.judgment_id and r.kind = 'release')
        then 'available' else 'pending' end as state
    from ledger_transfers t
    join ledger_entries e on e.transfer_id = t.id
    join ledger_accounts a on a.id = e.account_id and a.owner_id = ${ownerId}
    where ${sql.join(conditions, sql` and `)}
    order by t.created_at desc, t.id desc
    limit ${filters.limit}`.execute(tx)
  return rows
}
