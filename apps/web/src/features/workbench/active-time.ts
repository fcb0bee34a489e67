/** Longer without a sign of life does not count as work. */
export const IDLE_AFTER_MS = 60_000

/**
 * Counts the time in which a person works on one task: the page is visible and the last sign of life (a key, a pointer, a scroll) is at
 * most a minute old. All times are milliseconds of one clock that only goes forward.
 */
export class ActiveTimeMeter {
  #counted: number
  #from: number | null
  #lastSign: number
  #visible: boolean

  /** @param already what was counted for this task before, here or elsewhere */
  constructor(now: number, { already = 0, visible = true } = {}) {
    this.#counted = already
    this.#visible = visible
    this.#lastSign = now
    this.#from = visible ? now : null
  }

  /** A sign of life. */
  sign(now: number): void {
    this.#settle(now)
    this.#lastSign = now
    if (this.#visible) this.#from = now
  }

  setVisible(now: number, visible: boolean): void {
    this.#settle(now)
    this.#visible = visible
    // Coming back to the page is a sign of life by itself.
    if (visible) this.#lastSign = now
    this.#from = visible ? now : null
  }

  /** Active milliseconds up to now. */
  read(now: number): number {
    this.#settle(now)
    return Math.round(this.#counted)
  }

  /** Whether time counts at this moment. */
  isRunning(now: number): boolean {
    return this.#visible && now - this.#lastSign <= IDLE_AFTER_MS
  }

  #settle(now: number): void {
    if (this.#from === null) return
    const until = Math.min(now, this.#lastSign + IDLE_AFTER_MS)
    if (until > this.#from) {
      this.#counted += until - this.#from
      this.#from = until
    }
  }
}
