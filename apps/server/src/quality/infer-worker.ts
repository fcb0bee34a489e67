// A thread of its own for one full run: inferring takes seconds, in which requests want answers.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { inferSnapshot } from './infer-labels.ts'
import type { InferenceTask } from './run-inference.ts'

// On Linux this is the thread's own; elsewhere it would be the whole server's. Requests go first where processors are few.
if (process.platform === 'linux') setPriority(10)

const { columns, seed } = workerData as InferenceTask
const inferred = inferSnapshot(columns, seed)
parentPort?.postMessage(
  inferred,
  inferred.questions.flatMap((result) =>
    result
      ? [result.posteriors, result.evidence, result.logPrior].map((column) => column.buffer as ArrayBuffer)
      : [],
  ),
)
