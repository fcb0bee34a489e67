import { newId, PREPARED, sql, type Tx } from '../platform/index.ts'

/**
 * Takes money of a project's escrow out of its free money, for one judgment to come.
 *
 * `at_commit` is for claims, where many trainers meet on the escrow's row: the money is looked for now and taken by the commit,
 * so that nobody waits for the rest of somebody else's transaction. When others were faster in between, the commit fails and
 * `database.transaction` does the work again. Place one such hold in a transaction, because the second would not see the first.
 * @param hold.ownerId the project whose escrow pays
 * @param hold.id given when something already speaks of the hold that is placed last
 * @param hold.when default: now, which locks the escrow's row until the end of the transaction
 * @returns the hold, or null when there is not enough free money
 */
export async function placeHold(
  tx: Tx,
  hold: {
    id?: string
    organizationId: string
    projectId: string
    ownerId: string
    currency: string
    amount: bigint
    when?: 'now' | 'at_commit'
  },
): Promise<string | null> {
  const id = hold.id ?? newId()
  const account = sql`organization_id = ${hold.organizationId} and kind = 'escrow' and owner_id = ${hold.ownerId}
    and currency = ${hold.currency} and available >= ${hold.amount}::bigint`
  const atCommit = hold.when === 'at_commit'
  const { rows } = await sql`${sql.raw(PREPARED)}
    with account as (
      ${
        atCommit
          ? sql`select id, currency from ledger_accounts where ${account}`
          : sql`update ledger_accounts set available = available - ${hold.amount}::bigint where ${account} returning id, currency`
      }
    )
    insert into ledger_holds (id, organization_id, project_id, account_id, currency, amount, at_commit)
    select ${id}, ${hold.organizationId}, ${hold.projectId}, id, currency, ${hold.amount}::bigint, ${atCommit} from account
    returning id`.execute(tx)
  return rows.length === 1 ? id : null
}

export type Capture = {
  to: 'trainer_pending' | 'trainer_available'
  trainerId: string
  judgmentId: string
  key: string
  requestHash: string
}

/**
 * Ends an open hold and pays its amount in one statement. The payer's row is neither locked nor changed: its entry and the end
 * of the hold cancel out.
 * @returns false when the hold is not open
 */
export async function captureOpenHold(
  tx: Tx,
  holdId: string,
  transferId: string,
  capture: Capture,
): Promise<boolean> {
  const { rows } = await sql`${sql.raw(PREPARED)}
    with hold as (
      update ledger_holds set state = 'captured', resolved_at = now()
      where id = ${holdId} and state = 'open'
      returning organization_id, project_id, account_id, currency, amount
    ), payee as (
      insert into ledger_accounts (organization_id, kind, owner_id, currency, available)
      select organization_id, ${capture.to}, ${capture.trainerId}::uuid, currency, amount from hold
      on conflict (organization_id, kind, owner_id, currency)
        do update set available = ledger_accounts.available + excluded.available
      returning id
    ), transfer as (
      insert into ledger_transfers
        (id, organization_id, project_id, judgment_id, trainer_id, kind, idempotency_key, request_hash)
      select ${transferId}::uuid, organization_id, project_id, ${capture.judgmentId}::uuid, ${capture.trainerId}::uuid,
        'pay', ${capture.key}, ${capture.requestHash}
      from hold
      returning id
    )
    insert into ledger_entries (transfer_id, account_id, organization_id, currency, amount)
    select transfer.id, side.account_id, hold.organization_id, hold.currency, side.amount
    from hold, payee, transfer,
      lateral (values (hold.account_id, -hold.amount), (payee.id, hold.amount)) as side (account_id, amount)
    returning id`.execute(tx)
  return rows.length === 2
}

/** Gives the money of the open ones among these holds back to the free money of their accounts; says how many those were. */
export async function releaseHolds(tx: Tx, holdIds: string[]): Promise<number> {
  const { rows } = await sql<{ released: number }>`
    with wanted as materialized (
      select id from ledger_holds where id = any(${holdIds}::uuid[]) and state = 'open' order by id for update
    ), released as (
      update ledger_holds set state = 'released', resolved_at = now()
      where id in (select id from wanted) and state = 'open'
      returning account_id, amount
    ), sums as (
      select account_id, sum(amount)::bigint as amount from released group by account_id
    ), locked as materialized (
      select id from ledger_accounts where id in (select account_id from sums) order by id for no key update
    ), back as (
      update ledger_accounts set available = available + sums.amount
      from sums join locked on locked.id = sums.account_id
      where ledger_accounts.id = sums.account_id
    )
    select count(*)::int as released from released`.execute(tx)
  return rows[0]?.released ?? 0
}

/** Gives the money of an open hold back; false when the hold was resolved before. */
export async function releaseHold(tx: Tx, holdId: string): Promise<boolean> {
  return (await releaseHolds(tx, [holdId])) === 1
}

/** The organization whose money a hold is. */
export async function organizationOfHold(tx: Tx, holdId: string): Promise<string | undefined> {
  const hold = await tx
    .selectFrom('ledger_holds')
    .select('organization_id')
    .where('id', '=', holdId)
    .executeTakeFirst()
  return hold?.organization_id
}
