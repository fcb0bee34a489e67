import { OfflineError } from '@groundwork/client'
import type { ImportRecord } from '@groundwork/contract'
import { client } from '../../../api/client.ts'
import type { Source } from './chosen-source.ts'

const LOOK_MS = 700

/** How far a file is: on its way to the server, or being read there. */
export type Upload = {
  phase: 'sending' | 'reading'
  /** Bytes sent, then bytes read. */
  done: number
  total: number
  /** Tasks stored. */
  tasks: number
  startedAt: number
  leftMs: number | null
}

/** The import ended before its file did; the message is for the person. */
export class EndedEarly extends Error {
  readonly stopped: boolean
  constructor(message: string, stopped: boolean) {
    super(message)
    this.stopped = stopped
  }
}

type Query = Parameters<typeof client.importTasks>[0]['query']

/**
 * Sends a file, which the server keeps and then reads in the background, and follows it to its end.
 * @throws EndedEarly, ApiError, OfflineError while it is being sent
 */
export async function sendFile(
  projectId: string,
  file: Source,
  query: Query,
  signal: AbortSignal,
  onUpload: (upload: Upload) => void,
): Promise<ImportRecord> {
  const startedAt = Date.now()
  const base = { startedAt, tasks: 0, leftMs: null, total: file.size }
  onUpload({ ...base, phase: 'sending', done: 0 })
  const body = await file.body()
  const { id } = await client.importTasks({
    params: { id: projectId },
    query: { ...query, background: 'true' },
    body,
    signal,
    onProgress: (sent, total) =>
      onUpload({ ...base, phase: 'sending', done: sent, total: total ?? file.size }),
  })
  const params = { id }
  const cancel = () => void client.cancelImport({ params }).catch(() => {})
  signal.addEventListener('abort', cancel)
  try {
    for (;;) {
      // The import goes on without this page; a link that is down for a moment is no reason to give up.
      const now = await client.getImport({ params }).catch((error: unknown) => {
        if (error instanceof OfflineError) return null
        throw error
      })
      if (now?.state === 'done') return now
      if (now?.state === 'broken_off' || now?.state === 'canceled')
        throw new EndedEarly(now.error ?? '', now.state === 'canceled')
      if (now) {
        onUpload({
          ...base,
          phase: 'reading',
          done: now.bytes.read,
          total: now.bytes.all ?? file.size,
          tasks: now.created,
          leftMs: now.secondsLeft === null ? null : now.secondsLeft * 1000,
        })
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
