import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts'
import { openDatabase } from '../platform/database.ts'
import { type Database, newId, postgresCode, sql, type Tx } from '../platform/index.ts'
import { accountFor, captureHold, placeHold, releaseHold, transfer } from './index.ts'

// What the database itself refuses, whatever the code above it does.

let testDatabase: TestDatabase
let database: Database
let owner: pg.Client
const organizationId = newId()
const projectId = newId()
let source: bigint
let escrow: bigint
let funding: string
let openHold: string

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, 4)
  owner = new pg.Client({ connectionString: testDatabase.url })
  await owner.connect()
  await inside(async (tx) => {
    await tx.insertInto('organizations').values({ id: organizationId, name: 'Team' }).execute()
    source = await accountFor(tx, account('funding_source', organizationId, 'USD'))
    escrow = await accountFor(tx, account('escrow', projectId, 'USD'))
    funding = (await transfer(tx, move(100n))).transferId
    openHold = (await hold(tx, 10n)) ?? ''
  })
})

afterAll(async () => {
  await owner.end()
  await database.close()
  await testDatabase.drop()
})

const inside = <T>(work: (tx: Tx) => Promise<T>) =>
  database.transaction({ organization: organizationId }, work)
const account = (kind: 'funding_source' | 'escrow', ownerId: string, currency: string) => ({
  organizationId,
  kind,
  ownerId,
  currency,
})
const hold = (tx: Tx, amount: bigint) =>
  placeHold(tx, { organizationId, projectId, ownerId: projectId, currency: 'USD', amount })

function move(amount: bigint, taken = -amount) {
  const entries = [
    { accountId: source, currency: 'USD', amount: taken },
    { accountId: escrow, currency: 'USD', amount },
  ]
  return { organizationId, projectId, kind: 'fund' as const, key: newId(), requestHash: '', entries }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error) => postgresCode(error),
  )

const entry = (tx: Tx, transferId: string, accountId: bigint, amount: bigint, currency = 'USD') =>
  sql`insert into ledger_entries (transfer_id, account_id, organization_id, currency, amount)
      values (${transferId}, ${accountId}, ${organizationId}, ${currency}, ${amount})`.execute(tx)

const bareTransfer = async (tx: Tx) => {
  const id = newId()
  await sql`insert into ledger_transfers (id, organization_id, kind, idempotency_key, request_hash)
            values (${id}, ${organizationId}, 'fund', ${id}, '')`.execute(tx)
  return id
}

test.each([
  'update ledger_entries set amount = 1',
  'delete from ledger_entries',
  'truncate ledger_entries',
  "update ledger_transfers set kind = 'pay'",
  'delete from ledger_transfers',
  "update ledger_accounts set kind = 'escrow'",
  'update ledger_accounts set owner_id = organization_id',
  'delete from ledger_accounts',
  'update ledger_holds set amount = 1',
  'delete from ledger_holds',
])('the application may not: %s', async (statement) => {
  expect(await codeOf(inside((tx) => sql.raw(statement).execute(tx)))).toBe('42501')
})

test.each([
  'update ledger_entries set amount = 1',
  'delete from ledger_entries',
  "update ledger_transfers set kind = 'pay'",
  'delete from ledger_transfers',
])('not even the owner of the schema may: %s', async (statement) => {
  expect(await codeOf(owner.query(statement))).toBe('GW005')
})

test('an entry cannot be added to a transfer later', async () => {
  expect(await codeOf(inside((tx) => entry(tx, funding, escrow, 1n)))).toBe('GW001')
})

test('an entry needs a transfer', async () => {
  expect(await codeOf(inside((tx) => entry(tx, newId(), escrow, 1n)))).toBe('GW001')
})

