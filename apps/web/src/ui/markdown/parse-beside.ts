import type { Root } from 'mdast'

const waiting = new Map<number, (tree: Root | null | undefined) => void>()
let worker: Worker | null | undefined
let last = 0

/** Parses a text beside the page. @returns undefined where that is not possible: parse it here, then */
export function parseBeside(text: string): Promise<Root | null | undefined> {
  const started = start()
  if (!started) return Promise.resolve(undefined)
  return new Promise((resolve) => {
    last += 1
    waiting.set(last, resolve)
    started.postMessage({ id: last, text })
  })
}

function start(): Worker | null {
  if (worker !== undefined) return worker
  if (typeof Worker === 'undefined') {
    worker = null
    return worker
  }
  worker = new Worker(new URL('./parse-worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data: { id, tree } }: MessageEvent<{ id: number; tree: Root | null }>) => {
    waiting.get(id)?.(tree)
    waiting.delete(id)
  }
  worker.onerror = () => {
    worker = null
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
  }
  return worker
}
