import { ApiError, type Client, OfflineError } from '@groundwork/client'
import type { Answer, Assignment } from '@groundwork/contract'
import type { ActiveTimeMeter } from './active-time.ts'
import type { LocalDrafts } from './local-drafts.ts'
import { retryDelay } from './submit-queue.ts'

export const AUTOSAVE_AFTER_MS = 800
export const HEARTBEAT_MS = 20_000

/** Where the draft is. `offline` and `kept`: in this browser only, because of the connection or of a lease that ran out. */
export type SaveState = {
  kind: 'untouched' | 'unsaved' | 'saving' | 'saved' | 'offline' | 'kept'
  at: number | null
}

export type DraftSaverOptions = {
  client: Client
  drafts: LocalDrafts
  assignment: Assignment
  answer: Answer
  meter: ActiveTimeMeter
  onState: (state: SaveState) => void
  /** The lease has been renewed; its end by this computer's clock. */
  onLease: (expiresAt: number) => void
  /** The server gave the task to somebody else, or the lease is over; nothing is lost. */
  onStale: () => void
  /** The server refuses the draft, or nobody is signed in any more; it stays in this browser. */
  onRefused: (error: ApiError) => void
}

/**
 * Keeps the draft of one open task: in this browser at every change, at the server soon after, and the lease alive while the person
 * works. Sends nothing while the person is away, so that a lease that nobody uses runs out.
 */
export class DraftSaver {
  readonly #options: DraftSaverOptions
  #answer: Answer
  #epoch: number
  #dirty = false
  #sending = false
  #showPending = false
  #savedAt: number | null
  #offline = false
  /** The assignment is no longer the person's: nothing is sent until it is renewed. */
  #stale = false
  #reportedMs: number
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #heartbeats: ReturnType<typeof setInterval>
  #stopped = false

  constructor(options: DraftSaverOptions) {
    this.#options = options
    this.#answer = options.answer
    this.#epoch = options.assignment.epoch
    this.#reportedMs = options.assignment.draft?.activeMs ?? 0
    this.#savedAt = options.assignment.draft ? Date.parse(options.assignment.draft.savedAt) : null
    this.#heartbeats = setInterval(() => void this.heartbeat(), HEARTBEAT_MS)
  }

  get activeMs(): number {
    return this.#options.meter.read(performance.now())
  }

  change(answer: Answer): void {
    this.#answer = answer
    this.#dirty = true
    this.#keep(false)
    this.#options.onState({ kind: this.#stale ? 'kept' : 'unsaved', at: null })
    if (!this.#stale) this.#soon(AUTOSAVE_AFTER_MS)
  }

  /** The task is on the screen: its paid time begins. Told again with the next sign of life when the server could not be reached. */
  async show(): Promise<void> {
    this.#showPending = true
    await this.#call(
      () =>
        this.#options.client.showAssignment({
          params: { id: this.#options.assignment.id },
          body: { epoch: this.#epoch },
        }),
      () => {
        this.#showPending = false
      },
    )
  }

  /** Still at it: renews the lease when the person has worked since the last time, or asks for it. */
  async heartbeat(asked = false): Promise<void> {
    if (this.#stale) return
    if (this.#showPending && !this.#stopped) return this.show()
    const activeMs = this.activeMs
    if (this.#stopped || this.#dirty || this.#sending || (!asked && activeMs <= this.#reportedMs)) return
    await this.#call(
      () =>
        this.#options.client.heartbeat({
          params: { id: this.#options.assignment.id },
          body: { epoch: this.#epoch, activeMs },
        }),
      () => {
        this.#reportedMs = activeMs
      },
    )
  }

  /** Sends what is unsaved now. `leaving`: the page is going away, the request must outlive it. */
  async flush({ leaving = false } = {}): Promise<void> {
    clearTimeout(this.#timer)
    if (!this.#dirty || this.#stale || (this.#sending && !leaving)) return
    const answer = this.#answer
    const activeMs = this.activeMs
    this.#keep(false)
    this.#sending = true
    this.#options.onState({ kind: 'saving', at: null })
    await this.#call(
      () =>
        this.#options.client.saveDraft({
          params: { id: this.#options.assignment.id },
          body: { epoch: this.#epoch, answer, activeMs },
          keepalive: leaving,
        }),
      () => {
        this.#reportedMs = activeMs
        this.#dirty = this.#answer !== answer
        this.#keep(!this.#dirty)
        this.#savedAt = Date.now()
        this.#tellState()
      },
    )
    this.#sending = false
    if (this.#dirty && !this.#stopped && this.#failures === 0) this.#soon(AUTOSAVE_AFTER_MS)
  }

  /** After the assignment was taken up again: a new epoch, the same draft. */
  renew(epoch: number): void {
    this.#epoch = epoch
    this.#stale = false
    this.#dirty = true
    void this.flush()
  }

  /** The draft in this browser as of now; call before the task leaves the screen. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    clearInterval(this.#heartbeats)
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void (this.#dirty ? this.flush() : this.heartbeat(true)), ms)
  }

  #tellState(): void {
    if (this.#dirty) this.#options.onState({ kind: 'unsaved', at: null })
    else this.#options.onState({ kind: this.#savedAt === null ? 'untouched' : 'saved', at: this.#savedAt })
  }

  #keep(synced: boolean): void {
    this.#options.drafts.set(this.#options.assignment.task.id, {
      answer: this.#answer,
      activeMs: this.activeMs,
      at: Date.now(),
      synced,
    })
  }

  async #call(
    send: () => Promise<{ savedAt: string; expiresAt: string }>,
    onDone: () => void,
  ): Promise<void> {
    try {
      const { savedAt, expiresAt } = await send()
      if (this.#stopped) return
      this.#failures = 0
      onDone()
      if (this.#offline) this.#tellState()
      this.#offline = false
      // The server's clock decides; how far it is from this one is told by its "now".
      this.#options.onLease(Date.parse(expiresAt) - Date.parse(savedAt) + Date.now())
    } catch (error) {
      if (this.#stopped) return
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
        // Neither a lost assignment nor a refused draft is mended by sending it again.
        this.#stale = error.status === 409 || error.status === 404
        if (this.#stale) this.#options.onStale()
        else {
          this.#dirty = false
          this.#options.onRefused(error)
        }
        this.#options.onState({ kind: 'kept', at: null })
      } else if (error instanceof OfflineError || error instanceof ApiError) {
        this.#failures += 1
        this.#offline = true
        this.#options.onState({ kind: 'offline', at: null })
        this.#soon(retryDelay(this.#failures))
      } else throw error
    }
  }
}
