import { parentPort, workerData } from 'node:worker_threads'
import { type Half, passOver } from './half.ts'

/** Runs its half of each pass whenever the first word of `signal` grows, and answers in the second. −1 ends it. */
const { half, signal } = workerData as { half: Half; signal: Int32Array }
parentPort?.postMessage('ready')
for (let round = 1; ; round++) {
  Atomics.wait(signal, 0, round - 1)
  if (Atomics.load(signal, 0) < 0) break
  passOver(half)
  Atomics.store(signal, 1, round)
  Atomics.notify(signal, 1)
}
