import { Worker } from 'node:worker_threads'
import type { Database } from '../platform/index.ts'
import type { InferredQuestion, QuestionColumns } from './infer-labels.ts'

type Threads = { running: Set<Worker>; stopping: boolean }

/** The threads that work for an open database, so that they end with the server. */
const threadsOf = new WeakMap<Database, Threads>()

function threads(database: Database): Threads {
  const known = threadsOf.get(database) ?? { running: new Set(), stopping: false }
  threadsOf.set(database, known)
  return known
}

/** Whether an inference is under way in this process. */
export const isInferring = (database: Database): boolean => threads(database).running.size > 0

/** Ends all inference of this process, for good. What it was for fails, and is done again when the server runs again. */
export async function stopInference(database: Database): Promise<void> {
  const { running } = Object.assign(threads(database), { stopping: true })
  await Promise.all(Array.from(running, (worker) => worker.terminate()))
}

const INFER_WORKER = new URL('./infer-worker.ts', import.meta.url)

/**
 * Infers in a thread of its own; the columns are handed over and no longer there for the caller. Undefined for a question that needs no
 * inference. Rejects when the thread throws, runs out of memory or is ended; the server goes on.
 */
export function inferInThread(
  database: Database,
  questions: QuestionColumns[],
  program = INFER_WORKER,
): Promise<(InferredQuestion | undefined)[]> {
  const { running, stopping } = threads(database)
  if (stopping) return Promise.reject(new Error('The server is stopping.'))
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      workerData: questions,
      // Questions share no columns, save perhaps empty ones.
      transferList: [
        ...new Set(
          questions.flatMap(({ task, worker, label, gold }) =>
            [task, worker, label, gold].map((column) => column.buffer as ArrayBuffer),
          ),
        ),
      ],
      // Not what the main thread was started with: tests start it with more.
      execArgv: [],
    })
    running.add(worker)
    worker.once('message', (results: (InferredQuestion | undefined)[]) => resolve(results))
    worker.once('error', reject)
    worker.once('exit', (code) => {
      running.delete(worker)
      reject(new Error(`The inference was broken off: its thread ended with code ${code}.`))
    })
  })
}
