import { expect, test } from 'vitest'
import { labelsFromColumns } from '../index.ts'
import { layoutOf } from '../labels/layout.ts'
import { seededRandom } from '../math/random.ts'
import { emPass, latentProblem, newTable } from './kernel.ts'

test.each([
  [2, 2],
  [4, 4],
  [2, 4],
  [6, 6],
  [4, 12],
  [8, 16],
])('%i classes, %i states: vector instructions and plain loops find the same', (classes, states) => {
  const random = seededRandom(states)
  const task: number[] = []
  const worker: number[] = []
  const label: number[] = []
  // Tasks of 1 to 9 labels, and one of more labels than a block usually has.
  for (let t = 0; t < 2500; t++) {
    const length = t === 1200 ? 5000 : 1 + Math.floor(9 * random())
    for (let i = 0; i < length; i++) {
      task.push(t)
      worker.push(Math.floor(30 * random()))
      label.push(Math.floor(classes * random()))
    }
  }
  const columns = {
    task: Int32Array.from(task),
    worker: Int32Array.from(worker),
    label: Int32Array.from(label),
  }
  const problem = latentProblem(layoutOf(labelsFromColumns(columns)), states, undefined)
  expect(problem.vectors).toBeDefined()
  const table = newTable(problem).map(() => Math.log(0.02 + random()))
  // What is called impossible stays so.
  table[7] = Number.NEGATIVE_INFINITY
  const logWeight = new Float64Array(states).map(() => Math.log(0.1 + random()))
  const run = (which: typeof problem) => {
    const responsibility = new Float64Array(2500 * states).fill(1 / states)
    const counts = newTable(problem).fill(3)
    const weights = new Float64Array(states)
    const result = emPass(which, table, logWeight, responsibility, counts, weights)
    return { ...result, responsibility, counts, weights }
  }
  const vectors = run(problem)
  const plain = run({ ...problem, vectors: undefined })
  const furthest = (a: Float64Array, b: Float64Array) =>
    a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0)
  expect(furthest(vectors.responsibility, plain.responsibility)).toBeLessThan(1e-13)
  expect(furthest(vectors.counts, plain.counts)).toBeLessThan(1e-9)
  expect(furthest(vectors.weights, plain.weights)).toBeLessThan(1e-9)
  expect(Math.abs(vectors.logEvidence / plain.logEvidence - 1)).toBeLessThan(1e-13)
  expect(vectors.change).toBeCloseTo(plain.change, 13)
})
