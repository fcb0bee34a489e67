/** The part of `localStorage` that the app uses. It is written before anything is sent: it is synchronous, so a closing tab loses nothing. */
export type TextStorage = {
  get: (key: string) => string | null
  set: (key: string, value: string) => void
  remove: (key: string) => void
  keys: () => string[]
}

/** The browser's storage. When it is full or forbidden, what is written lives as long as the page. */
export function browserStorage(): TextStorage {
  const memory = new Map<string, string>()
  const attempt = <T>(run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch {
      return otherwise
    }
  }
  return {
    get: (key) => attempt(() => localStorage.getItem(key), null) ?? memory.get(key) ?? null,
    set(key, value) {
      const kept = attempt(() => {
        localStorage.setItem(key, value)
        return true
      }, false)
      if (kept) memory.delete(key)
      else memory.set(key, value)
    },
    remove(key) {
      memory.delete(key)
      attempt(() => localStorage.removeItem(key), undefined)
    },
    keys: () => [
      ...memory.keys(),
      ...attempt(
        () => Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? ''),
        [],
      ),
    ],
  }
}

/** Parses what was stored; damaged text counts as nothing stored. */
export function parseStored<T>(text: string | null): T | null {
  if (text === null) return null
  try {
    return JSON.parse(text) as T
  } catch {
    return null
  }
}
