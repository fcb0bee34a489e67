import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { browserStorage } from '../../ui/storage.ts'
import { localDrafts } from './local-drafts.ts'
import { conflictOf } from './refusals.ts'
import { byTimer, SubmitQueue, sendPending } from './submit-queue.ts'

/**
 * Sends answers that were given while the server could not be reached, on any page that the person opens next. What the server refuses
 * stays in this browser as a draft of its task.
 */
export function sendLeftBehind(userId: string, storageKey: string): void {
  const storage = browserStorage()
  const drafts = localDrafts(storage, userId)
  const queue = new SubmitQueue({
    storage,
    storageKey,
    send: (pending) => sendPending(client, { ...pending, wantsNext: false }, []),
    onAcknowledged: ({ assignment, answer }) => {
      drafts.forget(assignment.task.id, answer)
      void queryClient.invalidateQueries({ queryKey: ['work'] })
      void queryClient.invalidateQueries({ queryKey: ['earnings'] })
    },
    onRefused: ({ assignment, answer, activeMs, basedOn }, error) =>
      drafts.set(assignment.task.id, {
        answer,
        activeMs,
        at: Date.now(),
        synced: false,
        ...(conflictOf(error) && { basedOn }),
      }),
    onChange: () => {},
    later: byTimer,
  })
  void queue.flush()
}
