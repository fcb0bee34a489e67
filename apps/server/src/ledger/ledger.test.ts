import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/test-database.ts'
import { openDatabase } from '../platform/database.ts'
import { type Database, newId, type Tx } from '../platform/index.ts'
import {
  accountFor,
  balancesOf,
  captureHold,
  movePendingToAvailable,
  placeHold,
  projectMoney,
  releaseHold,
  reverseTransfer,
  transfer,
  trialBalance,
} from './index.ts'

let testDatabase: TestDatabase
let database: Database
const organizationId = newId()
const currency = 'USD'

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, 6)
  await database.transaction({ organization: organizationId }, (tx) =>
    tx.insertInto('organizations').values({ id: organizationId, name: 'Team' }).execute(),
  )
})

afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const inside = <T>(work: (tx: Tx) => Promise<T>) =>
  database.transaction({ organization: organizationId }, work)

async function fund(tx: Tx, projectId: string, amount: bigint, key: string = newId(), requestHash = 'fund') {
  const source = await accountFor(tx, {
    organizationId,
    kind: 'funding_source',
    ownerId: organizationId,
    currency,
  })
  const escrow = await accountFor(tx, { organizationId, kind: 'escrow', ownerId: projectId, currency })
  return transfer(tx, {
    organizationId,
    projectId,
    kind: 'fund',
    key,
    requestHash,
    entries: [
      { accountId: source, currency, amount: -amount },
      { accountId: escrow, currency, amount },
    ],
  })
}

const hold = (tx: Tx, projectId: string, amount: bigint) =>
  placeHold(tx, { organizationId, projectId, ownerId: projectId, currency, amount })

const pay = (trainerId: string, judgmentId: string) => ({
  to: 'trainer_pending' as const,
  trainerId,
  judgmentId,
  key: `pay:${judgmentId}`,
  requestHash: judgmentId,
})

test('money goes from the source through escrow and a hold to the trainer, pending and then available', async () => {
  const projectId = newId()
  const trainerId = newId()
  const judgmentId = newId()
  await inside((tx) => fund(tx, projectId, 10_000_000n))
  const holdId = await inside((tx) => hold(tx, projectId, 1_500_000n))
  if (!holdId) throw new Error('no hold')
  expect(await inside((tx) => projectMoney(tx, projectId))).toEqual({
    currency: 'USD',
    funded: 10_000_000n,
    spent: 0n,
    held: 1_500_000n,
    free: 8_500_000n,
  })
  await inside((tx) => captureHold(tx, holdId, pay(trainerId, judgmentId)))
  expect(await inside((tx) => projectMoney(tx, projectId))).toMatchObject({
    spent: 1_500_000n,
    held: 0n,
    free: 8_500_000n,
  })
  expect(await inside((tx) => balancesOf(tx, trainerId))).toEqual([
    { currency, available: 0n, pending: 1_500_000n },
  ])
  expect(await inside((tx) => movePendingToAvailable(tx, [judgmentId]))).toEqual([judgmentId])
  expect(await inside((tx) => movePendingToAvailable(tx, [judgmentId]))).toEqual([])
  expect(await inside((tx) => balancesOf(tx, trainerId))).toEqual([
    { currency, available: 1_500_000n, pending: 0n },
  ])
  const rows = await inside((tx) => trialBalance(tx, projectId))
  expect(rows.map((row) => [row.kind, row.posted])).toEqual([
    ['funding_source', -10_000_000n],
    ['escrow', 8_500_000n],
    ['trainer_pending', 0n],
    ['trainer_available', 1_500_000n],
  ])
})

test('a hold needs free money and resolves once', async () => {
  const projectId = newId()
  const judgmentId = newId()
  await inside((tx) => fund(tx, projectId, 1_000_000n))
  expect(await inside((tx) => hold(tx, projectId, 1_000_001n))).toBeNull()
  const holdId = await inside((tx) => hold(tx, projectId, 1_000_000n))
  if (!holdId) throw new Error('no hold')
  expect(await inside((tx) => hold(tx, projectId, 1n))).toBeNull()
  expect(await inside((tx) => releaseHold(tx, holdId))).toBe(true)
  expect(await inside((tx) => releaseHold(tx, holdId))).toBe(false)
  expect(await inside((tx) => projectMoney(tx, projectId))).toMatchObject({ held: 0n, free: 1_000_000n })
  await expect(inside((tx) => captureHold(tx, holdId, pay(newId(), judgmentId)))).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a replay is a no-op and the same key with another request is refused', async () => {
  const projectId = newId()
  const first = await inside((tx) => fund(tx, projectId, 5n, 'key'))
  const again = await inside((tx) => fund(tx, projectId, 5n, 'key'))
  expect(again).toEqual({ transferId: first.transferId, replayed: true })
  await expect(inside((tx) => fund(tx, projectId, 6n, 'key', 'other'))).rejects.toMatchObject({
    code: 'idempotency_mismatch',
  })
  const holdId = await inside((tx) => hold(tx, projectId, 2n))
  const otherHold = await inside((tx) => hold(tx, projectId, 2n))
  if (!holdId || !otherHold) throw new Error('no hold')
  const capture = pay(newId(), newId())
  const paid = await inside((tx) => captureHold(tx, holdId, capture))
  expect(await inside((tx) => captureHold(tx, holdId, capture))).toEqual({ ...paid, replayed: true })
  const otherBody = { ...capture, requestHash: 'other' }
  for (const id of [holdId, otherHold]) {
    await expect(inside((tx) => captureHold(tx, id, otherBody))).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    })
  }
})

test('a floor is kept, and a transfer is reversed at most once', async () => {
  const projectId = newId()
  const { transferId } = await inside((tx) => fund(tx, projectId, 7n))
  const holdId = await inside((tx) => hold(tx, projectId, 3n))
  if (!holdId) throw new Error('no hold')
  await expect(inside((tx) => reverseTransfer(tx, transferId, { key: newId() }))).rejects.toMatchObject({
    code: 'insufficient_funds',
  })
  const trainerId = newId()
  const paid = await inside((tx) => captureHold(tx, holdId, pay(trainerId, newId())))
  const undone = await inside((tx) => reverseTransfer(tx, paid.transferId, { key: 'undo' }))
  expect(await inside((tx) => reverseTransfer(tx, paid.transferId, { key: 'undo' }))).toEqual({
    ...undone,
    replayed: true,
  })
  await expect(inside((tx) => reverseTransfer(tx, paid.transferId, { key: 'again' }))).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(inside((tx) => reverseTransfer(tx, undone.transferId, { key: 'back' }))).rejects.toMatchObject(
    { code: 'conflict' },
  )
  expect(await inside((tx) => projectMoney(tx, projectId))).toMatchObject({
    funded: 7n,
    spent: 0n,
    held: 0n,
    free: 7n,
  })
  expect(await inside((tx) => balancesOf(tx, trainerId))).toEqual([{ currency, available: 0n, pending: 0n }])
})
