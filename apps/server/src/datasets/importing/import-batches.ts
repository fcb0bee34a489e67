import type { RejectedItem } from './import-item.ts'

/** Tasks stored in one transaction: what a broken connection can cost, and what a second try skips. */
const MOST_ITEMS = 2_000
/** Bytes of content in one transaction (characters, where it is text), so that long conversations do not pile up in memory. */
const MOST_BYTES = 2_000_000

export type Batch<T> = { tasks: T[]; rejected: RejectedItem[]; items: number }

const empty = <T>(): Batch<T> => ({ tasks: [], rejected: [], items: 0 })

/** Gathers items into batches, and stores one batch while the next is being read; at most two are in memory. */
export class ImportBatches<T extends { payload: { length: number } }> {
  readonly #store: (batch: Batch<T>) => Promise<void>
  #batch = empty<T>()
  #bytes = 0
  #storing: Promise<void> = Promise.resolve()

  constructor(store: (batch: Batch<T>) => Promise<void>) {
    this.#store = store
  }

  /** @returns whether there is enough for {@link store} now */
  add(item: T | RejectedItem): boolean {
    const batch = this.#batch
    batch.items++
    if ('payload' in item) {
      batch.tasks.push(item)
      this.#bytes += item.payload.length
    } else batch.rejected.push(item)
    return batch.items >= MOST_ITEMS || this.#bytes >= MOST_BYTES
  }

  /** Stores what is left, and waits until everything is. */
  async end(): Promise<void> {
    await this.store()
    await this.#storing
  }

  /** Waits for what is under way, whatever becomes of it. */
  async settle(): Promise<void> {
    await this.#storing.catch(() => {})
  }

  /** Begins to store what has been added, once the batch before is. Rejects with what went wrong with that. */
  async store(): Promise<void> {
    const batch = this.#batch
    this.#batch = empty()
    this.#bytes = 0
    await this.#storing
    if (batch.items === 0) return
    this.#storing = this.#store(batch)
    // Whoever adds or ends next gets the error; until then it is nobody's.
    this.#storing.catch(() => {})
  }
}
