import { useSyncExternalStore } from 'react'

/** A value outside of React that components can follow. */
export type Store<T> = {
  get: () => T
  set: (value: T) => void
  subscribe: (run: () => void) => () => void
}

export function createStore<T>(initial: T): Store<T> {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set(next) {
      value = next
      for (const run of listeners) run()
    },
    subscribe(run) {
      listeners.add(run)
      return () => listeners.delete(run)
    },
  }
}

export function useStore<T>(store: Pick<Store<T>, 'get' | 'subscribe'>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}
