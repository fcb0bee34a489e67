import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bradleyTerry,
  type ComparisonRow,
  type Comparisons,
  comparisonsFromRows,
  crowdBradleyTerry,
} from '../index.ts'
import { seededRandom } from '../math/random.ts'

function repeated(first: string, second: string, wins: number, losses: number, ties = 0): ComparisonRow[] {
  return [
    ...Array.from({ length: wins }, () => ({ first, second, outcome: 'first' as const })),
    ...Array.from({ length: losses }, () => ({ first, second, outcome: 'second' as const })),
    ...Array.from({ length: ties }, () => ({ first, second, outcome: 'tie' as const })),
  ]
}

const score = (ratings: { items: { indexOf(name: string): number }; scores: Float64Array }, name: string) =>
  ratings.scores[ratings.items.indexOf(name)] as number

describe('two items: closed forms', () => {
  test('the score difference is the log odds, its variance 1/w + 1/l', () => {
    const ratings = bradleyTerry(comparisonsFromRows(repeated('a', 'b', 30, 10)))
    expect(score(ratings, 'a') - score(ratings, 'b')).toBeCloseTo(Math.log(3), 9)
    for (const intervals of ['fisher', 'sandwich'] as const) {
      const { standardErrors } = bradleyTerry(comparisonsFromRows(repeated('a', 'b', 30, 10)), { intervals })
      expect(standardErrors[0]).toBeCloseTo(Math.sqrt(1 / 30 + 1 / 10) / 2, 9)
    }
  })

  test('Davidson: odds from wins and losses alone, tie weight from the ties', () => {
    const ratings = bradleyTerry(comparisonsFromRows(repeated('a', 'b', 30, 10, 20)), { ties: 'davidson' })
    expect(score(ratings, 'a') - score(ratings, 'b')).toBeCloseTo(Math.log(3), 8)
    expect(ratings.tie?.value).toBeCloseTo(Math.log(20 / Math.sqrt(300)), 8)
  })

  test('Rao-Kupper: the three shares are met exactly', () => {
    const ratings = bradleyTerry(comparisonsFromRows(repeated('a', 'b', 30, 10, 20)), { ties: 'rao-kupper' })
    const eta = score(ratings, 'a') - score(ratings, 'b')
    const kappa = ratings.tie?.value as number
    expect(1 / (1 + Math.exp(kappa - eta))).toBeCloseTo(0.5, 8)
    expect(1 / (1 + Math.exp(kappa + eta))).toBeCloseTo(1 / 6, 8)
  })

  test('position effect', () => {
    const rows = [...repeated('a', 'b', 30, 10), ...repeated('b', 'a', 20, 20)]
    const ratings = bradleyTerry(comparisonsFromRows(rows), { position: true })
    // log 3 = d + p and 0 = −d + p.
    expect(score(ratings, 'a') - score(ratings, 'b')).toBeCloseTo(Math.log(3) / 2, 8)
    expect(ratings.position?.value).toBeCloseTo(Math.log(3) / 2, 8)
  })
})

test("Bradley and Terry's condition: expected wins equal wins", () => {
  const random = seededRandom(3)
  const rows: ComparisonRow[] = []
  for (let r = 0; r < 600; r++) {
    const i = Math.floor(random() * 6)
    const j = (i + 1 + Math.floor(random() * 5)) % 6
    const outcome = random() < 1 / (1 + Math.exp((j - i) * 0.5)) ? 'first' : 'second'
    rows.push({ first: `m${i}`, second: `m${j}`, outcome })
  }
  const ratings = bradleyTerry(comparisonsFromRows(rows))
  const surplus = new Map<string, number>()
  for (const { first, second, outcome } of rows) {
    const p = 1 / (1 + Math.exp(score(ratings, second) - score(ratings, first)))
    const won = outcome === 'first' ? 1 : 0
    surplus.set(first, (surplus.get(first) ?? 0) + won - p)
    surplus.set(second, (surplus.get(second) ?? 0) - won + p)
  }
  for (const value of surplus.values()) expect(Math.abs(value)).toBeLessThan(1e-7)
  expect(ratings.scores.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10)
})

