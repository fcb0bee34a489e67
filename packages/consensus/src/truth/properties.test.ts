import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  auto,
  dawidSkene,
  type Inference,
  infer,
  type LabelRow,
  labelsFromRows,
  type Method,
  methods,
  oneCoin,
} from '../index.ts'

const settings = { seed: 20, numRuns: 12 }

/** A small crowd: every task judged by a few distinct workers, mostly rightly. */
const crowds = fc
  .record({
    tasks: fc.integer({ min: 4, max: 14 }),
    workers: fc.integer({ min: 3, max: 7 }),
    classes: fc.integer({ min: 2, max: 4 }),
    noise: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
  })
  .map(({ tasks, workers, classes, noise }) => {
    const next = () => noise.next().value as number
    const rows: LabelRow[] = []
    for (let t = 0; t < tasks; t++)
      for (let w = 0; w < workers; w++) {
        if (w > 1 && next() < 0.3) continue
        const label = next() < 0.7 ? t % classes : Math.floor(next() * classes)
        rows.push({ task: `t${t}`, worker: `w${w}`, label: `c${label}` })
      }
    return rows
  })

const twoClassOnly: readonly Method[] = ['kos']
/** These start at random per row or task, so another order of rows is another start. */
const startsAtRandom: readonly Method[] = ['kos', 'mace', 'ebcc', 'one-coin-difficulty', 'auto']

function byName(inference: Inference): Map<string, number> {
  const out = new Map<string, number>()
  for (let t = 0; t < inference.tasks.size; t++)
    inference.classes.forEach((name, k) => {
      out.set(
        `${inference.tasks.name(t)}/${name}`,
        inference.posteriors[t * inference.classes.length + k] as number,
      )
    })
  return out
}

function expectSame(a: Map<string, number>, b: Map<string, number>, rename = (key: string) => key) {
  for (const [key, value] of a) expect(b.get(rename(key))).toBeCloseTo(value, 5)
}

describe.each(methods.filter((method) => !twoClassOnly.includes(method)))('%s', (method) => {
  test('gives probabilities for every task', () => {
    fc.assert(
      fc.property(crowds, (rows) => {
        const found = infer(labelsFromRows(rows), { method })
        const K = found.classes.length
        for (let t = 0; t < found.tasks.size; t++) {
          let sum = 0
          for (let k = 0; k < K; k++) {
            const p = found.posteriors[t * K + k] as number
            expect(p).toBeGreaterThanOrEqual(0)
            sum += p
          }
          expect(sum).toBeCloseTo(1, 9)
        }
        for (const reliability of found.workers.reliability) {
          expect(reliability).toBeGreaterThanOrEqual(0)
          expect(reliability).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
      settings,
    )
  })

  test('is the same on the same input', () => {
    fc.assert(
      fc.property(crowds, (rows) => {
        const labels = labelsFromRows(rows)
        expect([...infer(labels, { method }).posteriors]).toEqual([...infer(labels, { method }).posteriors])
      }),
      { ...settings, numRuns: 3 },
    )
  })

  test('clamps known answers', () => {
    const rows = fc.sample(crowds, { seed: 3, numRuns: 1 })[0] as LabelRow[]
    const labels = labelsFromRows(rows)
    const gold = new Int32Array(labels.tasks.size).fill(-1)
    gold[0] = 1
    const found = infer(labels, { method, gold })
    expect(found.posteriors[1]).toBe(1)
    expect(found.labels[0]).toBe(1)
  })
})

describe.each(methods.filter((method) => !startsAtRandom.includes(method)))('%s', (method) => {
  // M-MSR's trimming may cut other workers of equal standing; a few iterations keep the others far from plateaus.
  const options = { method, maxIterations: 8 } as const

  test('does not care about the order of rows, tasks and workers', () => {
    fc.assert(
      fc.property(crowds, (rows) => {
        const turned = [...rows].reverse()
        expectSame(
          byName(infer(labelsFromRows(rows), options)),
          byName(infer(labelsFromRows(turned), options)),
        )
      }),
      settings,
    )
  })

  test('does not care about names', () => {
    // Renamed so that the order of classes turns round: only exact ties of everything could tell.
    const rename = (label: string) => `c${9 - Number(label.slice(1))}`
    fc.assert(
      fc.property(crowds, (rows) => {
        const renamed = rows.map((row) => ({ ...row, worker: `x${row.worker}`, label: rename(row.label) }))
        const labels = labelsFromRows(rows)
        if (['wawa', 'zero-based-skill', 'fast-dawid-skene'].includes(method) && hasEqualCounts(rows)) return
        expectSame(byName(infer(labels, options)), byName(infer(labelsFromRows(renamed), options)), (key) =>
          key.replace(/c\d$/, rename),
        )
      }),
      settings,
    )
  })
})

function hasEqualCounts(rows: readonly LabelRow[]): boolean {
  const counts = new Map<string, number>()
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1)
  return new Set(counts.values()).size < counts.size
}

test.each([0, 0.1, 1])('the objective of Dawid-Skene never falls (smoothing %d)', (smoothing) => {
  fc.assert(
    fc.property(crowds, (rows) => {
      const { logLikelihood } = dawidSkene(labelsFromRows(rows), {
        smoothing,
        tolerance: -1,
        maxIterations: 40,
      })
      for (let i = 1; i < logLikelihood.length; i++)
        expect(logLikelihood[i]).toBeGreaterThanOrEqual((logLikelihood[i - 1] as number) - 1e-6)
    }),
    settings,
  )
})

test('the likelihood of one-coin never falls', () => {
  fc.assert(
    fc.property(crowds, (rows) => {
      const { logLikelihood } = oneCoin(labelsFromRows(rows), { tolerance: -1, maxIterations: 40 })
      for (let i = 1; i < logLikelihood.length; i++)
        expect(logLikelihood[i]).toBeGreaterThanOrEqual((logLikelihood[i - 1] as number) - 1e-6)
    }),
    settings,
  )
})

test.each(['majority', 'wawa', 'zero-based-skill', 'one-coin', 'm-msr'] as const)(
  'doubling all rows changes no answer of %s',
  (method) => {
    fc.assert(
      fc.property(crowds, (rows) => {
        const once = infer(labelsFromRows(rows), { method, maxIterations: 1 })
        const twice = infer(labelsFromRows([...rows, ...rows]), { method, maxIterations: 1 })
        for (let t = 0; t < once.tasks.size; t++)
          expect(twice.labels[twice.tasks.indexOf(once.tasks.name(t))]).toBe(once.labels[t])
      }),
      settings,
    )
  },
)

test('a perfect worker among noisy ones approaches reliability 1', () => {
  const rows: LabelRow[] = []
  let state = 7
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
  for (let t = 0; t < 400; t++) {
    rows.push({ task: `t${t}`, worker: 'perfect', label: `c${t % 3}` })
    for (let w = 0; w < 5; w++) {
      const label = next() < 0.65 ? t % 3 : Math.floor(next() * 3)
      rows.push({ task: `t${t}`, worker: `w${w}`, label: `c${label}` })
    }
  }
  for (const method of ['dawid-skene', 'one-coin', 'hierarchical-dawid-skene', 'auto'] as const) {
    const { workers } = infer(labelsFromRows(rows), { method })
    expect(workers.reliability[workers.ids.indexOf('perfect')]).toBeGreaterThan(0.97)
  }
})

test('auto says which members took part and keeps the order of the mean', () => {
  const rows = fc.sample(crowds, { seed: 5, numRuns: 1 })[0] as LabelRow[]
  const found = auto(labelsFromRows(rows))
  expect(found.notes[0]).toMatch(/^members: /)
})
