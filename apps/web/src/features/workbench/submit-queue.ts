import { ApiError, type Client } from '@groundwork/client'
import type { Answer, Assignment, Submitted } from '@groundwork/contract'
import { parseStored, type TextStorage } from '../../ui/storage.ts'
import { conflictOf } from './refusals.ts'
import { sameAnswer } from './same-answer.ts'

/** An answer that has been given and is not acknowledged yet. It carries all that is needed to bring the task back to the screen. */
export type PendingSubmit = {
  /** Sent as `Idempotency-Key`: however often it is sent, it counts once. */
  key: string
  assignment: Assignment
  answer: Record<string, unknown>
  activeMs: number
  /** When the draft was saved that the answer was edited from; undefined: not known. */
  basedOn?: string | null | undefined
  /** Drafts of this page that the server may have without having said so. */
  unanswered?: readonly Answer[]
  /** Ask for the next task in the same call; only when none is at hand. */
  wantsNext: boolean
}

/** @param except assignments that are at hand already and need not be handed out as the next */
export const sendPending = (
  client: Client,
  { key, assignment, answer, activeMs, basedOn, wantsNext }: PendingSubmit,
  except: string[],
): Promise<Submitted> =>
  client.submitJudgment({
    params: { id: assignment.id },
    body: { epoch: assignment.epoch, answer, activeMs, basedOn, next: wantsNext, except },
    idempotencyKey: key,
  })

export type SubmitQueueOptions = {
  storage: TextStorage
  storageKey: string
  send: (pending: PendingSubmit) => Promise<Submitted>
  onAcknowledged: (pending: PendingSubmit, result: Submitted) => void
  /** The server will never take it; the answer goes back to the person. */
  onRefused: (pending: PendingSubmit, error: ApiError) => void
  /** Called whenever what waits, or whether it can be sent, has changed. */
  onChange: () => void
  /** Runs something later, in ms; returns how to cancel it. */
  later: (run: () => void, ms: number) => () => void
}

/** Runs something later by the browser's timer. */
export function byTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Wait before attempt n (from 1): 1, 2, 4, … at most 30 seconds. */
export const retryDelay = (attempt: number): number => Math.min(30_000, 1_000 * 2 ** (attempt - 1))

/**
 * Answers on their way to the server. They are stored before they are sent and stay stored until acknowledged, so neither a reload nor
 * a lost connection loses one; they go out one at a time, in order.
 */
export class SubmitQueue {
  readonly #options: SubmitQueueOptions
  #sending = false
  #failures = 0
  #cancelRetry: () => void = () => {}

  constructor(options: SubmitQueueOptions) {
    this.#options = options
  }

  pending(): PendingSubmit[] {
    return parseStored<PendingSubmit[]>(this.#options.storage.get(this.#options.storageKey)) ?? []
  }

  /** Whether the last attempt found no server. */
  get stuck(): boolean {
    return this.#failures > 0
  }

  add(pending: PendingSubmit): void {
    this.#store([...this.pending(), pending])
    void this.flush()
  }

  /** Sends what waits. Safe to call at any time. */
  async flush(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    this.#cancelRetry()
    try {
      for (let first = this.pending()[0]; first; first = this.pending()[0]) {
        if (!(await this.#sendOne(first))) return
      }
    } finally {
      this.#sending = false
    }
  }

  stop(): void {
    this.#cancelRetry()
  }

  /** @returns false when it has to wait for the server. */
  async #sendOne(pending: PendingSubmit): Promise<boolean> {
    try {
      const result = await this.#options.send(pending)
      this.#failures = 0
      this.#remove(pending)
      this.#options.onAcknowledged(pending, result)
    } catch (error) {
      if (!isFinal(error)) {
        this.#failures += 1
        this.#cancelRetry = this.#options.later(() => void this.flush(), retryDelay(this.#failures))
        this.#options.onChange()
        return false
      }
      this.#failures = 0
      const draft = conflictOf(error)
      if (draft && pending.unanswered?.some((sent) => sameAnswer(sent, draft.answer))) {
        // It is this page's own, whose receipt was lost or overtaken.
        this.#store(
          this.pending().map((each) =>
            each.key === pending.key ? { ...each, basedOn: draft.savedAt } : each,
          ),
        )
        return true
      }
      this.#remove(pending)
      this.#options.onRefused(pending, error)
    }
    return true
  }

  #remove(pending: PendingSubmit): void {
    this.#store(this.pending().filter((each) => each.key !== pending.key))
  }

  #store(list: PendingSubmit[]): void {
    const { storage, storageKey, onChange } = this.#options
    if (list.length === 0) storage.remove(storageKey)
    else storage.set(storageKey, JSON.stringify(list))
    onChange()
  }
}

/** Refusals that no later attempt changes. Signing in again, a quieter server or a mended connection do change the others. */
function isFinal(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    error.status >= 400 &&
    error.status < 500 &&
    ![401, 408, 429].includes(error.status)
  )
}
