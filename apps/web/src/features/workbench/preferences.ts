import { ApiError } from '@groundwork/client'
import { client } from '../../api/client.ts'
import { i18n } from '../../i18n/index.ts'
import { markSent, onPersonalChange, personalRecords, takePersonalValue } from '../../ui/personal.ts'
import { showToast } from '../../ui/toast-store.ts'
import { bothTexts } from './both-texts.ts'

/** A change goes to the server this long after the last one, in ms: notes change with every key. */
const SAVE_AFTER_MS = 900

/**
 * Keeps everything personal (layout, reading, keys, notes) the same on all devices of a person: this browser has it at once and works
 * without the server; where both have a value, the one that was set later counts. Of notes that were written on two devices both are kept.
 * What other devices have set is looked for whenever the page is come back to.
 * @returns how to stop; what is unsent by then goes out
 */
export function keepPreferences(): () => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const send = async (key: string) => {
    clearTimeout(timers.get(key))
    timers.delete(key)
    const record = personalRecords().get(key)
    if (!record || record.sent) return
    try {
      const { savedAt } = await client.savePreference({
        params: { key },
        body: { value: record.value as never, ...(isNote(key) && { basedOn: record.from ?? null }) },
      })
      markSent(key, record.at, savedAt)
    } catch (error) {
      // Otherwise it stays unsent, and goes out with the next change, the next connection or the next visit.
      const stored = storedOf(error)
      if (stored) await keepBoth(key, stored)
    }
  }
  const keepBoth = async (key: string, stored: { value: unknown; savedAt: string }) => {
    const mine = personalRecords().get(key)?.value
    const value = bothTexts(String(stored.value ?? ''), String(mine ?? ''))
    takePersonalValue(key, { value, at: Date.now(), sent: false, from: stored.savedAt })
    soon(key)
    await i18n.loadNamespaces(['notices'])
    showToast({ text: i18n.of(['notices'])('notesMet'), stays: 12_000 })
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
        if (!mine || (mine.at < began && (mine.sent || (at > mine.at && !isNote(key)))))
          takePersonalValue(key, { value, at, sent: true, from: savedAt })
      }
    } catch {
      // What this browser has is used until the server can be asked.
    }
    sendAll()
  }

  const stopListening = onPersonalChange(soon)
  const look = () => {
    if (document.visibilityState === 'visible') void load()
  }
  window.addEventListener('online', sendAll)
  window.addEventListener('focus', look)
  document.addEventListener('visibilitychange', look)
  void load()
  return () => {
    stopListening()
    window.removeEventListener('online', sendAll)
    window.removeEventListener('focus', look)
    document.removeEventListener('visibilitychange', look)
    for (const key of [...timers.keys()]) void send(key)
  }
}

const isNote = (key: string) => key.startsWith('notes:')

/** The newer value that the server keeps instead, when it refused one for it. */
function storedOf(error: unknown): { value: unknown; savedAt: string } | undefined {
  if (!(error instanceof ApiError) || error.code !== 'conflict') return undefined
  return (error.details as { stored?: { value: unknown; savedAt: string } } | undefined)?.stored
}
