import { ApiError, OfflineError } from '@groundwork/client'
import type { Answer, Draft } from '@groundwork/contract'
import type { DraftSaverOptions } from './draft-saver-options.ts'
import { conflictOf, lostOf } from './refusals.ts'
import { sameAnswer } from './same-answer.ts'
import { retryDelay } from './submit-queue.ts'

export const AUTOSAVE_AFTER_MS = 800
export const HEARTBEAT_MS = 20_000

/** Where the draft is. `offline` and `kept`: in this browser only, because of the connection or of a lease that ran out. */
export type SaveState = {
  kind: 'untouched' | 'unsaved' | 'saving' | 'saved' | 'offline' | 'kept'
  at: number | null
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
  #basedOn: string | null | undefined
  /** Two versions wait for the person's choice. */
  #conflict = false
  /** Sent and perhaps saved without an answer having come; the server's copy of one of these is no other version. */
  #unanswered: Answer[] = []
  #reportedMs: number
  /** When something was typed last; a copy that is newer in the browser is the one to go on with. */
  #editedAt = Date.now()
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #heartbeats: ReturnType<typeof setInterval>
  #stopped = false

  constructor(options: DraftSaverOptions) {
    this.#options = options
    this.#answer = options.answer
    this.#epoch = options.assignment.epoch
    this.#basedOn = options.basedOn
    this.#reportedMs = options.assignment.draft?.activeMs ?? 0
    this.#savedAt = options.assignment.draft ? Date.parse(options.assignment.draft.savedAt) : null
    this.#heartbeats = setInterval(() => void this.heartbeat(), HEARTBEAT_MS)
  }

  get activeMs(): number {
    return this.#options.meter.read(performance.now())
  }

  /** When the draft was saved that the answer was edited from, as for `DraftSaverOptions`. */
  get basedOn(): string | null | undefined {
    return this.#basedOn
  }
  /** What was sent without an answer having come; the newest last. */
  get unanswered(): readonly Answer[] {
    return this.#unanswered
  }
  /** Something here has not come to the server. */
  get isUnsent(): boolean {
    return this.#dirty || this.#sending
  }

  change(answer: Answer): void {
    this.#answer = answer
    this.#dirty = true
    this.#editedAt = Date.now()
    this.#keep(false)
    this.#options.onEdited(answer)
    const waits = this.#stale || this.#conflict
    this.#options.onState({ kind: waits ? 'kept' : 'unsaved', at: null })
    if (!waits) this.#soon(AUTOSAVE_AFTER_MS)
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
    if (
      this.#stopped ||
      (this.#dirty && !this.#conflict) ||
      this.#sending ||
      (!asked && activeMs <= this.#reportedMs)
    )
      return
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
    if (!this.#dirty || this.#stale || this.#conflict || (this.#sending && !leaving)) return
    const answer = this.#answer
    const activeMs = this.activeMs
    this.#keep(false)
    this.#sending = true
    this.#unanswered = [...this.#unanswered.slice(-4), answer]
    this.#options.onState({ kind: 'saving', at: null })
    await this.#call(
      () =>
        this.#options.client.saveDraft({
          params: { id: this.#options.assignment.id },
          body: { epoch: this.#epoch, answer, activeMs, basedOn: this.#basedOn },
          keepalive: leaving,
        }),
      (savedAt) => {
        this.#reportedMs = activeMs
        this.#basedOn = savedAt
        this.#unanswered = []
        this.#options.onSaved(answer, savedAt)
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

  /** Goes on with a version that was saved elsewhere, unless something here is unsaved that is no part of a conflict. @returns whether it does */
  adopt(answer: Answer, savedAt: string, same = false): boolean {
    if ((this.#dirty && !this.#conflict && !same) || this.#sending) return false
    this.#conflict = false
    this.#answer = answer
    this.#basedOn = savedAt
    this.#dirty = false
    this.#keep(true)
    this.#savedAt = Date.now()
    this.#tellState()
    return true
  }

  /**
   * What the server has now, asked for anew.
   * @returns whether it is gone on with, for nothing was typed here since; where something was, it becomes a conflict
   */
  see(draft: Draft): boolean {
    const known = this.#basedOn
    if (this.#stopped || this.#sending || known === undefined) return false
    if (known !== null && Date.parse(draft.savedAt) <= Date.parse(known)) return false
    if (!this.#dirty || this.#conflict || sameAnswer(draft.answer, this.#answer)) {
      // A conflict that is on the screen already is with this one now.
      if (this.#conflict) this.#options.onConflict(draft)
      return !this.#conflict && this.adopt(draft.answer, draft.savedAt, true)
    }
    this.#meet(draft)
    return false
  }

  /** Another version waits for the person's choice: nothing is sent before. */
  face(draft: Draft): void {
    this.#conflict = true
    clearTimeout(this.#timer)
    this.#keep(false)
    this.#options.onState({ kind: 'kept', at: null })
    this.#options.onConflict(draft)
  }

  /** Goes on with an answer that was chosen and is at no server. */
  settle(answer: Answer): void {
    this.#conflict = false
    this.change(answer)
    void this.flush()
  }

  /** Goes on with the version that is here; it takes the place of the one that was saved elsewhere. */
  insist(savedAt: string): void {
    this.#conflict = false
    this.#basedOn = savedAt
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
      at: this.#editedAt,
      synced,
      basedOn: this.#basedOn,
    })
  }

  async #call(
    send: () => Promise<{ savedAt: string; expiresAt: string }>,
    onDone: (savedAt: string) => void,
  ): Promise<void> {
    try {
      const { savedAt, expiresAt } = await send()
      if (this.#stopped) return
      this.#failures = 0
      onDone(savedAt)
      if (this.#offline) this.#tellState()
      this.#offline = false
      // The server's clock decides; how far it is from this one is told by its "now".
      this.#options.onLease(Date.parse(expiresAt) - Date.parse(savedAt) + Date.now())
    } catch (error) {
      if (this.#stopped) return
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
        const conflict = conflictOf(error)
        if (conflict) return this.#meet(conflict)
        // Neither a lost assignment nor a refused draft is mended by sending it again.
        const lost = lostOf(error)
        this.#stale = lost !== null
        if (lost) this.#options.onLost(lost)
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

  /** The server has another version than the one that this answer was edited from. */
  #meet(draft: Draft): void {
    if (this.#unanswered.some((sent) => sameAnswer(sent, draft.answer))) {
      // It is this page's own, whose receipt was lost or overtaken.
      this.#basedOn = draft.savedAt
      this.#soon(0)
    } else this.face(draft)
  }
}
