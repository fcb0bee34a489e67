import { sayable } from '../faults.ts'

/** Something worth knowing about a whole file, said once: what was left out, or read in another way than asked. */
export type Note = { code: string; message: string }

/** Collects notes while a file is read, each distinct one once. */
export class Notes {
  readonly #said = new Set<string>()
  #fresh: Note[] = []

  once(code: string, message: string): void {
    const key = `${code} ${message}`
    // A file with endless different field names must not grow this set without end.
    if (this.#said.has(key) || this.#said.size >= 100) return
    this.#said.add(key)
    this.#fresh.push({ code, message: sayable(message) })
  }

  /** The notes since the last call. */
  take(): Note[] {
    if (this.#fresh.length === 0) return []
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }
}
