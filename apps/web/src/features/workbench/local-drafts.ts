import type { Answer } from '@groundwork/contract'
import { parseStored, type TextStorage } from '../../ui/storage.ts'
import { sameAnswer } from './same-answer.ts'

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

/**
 * Drafts by trainer, task and page: another assignment of the same task finds what was typed before, and of two tabs that could not reach the
 * server none overwrites the other.
 * @param page names this page among the tabs; another one after every load
 */
export function localDrafts(storage: TextStorage, userId: string, page: string = crypto.randomUUID()) {
  const prefix = `groundwork.draft.${userId}.`
  const own = (taskId: string) => `${prefix}${taskId}.${page}`
  const keysOf = (taskId: string) =>
    storage.keys().filter((key) => key.split('.')[3] === taskId && key.startsWith(prefix))
  const copies = (taskId: string) =>
    keysOf(taskId)
      .flatMap((key) => {
        const draft = parseStored<LocalDraft>(storage.get(key))
        return draft ? [{ key, draft }] : []
      })
      // The newest that the server has not seen, else the newest.
      .sort((one, other) => +one.draft.synced - +other.draft.synced || other.draft.at - one.draft.at)
  return {
    get: (taskId: string): LocalDraft | null => copies(taskId)[0]?.draft ?? null,
    /** What other pages left behind that neither the server nor the answer to go on with has; the newest first. Forgets what is of no more use. */
    others(taskId: string, answer: Answer): LocalDraft[] {
      const kept: LocalDraft[] = []
      for (const { key, draft } of copies(taskId)) {
        if (
          !draft.synced &&
          ![answer, ...kept.map((each) => each.answer)].some((each) => sameAnswer(each, draft.answer))
        )
          kept.push(draft)
        else if (key !== own(taskId)) storage.remove(key)
      }
      return kept
    },
    set: (taskId: string, draft: LocalDraft) => storage.set(own(taskId), JSON.stringify(draft)),
    /** Forgets the copies of other pages that say this. */
    drop(taskId: string, answer: Answer) {
      for (const { key, draft } of copies(taskId))
        if (key !== own(taskId) && sameAnswer(draft.answer, answer)) storage.remove(key)
    },
    /** This answer is where it belongs: forgets what this page has, and the copies that say the same. */
    forget(taskId: string, answer: Answer) {
      for (const { key, draft } of copies(taskId))
        if (key === own(taskId) || draft.synced || sameAnswer(draft.answer, answer)) storage.remove(key)
    },
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
  const basedOn = server ? server.savedAt : (local?.basedOn ?? null)
  return { answer: server?.answer ?? local?.answer ?? {}, activeMs, unsent: false, basedOn }
}
