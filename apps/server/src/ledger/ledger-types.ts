/** Where money stands. A source of funds has no floor; every other account never passes zero. */
export type AccountKind = 'funding_source' | 'escrow' | 'trainer_pending' | 'trainer_available'

/** What a transfer does: money in, pay for a judgment, pending pay made available, money back, and the undoing of one of them. */
export type TransferKind = 'fund' | 'pay' | 'release' | 'refund' | 'reversal'

/** One account for each organization, kind, owner and currency. */
export type AccountKey = {
  organizationId: string
  kind: AccountKind
  /** The organization of a funding source, the project of an escrow, the user of a trainer's account. */
  ownerId: string
  currency: string
}

/** One side of a transfer, in micro-units: positive adds to the account, negative takes from it. */
export type Entry = { accountId: bigint; currency: string; amount: bigint }

export type TransferInput = {
  organizationId: string
  projectId: string | null
  judgmentId?: string | null
  kind: TransferKind
  /** Unique within the organization; names the request for ever. */
  key: string
  /** `hashJson` of what was asked: the same key with another hash is refused. */
  requestHash: string
  actorId?: string
  /** At least two, zero in sum for each currency. */
  entries: Entry[]
}
