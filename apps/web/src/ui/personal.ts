import { browserStorage, parseStored } from './storage.ts'
import { createStore, type Store } from './store.ts'

/**
 * What is kept of one value: `at` is when the person set it (ms), `sent` whether the server has acknowledged exactly this, `from` when the
 * server saved the value that this one was made from.
 */
export type PersonalRecord = { value: unknown; at: number; sent: boolean; from?: string | undefined }

const PREFIX = 'groundwork.personal.'
type Kept = {
  store: Store<unknown>
  fallback: unknown
  /** Sets without telling the listeners: what comes from the server or from another tab is no change that the person made here. */
  setQuietly: (value: unknown) => void
}
const values = new Map<string, Kept>()
const storage = browserStorage()
const listeners = new Set<(key: string) => void>()
let owner = ''

/**
 * A setting of a person, by a key that is unique in the app; any JSON value. It is kept in this browser at once, for each person apart;
 * what follows its changes (`onPersonalChange`) may carry it to the server.
 */
export function createPersonalValue<T>(key: string, fallback: T): Store<T> {
  const known = values.get(key)
  if (known) return known.store as Store<T>
  const inner = createStore<unknown>(readRecord(key)?.value ?? fallback)
  const store: Store<unknown> = {
    ...inner,
    set(next) {
      writeRecord(key, { value: next, at: Date.now(), sent: false, from: readRecord(key)?.from })
      inner.set(next)
      for (const run of listeners) run(key)
    },
  }
  values.set(key, { store, fallback, setQuietly: inner.set })
  return store as Store<T>
}

/** Whose values these are from now on; everything is read anew. Nobody's before the first call. */
export function setPersonalOwner(userId: string): void {
  if (owner === userId) return
  owner = userId
  for (const [key, { fallback, setQuietly }] of values) setQuietly(readRecord(key)?.value ?? fallback)
}

/** Calls back with the key whenever the person changes a value in this page. @returns how to stop */
export function onPersonalChange(run: (key: string) => void): () => void {
  listeners.add(run)
  return () => listeners.delete(run)
}

/** Everything that is kept for this person in this browser. */
export function personalRecords(): Map<string, PersonalRecord> {
  const found = new Map<string, PersonalRecord>()
  for (const name of new Set(storage.keys())) {
    if (!name.startsWith(place(''))) continue
    const key = name.slice(place('').length)
    const record = readRecord(key)
    if (record) found.set(key, record)
  }
  return found
}

/** Takes a value over that was set elsewhere. */
export function takePersonalValue(key: string, record: PersonalRecord): void {
  writeRecord(key, record)
  values.get(key)?.setQuietly(record.value)
}

/** Notes that the server has the value of this time, which it may have changed since; what comes now is made from it. */
export function markSent(key: string, at: number, from: string): void {
  const record = readRecord(key)
  if (record) writeRecord(key, { ...record, sent: record.at === at, from })
}

const place = (key: string) => `${PREFIX}${owner}.${key}`
const readRecord = (key: string) => parseStored<PersonalRecord>(storage.get(place(key)))
const writeRecord = (key: string, record: PersonalRecord) => storage.set(place(key), JSON.stringify(record))

if (typeof window !== 'undefined') {
  // Another tab of the same person.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (!key?.startsWith(place('')) || newValue === null) return
    const name = key.slice(place('').length)
    const record = readRecord(name)
    if (record) values.get(name)?.setQuietly(record.value)
  })
}