describe.each(['half', 'davidson', 'rao-kupper'] as const)('%s ties', (ties) => {
  const crowd = fc.array(
    fc.record({
      i: fc.integer({ min: 0, max: 4 }),
      step: fc.integer({ min: 1, max: 4 }),
      outcome: fc.constantFrom('first' as const, 'second' as const, 'tie' as const),
    }),
    { minLength: 20, maxLength: 60 },
  )

  test('order of rows, names and the turning round of pairs change nothing', () => {
    fc.assert(
      fc.property(crowd, (drawn) => {
        const rows = drawn.map(({ i, step, outcome }) => ({
          first: `m${i}`,
          second: `m${(i + step) % 5}`,
          outcome,
        }))
        const turned = [...rows].reverse().map(({ first, second, outcome }) => ({
          first: second,
          second: first,
          outcome:
            outcome === 'first' ? ('second' as const) : outcome === 'second' ? ('first' as const) : outcome,
        }))
        const a = bradleyTerry(comparisonsFromRows(rows), { ties })
        const b = bradleyTerry(comparisonsFromRows(turned), { ties })
        for (const name of a.items.names()) {
          expect(score(b, name)).toBeCloseTo(score(a, name), 6)
          expect(b.standardErrors[b.items.indexOf(name)]).toBeCloseTo(
            a.standardErrors[a.items.indexOf(name)] as number,
            6,
          )
        }
      }),
      { seed: 8, numRuns: 15 },
    )
  })

  test('bootstrap and sandwich intervals agree on well-behaved data', () => {
    const random = seededRandom(5)
    const rows: ComparisonRow[] = Array.from({ length: 900 }, () => {
      const i = Math.floor(random() * 4)
      const j = (i + 1 + Math.floor(random() * 3)) % 4
      const u = random()
      const p = 1 / (1 + Math.exp((j - i) * 0.4))
      return { first: `m${i}`, second: `m${j}`, outcome: u < 0.2 ? 'tie' : random() < p ? 'first' : 'second' }
    })
    const comparisons = comparisonsFromRows(rows)
    const a = bradleyTerry(comparisons, { ties })
    const b = bradleyTerry(comparisons, { ties, intervals: 'bootstrap', draws: 150 })
    a.standardErrors.forEach((error, i) => {
      expect(Math.abs((b.standardErrors[i] as number) / error - 1)).toBeLessThan(0.25)
    })
  })
})

test('parts that were never compared are reported, and one-sided records are kept finite and said', () => {
  const ratings = bradleyTerry(
    comparisonsFromRows([
      ...repeated('a', 'b', 3, 2),
      ...repeated('x', 'y', 1, 4),
      ...repeated('z', 'x', 2, 0),
    ]),
  )
  expect(ratings.parts).toBe(2)
  expect(ratings.part[ratings.items.indexOf('a')]).toBe(ratings.part[ratings.items.indexOf('b')])
  expect(ratings.part[ratings.items.indexOf('a')]).not.toBe(ratings.part[ratings.items.indexOf('z')])
  expect(ratings.notes.join()).toMatch(/only ever won.*2 parts/)
  expect(ratings.scores.every(Number.isFinite)).toBe(true)
  expect(ratings.standardErrors.every(Number.isFinite)).toBe(true)
})

test('covariates take the effect of length out of the scores', () => {
  const random = seededRandom(9)
  const rows: ComparisonRow[] = Array.from({ length: 6000 }, () => {
    const i = Math.floor(random() * 3)
    const j = (i + 1 + Math.floor(random() * 2)) % 3
    // Model 2 writes longer; people like length (1 per unit), the models are equally good.
    const length = (i === 2 ? 1 : 0) - (j === 2 ? 1 : 0) + (random() - 0.5)
    return {
      first: `m${i}`,
      second: `m${j}`,
      outcome: random() < 1 / (1 + Math.exp(-length)) ? 'first' : 'second',
      covariates: { length },
    }
  })
  const controlled = bradleyTerry(comparisonsFromRows(rows))
  const effect = controlled.covariates.get('length')
  expect(effect?.value).toBeCloseTo(1, 0)
  expect(effect?.low).toBeGreaterThan(0.5)
  expect(Math.abs(score(controlled, 'm2'))).toBeLessThan(0.3)
  const plain = bradleyTerry(comparisonsFromRows(rows.map(({ covariates: _, ...row }) => row)))
  expect(score(plain, 'm2')).toBeGreaterThan(0.4)
})

