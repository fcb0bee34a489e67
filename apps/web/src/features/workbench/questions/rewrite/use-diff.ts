import { useEffect, useRef, useState } from 'react'
import type { DiffDone, DiffJob } from './diff-worker.ts'
import type { TextDiff } from './text-diff.ts'

/** Pause in typing, in ms, after which the comparison is made. */
const PAUSE_MS = 120

export type ShownDiff = TextDiff & { original: string; text: string }

/**
 * What differs between two texts, made beside the page in a worker, so that typing never waits for it. It may lag behind: `text` and
 * `original` of the result say what it is about. Null until the first one is there.
 */
export function useDiff(original: string, text: string): ShownDiff | null {
  const [shown, setShown] = useState<ShownDiff | null>(null)
  const ask = useRef<(original: string, text: string) => void>(() => undefined)

  useEffect(() => {
    const worker = new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' })
    let running: DiffJob | null = null
    let next: DiffJob | null = null
    let last = 0
    const start = (job: DiffJob) => {
      running = job
      worker.postMessage(job)
    }
    worker.onmessage = ({ data }: MessageEvent<DiffDone>) => {
      const job = running
      running = null
      if (job?.id === data.id) setShown({ ...data.diff, original: job.original, text: job.text })
      // Only the newest of what came in meanwhile is still wanted.
      if (next) start(next)
      next = null
    }
    ask.current = (before, after) => {
      last += 1
      const job = { id: last, original: before, text: after }
      if (running) next = job
      else start(job)
    }
    return () => worker.terminate()
  }, [])

  useEffect(() => {
    const timer = setTimeout(() => ask.current(original, text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [original, text])
  return shown
}
