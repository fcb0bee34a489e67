import { sql, type Tx } from '../platform/index.ts'
import type { AccountKey, AccountKind } from './ledger-types.ts'

/** The id of the account, which is opened when it does not exist yet. */
export async function accountFor(tx: Tx, account: AccountKey): Promise<bigint> {
  const known = await findAccount(tx, account)
  if (known) return known.id
  const { rows } = await sql<{ id: bigint }>`
    insert into ledger_accounts (organization_id, kind, owner_id, currency, available)
    values (${account.organizationId}, ${account.kind}, ${account.ownerId}, ${account.currency},
            ${account.kind === 'funding_source' ? null : 0n}::bigint)
    on conflict (organization_id, kind, owner_id, currency) do nothing
    returning id`.execute(tx)
  // Nothing returned: somebody else opened it in this moment and has committed.
  const opened = rows[0] ?? (await findAccount(tx, account))
  if (!opened)
    throw new Error('A ledger account was neither found nor opened; is the scope of the transaction right?')
  return opened.id
}

async function findAccount(tx: Tx, account: AccountKey) {
  return tx
    .selectFrom('ledger_accounts')
    .select('id')
    .where('organization_id', '=', account.organizationId)
    .where('kind', '=', account.kind)
    .where('owner_id', '=', account.ownerId)
    .where('currency', '=', account.currency)
    .executeTakeFirst()
}

export type LockedAccount = {
  id: bigint
  kind: AccountKind
  ownerId: string
  currency: string
  /** null: an account without a floor, which nothing needs to lock. */
  available: bigint | null
}

/** Locks the accounts that have a floor, in ascending id, so that two transfers never wait for each other in a circle. */
export async function lockAccounts(tx: Tx, ids: bigint[]): Promise<LockedAccount[]> {
  const { rows } = await sql<LockedAccount>`
    with locked as materialized (
      select id, kind, owner_id, currency, available from ledger_accounts
      where id = any(${ids}::bigint[]) and available is not null
      order by id for no key update
    )
    select id, kind, owner_id as "ownerId", currency, available from locked
    union all
    select id, kind, owner_id, currency, available from ledger_accounts
    where id = any(${ids}::bigint[]) and available is null`.execute(tx)
  return rows
}

/** A person's money by currency and kind, over all organizations, in micro-units. */
export async function balancesOf(
  tx: Tx,
  ownerId: string,
): Promise<{ currency: string; available: bigint; pending: bigint }[]> {
  const { rows } = await sql<{ currency: string; available: bigint; pending: bigint }>`
    select currency,
      coalesce(sum(available) filter (where kind = 'trainer_available'), 0)::bigint as available,
      coalesce(sum(available) filter (where kind = 'trainer_pending'), 0)::bigint as pending
    from ledger_accounts
    where owner_id = ${ownerId} and kind in ('trainer_available', 'trainer_pending')
    group by currency order by currency`.execute(tx)
  return rows
}