test('groups may rank differently: departures from the common scores', () => {
  const rows = [
    ...repeated('a', 'b', 80, 20).map((row) => ({ ...row, group: 'lawyers' })),
    ...repeated('a', 'b', 20, 80).map((row) => ({ ...row, group: 'nurses' })),
  ]
  const ratings = bradleyTerry(comparisonsFromRows(rows), { groupPrecision: 0.1 })
  const [lawyersA, lawyersB, nursesA, nursesB] = ratings.groupDepartures as Float64Array
  expect((lawyersA as number) - (lawyersB as number)).toBeGreaterThan(1)
  expect((nursesA as number) - (nursesB as number)).toBeLessThan(-1)
  expect(Math.abs(score(ratings, 'a'))).toBeLessThan(0.05)
})

test('clusters widen the intervals when votes repeat each other', () => {
  const random = seededRandom(2)
  const rows: ComparisonRow[] = Array.from({ length: 60 }, (_, c) => {
    const outcome = random() < 0.6 ? ('first' as const) : ('second' as const)
    return Array.from({ length: 10 }, () => ({ first: 'a', second: 'b', outcome, cluster: `${c}` }))
  }).flat()
  const clustered = bradleyTerry(comparisonsFromRows(rows)).standardErrors[0] as number
  const naive = bradleyTerry(comparisonsFromRows(rows.map(({ cluster: _, ...row }) => row)))
    .standardErrors[0] as number
  expect(clustered / naive).toBeCloseTo(Math.sqrt(10), 6)
})

describe('annotators of different reliability', () => {
  function simulate(unreliable: 'reversed' | 'habit'): Comparisons {
    const random = seededRandom(11)
    const skill = [0.97, 0.95, 0.9, 0.5, 0.2]
    const rows: ComparisonRow[] = []
    for (let r = 0; r < 4000; r++) {
      const i = Math.floor(random() * 8)
      const j = (i + 1 + Math.floor(random() * 7)) % 8
      const w = Math.floor(random() * skill.length)
      const p = 1 / (1 + Math.exp((j - i) * 0.6))
      const honest = random() < (skill[w] as number)
      const first = honest ? random() < p : unreliable === 'reversed' ? random() >= p : random() < 0.9
      rows.push({ first: `m${i}`, second: `m${j}`, outcome: first ? 'first' : 'second', worker: `w${w}` })
    }
    return comparisonsFromRows(rows)
  }

  test.each(['reversed', 'habit'] as const)(
    '%s: skills come back and the objective never falls',
    (unreliable) => {
      const found = crowdBradleyTerry(simulate(unreliable), { unreliable })
      const at = (name: string) => found.reliability[found.workers.indexOf(name)] as number
      expect(at('w0')).toBeGreaterThan(0.9)
      expect(Math.abs(at('w3') - 0.5)).toBeLessThan(0.15)
      expect(Math.abs(at('w4') - 0.2)).toBeLessThan(0.15)
      for (let i = 1; i < found.objective.length; i++)
        expect(found.objective[i]).toBeGreaterThanOrEqual((found.objective[i - 1] as number) - 1e-6)
      const order = found.items
        .names()
        .sort((a, b) => score(found, a) - score(found, b))
        .join()
      expect(order).toBe('m0,m1,m2,m3,m4,m5,m6,m7')
    },
  )
})

test('bad comparisons are refused', () => {
  expect(() => comparisonsFromRows([])).toThrow(/no comparisons/)
  expect(() => comparisonsFromRows([{ first: 'a', second: 'a', outcome: 'tie' }])).toThrow(/with itself/)
  expect(() =>
    comparisonsFromRows([
      { first: 'a', second: 'b', outcome: 'tie', worker: 'w' },
      { first: 'a', second: 'b', outcome: 'tie' },
    ]),
  ).toThrow(/Only 1 of 2 rows have a worker/)
  expect(() => crowdBradleyTerry(comparisonsFromRows(repeated('a', 'b', 1, 1)))).toThrow(/who judged/)
})