test('an entry goes to an account of its own currency and organization', async () => {
  const euros = await inside((tx) => accountFor(tx, account('escrow', projectId, 'EUR')))
  expect(await codeOf(inside(async (tx) => entry(tx, await bareTransfer(tx), euros, 1n)))).toBe('GW002')
  expect(await codeOf(inside(async (tx) => entry(tx, await bareTransfer(tx), 999_999n, 1n)))).toBe('GW002')
  const strangers = await database.transaction('system', async (tx) => {
    const stranger = newId()
    await tx.insertInto('organizations').values({ id: stranger, name: 'Others' }).execute()
    return accountFor(tx, { organizationId: stranger, kind: 'escrow', ownerId: newId(), currency: 'USD' })
  })
  const across = database.transaction('system', async (tx) =>
    entry(tx, await bareTransfer(tx), strangers, 1n),
  )
  expect(await codeOf(across)).toBe('GW002')
})

test('a transfer that does not balance is refused when its transaction commits', async () => {
  let reachedTheEnd = false
  const unbalanced = inside(async (tx) => {
    await transfer(tx, move(5n, -4n))
    reachedTheEnd = true
  })
  expect(await codeOf(unbalanced)).toBe('GW004')
  expect(reachedTheEnd).toBe(true)
})

test('a transfer needs two entries', async () => {
  expect(await codeOf(inside(bareTransfer))).toBe('GW003')
})

test('a transfer balances in each currency by itself', async () => {
  const euroSource = await inside((tx) => accountFor(tx, account('funding_source', organizationId, 'EUR')))
  const mixed = inside(async (tx) => {
    const id = await bareTransfer(tx)
    await entry(tx, id, source, -5n)
    await entry(tx, id, euroSource, 5n, 'EUR')
  })
  expect(await codeOf(mixed)).toBe('GW004')
})

test('no balance with a floor passes zero', async () => {
  const below = inside((tx) =>
    sql`update ledger_accounts set available = -1 where id = ${escrow}`.execute(tx),
  )
  expect(await codeOf(below)).toBe('23514')
})

test('a resolved hold stays as it is', async () => {
  const id = await inside((tx) => hold(tx, 1n))
  if (!id) throw new Error('no hold')
  await inside((tx) => releaseHold(tx, id))
  for (const state of ['open', 'captured', 'released']) {
    const again = inside((tx) => sql`update ledger_holds set state = ${state} where id = ${id}`.execute(tx))
    expect(await codeOf(again)).toBe('GW006')
  }
})

test('nothing of another organization is seen or moved', async () => {
  const seen = await database.transaction({ organization: newId(), person: newId() }, async (tx) => {
    const counts = await sql<{ n: bigint }>`
      select (select count(*) from ledger_accounts) + (select count(*) from ledger_transfers)
        + (select count(*) from ledger_entries) + (select count(*) from ledger_holds) as n`.execute(tx)
    return [counts.rows[0]?.n, await hold(tx, 1n), await releaseHold(tx, openHold)]
  })
  expect(seen).toEqual([0n, null, false])
})

test('a hold that takes its money at the commit does not stand without it', async () => {
  const whileTheMoneyGoes = inside(async (tx) => {
    const id = await placeHold(tx, {
      organizationId,
      projectId: newId(),
      ownerId: projectId,
      currency: 'USD',
      amount: 1n,
      when: 'at_commit',
    })
    await sql`update ledger_accounts set available = 0 where id = ${escrow}`.execute(tx)
    return id
  })
  expect(await codeOf(whileTheMoneyGoes)).toBe('GW007')
})

test('paying does not wait for the escrow row, however long somebody else locks it', async () => {
  await owner.query('begin')
  await owner.query('select 1 from ledger_accounts where id = $1 for update', [escrow])
  try {
    const trainerId = newId()
    const paid = await inside(async (tx) => {
      await sql`set local lock_timeout = '2s'`.execute(tx)
      return captureHold(tx, openHold, {
        to: 'trainer_pending',
        trainerId,
        judgmentId: newId(),
        key: newId(),
        requestHash: '',
      })
    })
    expect(paid.replayed).toBe(false)
  } finally {
    await owner.query('rollback')
  }
})
