import type { Answer } from '@groundwork/contract'
import { parseStored, type TextStorage } from '../../ui/storage.ts'

/**
 * A draft as this browser has it. `synced`: the server has acknowledged exactly this. `basedOn`: when the draft was saved at the server
 * that this one was edited from; null: there was none.
 */
export type LocalDraft = {
  answer: Answer
  activeMs: number
  at: number
  synced: boolean
  basedOn?: string | null | undefined
}

const KEEP_MS = 30 * 24 * 3_600_000

/** Drafts by trainer and task, as the server keys them: another assignment of the same task finds what was typed before. */
export function localDrafts(storage: TextStorage, userId: string) {
  const prefix = `groundwork.draft.${userId}.`
  return {
    get: (taskId: string) => parseStored<LocalDraft>(storage.get(prefix + taskId)),
    set: (taskId: string, draft: LocalDraft) => storage.set(prefix + taskId, JSON.stringify(draft)),
    remove: (taskId: string) => storage.remove(prefix + taskId),
    /** Forgets what is older than a month. */
    prune(now: number) {
      for (const key of storage.keys()) {
        if (!key.startsWith(prefix)) continue
        const draft = parseStored<LocalDraft>(storage.get(key))
        if (!draft || now - draft.at > KEEP_MS) storage.remove(key)
      }
    },
  }
}
export type LocalDrafts = ReturnType<typeof localDrafts>

/** Which draft to go on with: the browser's when the server has not seen it, otherwise the newer one. Time never goes back. */
export function chooseDraft(
  local: LocalDraft | null,
  server: { answer: Answer; activeMs: number; savedAt?: string } | null,
): { answer: Answer; activeMs: number; unsent: boolean; basedOn: string | null | undefined } {
  const activeMs = Math.max(local?.activeMs ?? 0, server?.activeMs ?? 0)
  if (local && !local.synced) return { answer: local.answer, activeMs, unsent: true, basedOn: local.basedOn }
  const basedOn = server ? server.savedAt : null
  return { answer: server?.answer ?? local?.answer ?? {}, activeMs, unsent: false, basedOn }
}
