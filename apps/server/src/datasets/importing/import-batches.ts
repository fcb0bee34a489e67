import type { RejectedItem } from './import-item.ts'

/** Tasks stored in one transaction: what a broken connection can cost, and what a second try skips. */
const MOST_ITEMS = 2_000
/** Characters of content in one transaction, so that long conversations do not pile up in memory. */
const MOST_CHARACTERS = 4_000_000

export type Batch<T> = { tasks: T[]; rejected: RejectedItem[]; items: number }

const empty = <T>(): Batch<T> => ({ tasks: [], rejected: [], items: 0 })

/** Gathers items into batches, and stores one batch while the next is being read; at most two are in memory. */
export class ImportBatches<T extends { payload: string }> {
  readonly #store: (batch: Batch<T>) => Promise<void>
  #batch = empty<T>()
  #characters = 0
  #storing: Promise<void> = Promise.resolve()

  constructor(store: (batch: Batch<T>) => Promise<void>) {
    this.#store = store
  }

  /** Rejects with what went wrong while an earlier batch was stored. */
  async add(item: T | RejectedItem): Promise<void> {
    const batch = this.#batch
    batch.items++
    if ('payload' in item) {
      batch.tasks.push(item)
      this.#characters += item.payload.length
    } else batch.rejected.push(item)
    if (batch.items >= MOST_ITEMS || this.#characters >= MOST_CHARACTERS) await this.#next()
  }

  /** Stores what is left, and waits until everything is. */
  async end(): Promise<void> {
    await this.#next()
    await this.#storing
  }

  /** Waits for what is under way, whatever becomes of it. */
  async settle(): Promise<void> {
    await this.#storing.catch(() => {})
  }

  async #next(): Promise<void> {
    const batch = this.#batch
    this.#batch = empty()
    this.#characters = 0
    await this.#storing
    if (batch.items === 0) return
    this.#storing = this.#store(batch)
    // Whoever adds or ends next gets the error; until then it is nobody's.
    this.#storing.catch(() => {})
  }
}
