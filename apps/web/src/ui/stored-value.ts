import { createStore, type Store, useStore } from './store.ts'

/** A string that outlives the page. Storage that is full or forbidden is no error: the value then lives as long as the page. */
export type StoredValue<T extends string> = Store<T>

export function createStoredValue<T extends string>(key: string, fallback: T): StoredValue<T> {
  const store = createStore<T>(read<T>(key) ?? fallback)
  return {
    ...store,
    set(next) {
      try {
        localStorage.setItem(key, next)
      } catch {
        // Kept in memory only.
      }
      store.set(next)
    },
  }
}

function read<T extends string>(key: string): T | null {
  try {
    return localStorage.getItem(key) as T | null
  } catch {
    return null
  }
}

export const useStoredValue = useStore
