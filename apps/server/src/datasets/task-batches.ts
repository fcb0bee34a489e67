import { type Message, messageText, type TaskPayload } from '@groundwork/contract'

/** Tasks stored in one transaction: what a broken connection can cost, and what a second try skips as duplicates. */
const MOST_TASKS = 1_000
/** Characters of content in one transaction, so that long conversations do not pile up in memory. */
const MOST_CHARACTERS = 4_000_000

/** Gathers tasks into batches, and stores one batch while the next is being read; at most two are in memory. */
export class TaskBatches<T extends { task: TaskPayload }> {
  readonly #store: (batch: T[]) => Promise<void>
  #batch: T[] = []
  #characters = 0
  #storing: Promise<void> = Promise.resolve()

  constructor(store: (batch: T[]) => Promise<void>) {
    this.#store = store
  }

  /** Rejects with what went wrong while an earlier batch was stored. */
  async add(item: T): Promise<void> {
    this.#batch.push(item)
    this.#characters += lengthOf(item.task)
    if (this.#batch.length >= MOST_TASKS || this.#characters >= MOST_CHARACTERS) await this.#next()
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
    this.#batch = []
    this.#characters = 0
    await this.#storing
    if (batch.length === 0) return
    this.#storing = this.#store(batch)
    // Whoever adds or ends next gets the error; until then it is nobody's.
    this.#storing.catch(() => {})
  }
}

const lengthOf = (task: TaskPayload): number =>
  lengthOfAll(task.context) +
  task.candidates.reduce((sum, candidate) => sum + lengthOfAll(candidate.messages), 0)

const lengthOfAll = (messages: Message[]): number =>
  messages.reduce((sum, message) => sum + messageText(message).length, 0)
