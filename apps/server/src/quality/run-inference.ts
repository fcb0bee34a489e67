import { Worker } from 'node:worker_threads'
import type { Database } from '../platform/index.ts'
import type { Inferred, SnapshotColumns } from './infer-labels.ts'

type Threads = { running: Set<Worker>; stopping: boolean }

/** The threads that work for an open database, so that they end with the server. */
const threadsOf = new WeakMap<Database, Threads>()

function threads(database: Database): Threads {
  const known = threadsOf.get(database) ?? { running: new Set(), stopping: false }
  threadsOf.set(database, known)
  return known
}

/** Ends all inference of this process, for good. What it was for fails, and is done again when the server runs again. */
export async function stopInference(database: Database): Promise<void> {
  const { running } = Object.assign(threads(database), { stopping: true })
  await Promise.all(Array.from(running, (worker) => worker.terminate()))
}

/** What a thread is given; columns in shared memory are not copied. */
export type InferenceTask = { columns: SnapshotColumns; seed: number }

const INFER_WORKER = new URL('./infer-worker.ts', import.meta.url)

/**
 * Infers in a thread of its own, question by question; undefined where counting decides. Rejects when the thread throws, runs out of
 * memory or is ended; the server goes on.
 */
export function inferInThread(
  database: Database,
  task: InferenceTask,
  program = INFER_WORKER,
): Promise<Inferred> {
  const { running, stopping } = threads(database)
  if (stopping) return Promise.reject(new Error('The server is stopping.'))
  return new Promise((resolve, reject) => {
    // Without the main thread's options: tests start it with more.
    const worker = new Worker(program, { workerData: task, execArgv: [] })
    running.add(worker)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      running.delete(worker)
      reject(new Error(`The inference was broken off: its thread ended with code ${code}.`))
    })
  })
}
