import { describe, expect, test } from 'vitest'
import {
  consensusChecks,
  crowdSkillPrior,
  driftTest,
  dropMonitor,
  fatigueTest,
  holmAdjusted,
  infer,
  labelsFromRows,
  observeOutcome,
  reliabilityOf,
} from '../index.ts'
import { seededRandom } from '../math/random.ts'
import { betaQuantile } from '../math/special.ts'

describe('reliability of a person', () => {
  test('gold alone is the Beta posterior', () => {
    const found = reliabilityOf({ gold: { right: 18, wrong: 2 } }, { prior: { right: 1, wrong: 1 } })
    expect(found.mean).toBeCloseTo(19 / 22, 4)
    expect(found.low).toBeCloseTo(betaQuantile(0.05, 19, 3), 3)
    expect(found.high).toBeCloseTo(betaQuantile(0.95, 19, 3), 3)
  })

  test('certain consensus and a perfect reviewer count like gold; doubtful ones count less; useless ones not at all', () => {
    const gold = reliabilityOf({ gold: { right: 10, wrong: 0 } })
    const checks = (confidence: number) => Array.from({ length: 10 }, () => ({ confidence, agrees: true }))
    expect(reliabilityOf({ consensus: checks(1) }).mean).toBeCloseTo(gold.mean, 9)
    expect(reliabilityOf({ reviews: [{ accepted: 10, rejected: 0, accuracy: 1 }] }).mean).toBeCloseTo(
      gold.mean,
      9,
    )
    const nothing = reliabilityOf({})
    expect(reliabilityOf({ consensus: checks(0.5) }).mean).toBeCloseTo(nothing.mean, 9)
    const doubtful = reliabilityOf({ consensus: checks(0.7) }).mean
    expect(doubtful).toBeGreaterThan(nothing.mean)
    expect(doubtful).toBeLessThan(gold.mean)
  })

  test('the cushion is the distance of the lower end from the bar', () => {
    const found = reliabilityOf({ gold: { right: 95, wrong: 5 } }, { threshold: 0.8 })
    expect(found.cushion).toBeCloseTo(found.low - 0.8, 12)
    expect(found.aboveThreshold).toBeGreaterThan(0.99)
    expect(() => reliabilityOf({ gold: { right: -1, wrong: 0 } })).toThrow(/-1/)
  })

  test('intervals cover: of people with random skill about 90 % lie within theirs', () => {
    const random = seededRandom(4)
    let inside = 0
    for (let person = 0; person < 400; person++) {
      const skill = [random(), random(), random(), random(), random()].sort((a, b) => a - b)[3] as number
      let right = 0
      for (let i = 0; i < 25; i++) if (random() < skill) right++
      const found = reliabilityOf({ gold: { right, wrong: 25 - right } }, { prior: { right: 4, wrong: 2 } })
      if (skill >= found.low && skill <= found.high) inside++
    }
    expect(inside / 400).toBeGreaterThan(0.86)
    expect(inside / 400).toBeLessThan(0.94)
  })

  test('the crowd prior is learnt', () => {
    const random = seededRandom(6)
    const people = Array.from({ length: 300 }, () => {
      const skill = 0.9 + 0.05 * (random() - 0.5)
      let right = 0
      for (let i = 0; i < 30; i++) if (random() < skill) right++
      return { right, total: 30 }
    })
    const prior = crowdSkillPrior(people)
    expect(prior.right / (prior.right + prior.wrong)).toBeCloseTo(0.9, 1)
    expect(prior.right + prior.wrong).toBeGreaterThan(20)
  })

  test('nobody confirms themselves', () => {
    const labels = labelsFromRows([
      { worker: 'lone', task: 'x', label: 'a' },
      ...['t1', 't2', 't3', 't4'].flatMap((task) => [
        { worker: 'odd', task, label: 'b' },
        { worker: 'p', task, label: 'a' },
        { worker: 'q', task, label: 'a' },
      ]),
      { worker: 'p', task: 't5', label: 'b' },
      { worker: 'q', task: 't5', label: 'b' },
    ])
    const checks = consensusChecks(labels, infer(labels, { method: 'hierarchical-dawid-skene' }))
    expect(checks[labels.workers.indexOf('lone')]).toEqual([])
    expect(checks[labels.workers.indexOf('odd')]?.every(({ agrees }) => !agrees)).toBe(true)
    expect(checks[labels.workers.indexOf('p')]?.every(({ agrees }) => agrees)).toBe(true)
  })
})

describe('drift and fatigue', () => {
  const bernoulli = (random: () => number, n: number, p: (i: number) => number) =>
    Array.from({ length: n }, (_, i) => (random() < p(i) ? 1 : 0))

  test('steady people raise false alarms at the stated rate, changed ones are found', () => {
    const random = seededRandom(1)
    let falseAlarms = 0
    let found = 0
    for (let person = 0; person < 200; person++) {
      const steady = driftTest(
        bernoulli(random, 80, () => 0.85),
        { permutations: 99, seed: person },
      )
      if (steady.pValue <= 0.05) falseAlarms++
      const changed = driftTest(
        bernoulli(random, 80, (i) => (i < 40 ? 0.9 : 0.55)),
        {
          permutations: 99,
          seed: person,
          direction: 'down',
        },
      )
      if (changed.pValue <= 0.05) found++
    }
    expect(falseAlarms / 200).toBeLessThan(0.09)
    expect(found / 200).toBeGreaterThan(0.85)
  })

  test('the change is located, and a run of hard tasks is no alarm', () => {
    const outcomes = [...new Array(50).fill(1), ...new Array(50).fill(0)]
    expect(driftTest(outcomes)).toMatchObject({ changeAt: 50, before: 1, after: 0, pValue: 0.001 })
    expect(driftTest(outcomes, { expected: outcomes }).pValue).toBe(1)
    expect(driftTest([1, 0, 1]).pValue).toBe(1)
  })

  test('fatigue within sessions is found; a worse session as a whole is not fatigue', () => {
    const random = seededRandom(2)
    const session = (p: (i: number) => number) => ({
      outcomes: bernoulli(random, 40, p),
      time: Array.from({ length: 40 }, (_, i) => i),
    })
    const tired = Array.from({ length: 6 }, () => session((i) => 0.95 - i * 0.012))
    const found = fatigueTest(tired)
    expect(found.pValue).toBeLessThan(0.01)
    expect(found.slope).toBeLessThan(0)
    let alarms = 0
    for (let person = 0; person < 100; person++) {
      const uneven = Array.from({ length: 4 }, (_, s) => session(() => 0.95 - s * 0.15))
      if (fatigueTest(uneven, { permutations: 99, seed: person }).pValue <= 0.05) alarms++
    }
    expect(alarms).toBeLessThan(12)
  })

  test('the running monitor seldom cries wolf and notices a drop soon', () => {
    const random = seededRandom(3)
    const steady = dropMonitor(0.85, 2000)
    let alarms = 0
    for (let i = 0; i < 60_000; i++) if (observeOutcome(steady, random() < 0.85 ? 1 : 0)) alarms++
    expect(alarms).toBeLessThan(45)
    const dropped = dropMonitor(0.85, 2000)
    let delay = 0
    while (!observeOutcome(dropped, random() < 0.5 ? 1 : 0)) delay++
    expect(delay).toBeLessThan(120)
  })

  test("Holm's adjustment", () => {
    expect(holmAdjusted([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06])
  })
})
