import { emPass4 } from '../../../packages/consensus/src/truth/kernel-unrolled.ts'

/** Some of the tasks of a pass: `start` has their bounds in `key`, `responsibility` their rows. Counts and weights are their own. */
export interface Half {
  readonly start: Int32Array
  readonly key: Int32Array
  readonly table: Float64Array
  readonly logWeight: Float64Array
  readonly responsibility: Float64Array
  readonly counts: Float64Array
  readonly weights: Float64Array
}

export function passOver({ start, key, table, logWeight, responsibility, counts, weights }: Half) {
  const none = new Int32Array(0)
  const layout = {
    tasks: start.length - 1,
    workers: counts.length / 16,
    classes: 4,
    rows: key.length,
    start,
    worker: none,
    label: none,
    classCounts: weights,
    workerCounts: none,
  }
  const problem = { layout, states: 4, key, gold: undefined, vectors: undefined }
  return emPass4(problem, table, logWeight, responsibility, counts, weights)
}
