import { describe, expect, test } from 'vitest'
import {
  hasSharedData,
  needsSharedData,
  sharedGold,
  sharedLabels,
  sharedSets,
} from '../../test/shared-data.ts'
import { goldFor, infer, type Labels, labelsFromRows, type Method } from '../index.ts'

const rows = [
  { worker: 'a', task: '1', label: 'x' },
  { worker: 'b', task: '1', label: 'x' },
  { worker: 'a', task: '2', label: 'x' },
]

test('one class only is an error that says how to go on', () => {
  expect(() => infer(labelsFromRows(rows))).toThrow(/'x'.*classes option/)
  expect(infer(labelsFromRows(rows, { classes: ['x', 'y'] })).labels).toEqual(Int32Array.of(0, 0))
})

test('an unknown method is named with the known ones', () => {
  const labels = labelsFromRows(rows, { classes: ['x', 'y'] })
  expect(() => infer(labels, { method: 'toString' as Method })).toThrow(/methods are auto, majority/)
})

test('gold must have one entry per task', () => {
  const labels = labelsFromRows(rows, { classes: ['x', 'y'] })
  expect(() => infer(labels, { gold: new Int32Array(1) })).toThrow(/2/)
})

test('known answers teach who is reliable', () => {
  // Two against two on every task; the known answers say which pair to trust on the rest.
  const crowd = Array.from({ length: 20 }, (_, t) => [
    { worker: 'good1', task: `${t}`, label: `${t % 2}` },
    { worker: 'good2', task: `${t}`, label: `${t % 2}` },
    { worker: 'bad1', task: `${t}`, label: `${(t + 1) % 2}` },
    { worker: 'bad2', task: `${t}`, label: `${(t + 1) % 2}` },
  ]).flat()
  const labels = labelsFromRows(crowd)
  const { gold } = goldFor(
    labels,
    Array.from({ length: 8 }, (_, t) => [`${t}`, `${t % 2}`] as const),
  )
  for (const method of ['dawid-skene', 'one-coin', 'hierarchical-dawid-skene', 'ebcc', 'auto'] as const) {
    const found = infer(labels, { method, gold })
    for (let t = 8; t < 20; t++) expect(found.labels[t], `${method}, task ${t}`).toBe(t % 2)
    expect(found.workers.reliability[0]).toBeGreaterThan(0.9)
    expect(found.workers.reliability[2]).toBeLessThan(0.1)
  }
})

function accuracy(labels: Labels, gold: Int32Array, method: Method): number {
  const found = infer(labels, { method })
  let right = 0
  let known = 0
  gold.forEach((answer, t) => {
    if (answer < 0) return
    known++
    if (found.labels[t] === answer) right++
  })
  return right / known
}

describe.skipIf(!hasSharedData)(`accuracy on real sets${needsSharedData}`, () => {
  test('auto beats the vote by 2.7 points on average, and loses nowhere', () => {
    const mean = { auto: 0, majority: 0 }
    for (const name of sharedSets) {
      const labels = sharedLabels(name)
      const { gold } = goldFor(labels, sharedGold(name))
      const majority = accuracy(labels, gold, 'majority')
      const best = accuracy(labels, gold, 'auto')
      expect(best).toBeGreaterThanOrEqual(majority - 0.01)
      mean.auto += best / sharedSets.length
      mean.majority += majority / sharedSets.length
    }
    expect(mean.auto).toBeGreaterThan(0.912)
    expect(mean.auto - mean.majority).toBeGreaterThan(0.027)
  })
})
