import { AppError, hashJson, newId, notFound, postgresCode, type Tx } from '../platform/index.ts'
import { lockAccounts } from './account-queries.ts'
import { type Capture, captureOpenHold, organizationOfHold } from './hold-queries.ts'
import type { TransferInput } from './ledger-types.ts'
import {
  fateOfTransfer,
  insertTransfer,
  type KnownTransfer,
  storedTransfer,
  transferByKey,
} from './transfer-queries.ts'

const UNIQUE_VIOLATION = '23505'

/**
 * Moves money. A replay (same key, same request hash) does nothing and returns the first transfer.
 * @throws AppError `insufficient_funds` when an account with a floor would pass zero; nothing is written then
 * @throws AppError `idempotency_mismatch` when the key was used for another request
 */
export async function transfer(
  tx: Tx,
  input: TransferInput & { reversesId?: string },
): Promise<{ transferId: string; replayed: boolean }> {
  // Accounts before the key: whoever replays waits for the first request to end and then finds its transfer.
  const accounts = await lockAccounts(tx, [...new Set(input.entries.map((entry) => entry.accountId))])
  const known = await transferByKey(tx, input.organizationId, input.key)
  if (known) return replay(known, input.requestHash)
  for (const account of accounts) {
    if (account.available === null) continue
    const change = input.entries
      .filter((entry) => entry.accountId === account.id)
      .reduce((sum, entry) => sum + entry.amount, 0n)
    if (account.available + change < 0n) {
      throw new AppError('insufficient_funds', 'The account does not hold enough free money for this.')
    }
  }
  const transferId = newId()
  const trainerId = accounts.find((account) => account.kind.startsWith('trainer_'))?.ownerId ?? null
  if (await insertTransfer(tx, transferId, { ...input, trainerId })) return { transferId, replayed: false }
  const rival = await transferByKey(tx, input.organizationId, input.key)
  if (!rival) throw new AppError('conflict', 'This transfer has been reversed already.')
  return replay(rival, input.requestHash)
}

function replay(known: KnownTransfer, requestHash: string): { transferId: string; replayed: true } {
  if (known.requestHash !== requestHash) throw mismatch()
  return { transferId: known.id, replayed: true }
}

const mismatch = () =>
  new AppError('idempotency_mismatch', 'This idempotency key was used before with another request.')

/**
 * Turns an open hold into the pay of one judgment. Takes no lock on the account that pays.
 * @throws AppError `conflict` when the hold was released, or captured under another key
 * @throws AppError `idempotency_mismatch` when the key was used for another request
 */
export async function captureHold(
  tx: Tx,
  holdId: string,
  capture: Capture,
): Promise<{ transferId: string; replayed: boolean }> {
  const transferId = newId()
  try {
    if (await captureOpenHold(tx, holdId, transferId, capture)) return { transferId, replayed: false }
  } catch (error) {
    throw postgresCode(error) === UNIQUE_VIOLATION ? mismatch() : error
  }
  const known = await paidUnder(tx, holdId, capture.key)
  if (!known) throw new AppError('conflict', 'The money held for this was given back or paid already.')
  return replay(known, capture.requestHash)
}

async function paidUnder(tx: Tx, holdId: string, key: string): Promise<KnownTransfer | undefined> {
  const organizationId = await organizationOfHold(tx, holdId)
  return organizationId === undefined ? undefined : transferByKey(tx, organizationId, key)
}

/**
 * Undoes a funding, a refund or a pay that is not released yet by its mirror image, at most once. The same key again is a replay.
 * @throws AppError `conflict` when it was reversed before, was released since, or is no such transfer
 * @throws AppError `insufficient_funds` when the money has moved on
 */
export async function reverseTransfer(
  tx: Tx,
  transferId: string,
  by: { key: string; actorId?: string },
): Promise<{ transferId: string; replayed: boolean }> {
  const original = await storedTransfer(tx, transferId)
  if (!original) throw notFound('transfer')
  const requestHash = hashJson({ reverses: transferId })
  await lockAccounts(
    tx,
    original.entries.map((entry) => entry.accountId),
  )
  const known = await transferByKey(tx, original.organizationId, by.key)
  if (known) return replay(known, requestHash)
  const obstacle = await obstacleToReversal(tx, transferId)
  if (obstacle) throw new AppError('conflict', obstacle)
  return transfer(tx, {
    organizationId: original.organizationId,
    projectId: original.projectId,
    judgmentId: original.judgmentId,
    kind: 'reversal',
    key: by.key,
    requestHash,
    ...(by.actorId === undefined ? {} : { actorId: by.actorId }),
    reversesId: transferId,
    entries: original.entries.map((entry) => ({ ...entry, amount: -entry.amount })),
  })
}

async function obstacleToReversal(tx: Tx, transferId: string): Promise<string | undefined> {
  const { kind, reversed, released } = await fateOfTransfer(tx, transferId)
  if (kind === 'reversal' || kind === 'release') return `A ${kind} cannot be reversed.`
  if (reversed) return 'This transfer has been reversed already.'
  if (released) return 'This pay is available to the trainer already; it cannot be taken back.'
  return undefined
}
