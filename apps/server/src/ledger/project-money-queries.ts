import { sql, type Tx } from '../platform/index.ts'

/** Where a project's money stands, in micro-units: funded = spent + held + free. */
export type ProjectMoney = {
  currency: string
  /** Put in, less what went back to its source. */
  funded: bigint
  /** Paid to trainers. */
  spent: bigint
  /** Held for judgments that are being made. */
  held: bigint
  free: bigint
}

/**
 * The money of projects by project id; a project that was never funded is missing. Costs the open holds and the fundings only:
 * an escrow's posted balance is its free money plus its open holds, so the pays need not be added up.
 */
export async function moneyOfProjects(tx: Tx, projectIds: string[]): Promise<Map<string, ProjectMoney>> {
  const { rows } = await sql<{
    project_id: string
    currency: string
    funded: bigint
    held: bigint
    free: bigint
  }>`
    select a.owner_id as project_id, a.currency, a.available as free,
      (select coalesce(sum(h.amount), 0)::bigint from ledger_holds h where h.account_id = a.id and h.state = 'open') as held,
      (select coalesce(sum(e.amount), 0)::bigint from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
       where t.project_id = a.owner_id and t.judgment_id is null and e.account_id = a.id) as funded
    from ledger_accounts a
    where a.kind = 'escrow' and a.owner_id = any(${projectIds}::uuid[])
    order by a.id`.execute(tx)
  return new Map(
    rows.map(({ project_id, currency, funded, held, free }) => [
      project_id,
      { currency, funded, held, free, spent: funded - held - free },
    ]),
  )
}

/** The money of one project; undefined when it was never funded. */
export async function projectMoney(tx: Tx, projectId: string): Promise<ProjectMoney | undefined> {
  return (await moneyOfProjects(tx, [projectId])).get(projectId)
}

export type TrialBalanceRow = {
  kind: string
  ownerId: string
  currency: string
  /** Sum of the entries that this project's transfers made on the account, in micro-units. */
  posted: bigint
  /** Sum of the open holds that this project has on it. */
  held: bigint
}

/** Every account that transfers of a project touched; the posted amounts sum to zero in every currency. */
export async function trialBalance(tx: Tx, projectId: string): Promise<TrialBalanceRow[]> {
  const { rows } = await sql<TrialBalanceRow>`
    with posted as (
      select e.account_id, sum(e.amount)::bigint as posted
      from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
      where t.project_id = ${projectId}
      group by e.account_id
    )
    select a.kind, a.owner_id as "ownerId", a.currency, posted.posted,
      (select coalesce(sum(h.amount), 0)::bigint from ledger_holds h
       where h.account_id = a.id and h.state = 'open' and h.project_id = ${projectId}) as held
    from posted join ledger_accounts a on a.id = posted.account_id
    order by array_position(array['funding_source', 'escrow', 'trainer_pending', 'trainer_available'], a.kind), a.id`.execute(
    tx,
  )
  return rows
}
