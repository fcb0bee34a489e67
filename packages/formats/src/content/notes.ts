import { sayable } from '../faults.ts'

/** Something worth knowing about a whole file, said once: what was left out, or read in another way than asked. */
export type Note = { code: string; message: string /** How often, where it is counted. */; count?: number }

/** Collects notes while a file is read, each distinct one once. */
export class Notes {
  readonly #said = new Set<string>()
  #fresh: Note[] = []
  readonly #counted = new Map<string, { message: string; count: number }>()

  once(code: string, message: string): void {
    const key = `${code} ${message}`
    // A file with endless different field names must not grow this set without end.
    if (this.#said.has(key) || this.#said.size >= 100) return
    this.#said.add(key)
    this.#fresh.push({ code, message: sayable(message) })
  }

  /**
   * Something that is left out, said once at the end of the file with how often.
   * @param message without its full stop
   */
  count(code: string, message: string): void {
    const counted = this.#counted.get(code)
    if (counted) counted.count++
    else this.#counted.set(code, { message, count: 1 })
  }

  /** What was counted, in the order in which it first came. */
  totals(): Note[] {
    return [...this.#counted].map(([code, { message, count }]) => ({
      code,
      message: sayable(`${message}: ${count}.`),
      count,
    }))
  }

  /** The notes since the last call. */
  take(): Note[] {
    if (this.#fresh.length === 0) return []
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }
}
