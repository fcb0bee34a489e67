import { client } from '../../api/client.ts'
import {
  markSent,
  onPersonalChange,
  personalRecords,
  setPersonalOwner,
  takePersonalValue,
} from '../../ui/personal.ts'

/** A change goes to the server this long after the last one, in ms: notes change with every key. */
const SAVE_AFTER_MS = 900

/**
 * Keeps everything personal (layout, reading, keys, notes) the same on all devices of a person: this browser has it at once and works
 * without the server; where both have a value, the one that was set later counts.
 * @returns how to stop; what is unsent by then goes out
 */
export function keepPreferences(userId: string): () => void {
  setPersonalOwner(userId)
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const send = async (key: string) => {
    clearTimeout(timers.get(key))
    timers.delete(key)
    const record = personalRecords().get(key)
    if (!record || record.sent) return
    try {
      await client.savePreference({ params: { key }, body: { value: record.value as never } })
      markSent(key, record.at)
    } catch {
      // It stays unsent, and goes out with the next change, the next connection or the next visit.
    }
  }
  const sendAll = () => {
    for (const [key, record] of personalRecords()) if (!record.sent) void send(key)
  }
  const soon = (key: string) => {
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => void send(key), SAVE_AFTER_MS),
    )
  }
  const load = async () => {
    const began = Date.now()
    try {
      const { preferences } = await client.getPreferences()
      const local = personalRecords()
      for (const [key, { value, savedAt }] of Object.entries(preferences)) {
        const at = Date.parse(savedAt)
        const mine = local.get(key)
        // What was set since the question was asked is newer than its answer.
        if (!mine || (mine.at < began && (mine.sent || at > mine.at)))
          takePersonalValue(key, { value, at, sent: true })
      }
    } catch {
      // What this browser has is used until the server can be asked.
    }
    sendAll()
  }

  const stopListening = onPersonalChange(soon)
  window.addEventListener('online', sendAll)
  void load()
  return () => {
    stopListening()
    window.removeEventListener('online', sendAll)
    for (const key of [...timers.keys()]) void send(key)
  }
}
