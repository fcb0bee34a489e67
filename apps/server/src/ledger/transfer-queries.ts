import { newId, sql, type Tx } from '../platform/index.ts'
import type { Entry, TransferInput } from './ledger-types.ts'

export type KnownTransfer = { id: string; requestHash: string; reversesId: string | null }

/** The transfer that a key of an organization names already. */
export async function transferByKey(
  tx: Tx,
  organizationId: string,
  key: string,
): Promise<KnownTransfer | undefined> {
  return tx
    .selectFrom('ledger_transfers')
    .select(['id', 'request_hash as requestHash', 'reverses_id as reversesId'])
    .where('organization_id', '=', organizationId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst()
}

/**
 * Writes a transfer with its entries and moves the cached balances of accounts with a floor.
 * @returns false when the key is taken, or the transfer to be reversed has been reversed; then nothing is written
 */
export async function insertTransfer(
  tx: Tx,
  id: string,
  transfer: TransferInput & { trainerId: string | null; reversesId?: string },
): Promise<boolean> {
  const accountIds = transfer.entries.map((entry) => entry.accountId)
  const currencies = transfer.entries.map((entry) => entry.currency)
  const amounts = transfer.entries.map((entry) => entry.amount)
  const { rows } = await sql<{ entries: number }>`
    with transfer as (
      insert into ledger_transfers
        (id, organization_id, project_id, judgment_id, trainer_id, kind, idempotency_key, request_hash, reverses_id, actor_id)
      values (${id}, ${transfer.organizationId}, ${transfer.projectId}, ${transfer.judgmentId ?? null},
        ${transfer.trainerId}, ${transfer.kind}, ${transfer.key}, ${transfer.requestHash},
        ${transfer.reversesId ?? null}, ${transfer.actorId ?? null})
      on conflict do nothing
      returning id, organization_id
    ), side as (
      select * from unnest(${accountIds}::bigint[], ${currencies}::text[], ${amounts}::bigint[])
        as each (account_id, currency, amount)
    ), moved as (
      update ledger_accounts set available = available + sums.amount
      from (select account_id, sum(amount)::bigint as amount from side group by account_id) sums
      where ledger_accounts.id = sums.account_id and available is not null and exists (select from transfer)
    ), written as (
      insert into ledger_entries (transfer_id, account_id, organization_id, currency, amount)
      select transfer.id, account_id, organization_id, currency, amount from transfer, side
      returning id
    )
    select count(*)::int as entries from written`.execute(tx)
  return rows[0]?.entries === transfer.entries.length
}

export type StoredTransfer = {
  organizationId: string
  projectId: string | null
  judgmentId: string | null
  entries: Entry[]
}

/** A transfer with its entries. */
export async function storedTransfer(tx: Tx, id: string): Promise<StoredTransfer | undefined> {
  const { rows } = await sql<Omit<StoredTransfer, 'entries'> & Entry>`
    select t.organization_id as "organizationId", t.project_id as "projectId", t.judgment_id as "judgmentId",
      e.account_id as "accountId", e.currency, e.amount
    from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
    where t.id = ${id} order by e.id`.execute(tx)
  const [first] = rows
  return (
    first && {
      ...first,
      entries: rows.map(({ accountId, currency, amount }) => ({ accountId, currency, amount })),
    }
  )
}

/** What became of a transfer. Ask after locking its accounts. */
export async function fateOfTransfer(
  tx: Tx,
  id: string,
): Promise<{ kind: string; reversed: boolean; released: boolean }> {
  const { rows } = await sql<{ kind: string; reversed: boolean; released: boolean }>`
    select kind,
      exists (select from ledger_transfers r where r.reverses_id = t.id) as reversed,
      kind = 'pay' and exists (
        select from ledger_transfers r where r.judgment_id = t.judgment_id and r.kind = 'release') as released
    from ledger_transfers t where id = ${id}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`Transfer ${id} was here a moment ago.`)
  return row
}

/** Locks the balances of the trainers of these judgments, in ascending id. */
async function lockPayees(tx: Tx, judgmentIds: string[]): Promise<void> {
  await sql`
    select id from ledger_accounts
    where kind in ('trainer_pending', 'trainer_available') and owner_id in (
      select trainer_id from ledger_transfers where judgment_id = any(${judgmentIds}::uuid[]) and kind = 'pay')
    order by id for no key update`.execute(tx)
}

/**
 * Makes the pending pay of judgments available: a transfer of kind `release` with the key `release:<judgmentId>` for each. What
 * was never pending, was reversed, or is available already is left alone, so that repeating does nothing.
 * @returns the judgments whose pay was moved now
 */
export async function movePendingToAvailable(tx: Tx, judgmentIds: string[]): Promise<string[]> {
  if (judgmentIds.length === 0) return []
  await lockPayees(tx, judgmentIds)
  const transferIds = judgmentIds.map(() => newId())
  const { rows } = await sql<{ judgment_id: string }>`
    with pay as (
      select t.judgment_id, t.organization_id, t.project_id, a.id as pending_id, a.owner_id, a.currency, e.amount, wanted.id
      from unnest(${judgmentIds}::uuid[], ${transferIds}::uuid[]) as wanted (judgment_id, id)
      join ledger_transfers t on t.judgment_id = wanted.judgment_id and t.kind = 'pay'
      join ledger_entries e on e.transfer_id = t.id
      join ledger_accounts a on a.id = e.account_id and a.kind = 'trainer_pending'
      where not exists (select from ledger_transfers r where r.reverses_id = t.id)
    ), transfer as (
      insert into ledger_transfers
        (id, organization_id, project_id, judgment_id, trainer_id, kind, idempotency_key, request_hash)
      select id, organization_id, project_id, judgment_id, owner_id, 'release', 'release:' || judgment_id, '' from pay
      on conflict do nothing
      returning id
    ), moved as (
      select pay.* from pay join transfer using (id)
    ), available as (
      insert into ledger_accounts (organization_id, kind, owner_id, currency, available)
      select organization_id, 'trainer_available', owner_id, currency, sum(amount)::bigint
      from moved group by organization_id, owner_id, currency order by owner_id, currency
      on conflict (organization_id, kind, owner_id, currency)
        do update set available = ledger_accounts.available + excluded.available
      returning id, organization_id, owner_id, currency
    ), pending as (
      update ledger_accounts set available = available - sums.amount
      from (select pending_id, sum(amount)::bigint as amount from moved group by pending_id) sums
      where ledger_accounts.id = sums.pending_id
    ), written as (
      insert into ledger_entries (transfer_id, account_id, organization_id, currency, amount)
      select moved.id, side.account_id, moved.organization_id, moved.currency, side.amount
      from moved join available using (organization_id, owner_id, currency),
        lateral (values (moved.pending_id, -moved.amount), (available.id, moved.amount)) as side (account_id, amount)
    )
    select judgment_id from moved`.execute(tx)
  return rows.map((row) => row.judgment_id)
}
