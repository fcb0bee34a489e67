import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bordaCount,
  boxConsensus,
  intersectionOverUnion,
  kendallTau,
  multiChoiceConsensus,
  plackettLuce,
  rankingAgreement,
  scaleConsensus,
  spanConsensus,
  stepConsensus,
  textConsensus,
} from '../index.ts'
import { gaussian, seededRandom } from '../math/random.ts'

describe('scales', () => {
  function simulate() {
    const random = seededRandom(1)
    const truth = Array.from({ length: 150 }, () => 3 + gaussian(random))
    const bias = [0, 0, 0.8, -0.8, 0]
    const noise = [0.2, 0.3, 0.3, 0.3, 2]
    const task: number[] = []
    const worker: number[] = []
    const value: number[] = []
    truth.forEach((v, t) => {
      bias.forEach((b, w) => {
        task.push(t)
        worker.push(w)
        value.push(v + b + (noise[w] as number) * gaussian(random))
      })
    })
    return {
      truth,
      ratings: {
        task: Int32Array.from(task),
        worker: Int32Array.from(worker),
        value: Float64Array.from(value),
        tasks: truth.length + 1,
        workers: 5,
      },
    }
  }

  test('biases and noises are found, and the value beats the mean', () => {
    const { truth, ratings } = simulate()
    const found = scaleConsensus(ratings, { levels: [1, 2, 3, 4, 5] })
    expect(found.bias[2]).toBeCloseTo(0.8, 0)
    expect(found.bias[3]).toBeCloseTo(-0.8, 0)
    expect(found.noise[4]).toBeGreaterThan(1.5)
    expect(found.noise[0]).toBeLessThan(0.35)
    let error = 0
    let plain = 0
    let inside = 0
    truth.forEach((v, t) => {
      const rows = ratings.value.slice(t * 5, t * 5 + 5)
      plain += (rows.reduce((a, b) => a + b, 0) / 5 - v) ** 2
      error += ((found.value[t] as number) - v) ** 2
      if (v >= (found.low[t] as number) && v <= (found.high[t] as number)) inside++
    })
    expect(error).toBeLessThan(plain / 4)
    expect(inside / truth.length).toBeGreaterThan(0.8)
    expect(found.value[150]).toBeNaN()
    const row = found.distribution?.slice(0, 5) as Float64Array
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
    expect(found.mostProbable?.[0]).toBe(Math.min(5, Math.max(1, Math.round(found.value[0] as number))))
  })

  test('adding a constant to all ratings adds it to all values', () => {
    const { ratings } = simulate()
    const moved = scaleConsensus({ ...ratings, value: ratings.value.map((v) => v + 10) })
    scaleConsensus(ratings).value.forEach((v, t) => {
      if (t < 150) expect(moved.value[t]).toBeCloseTo(v + 10, 6)
    })
  })

  test('everybody of one mind, and no ratings at all', () => {
    const flat = scaleConsensus({
      task: Int32Array.of(0, 0, 1, 1),
      worker: Int32Array.of(0, 1, 0, 1),
      value: Float64Array.of(2, 2, 2, 2),
      tasks: 2,
      workers: 2,
    })
    expect(flat.value[0]).toBeCloseTo(2, 6)
    const none = {
      task: new Int32Array(),
      worker: new Int32Array(),
      value: new Float64Array(),
      tasks: 0,
      workers: 0,
    }
    expect(() => scaleConsensus(none)).toThrow(/no ratings/)
  })
})

test('multi-choice: each option on its own, people learnt over all', () => {
  const rows = Array.from({ length: 12 }, (_, t) => {
    const right = t % 2 ? ['toxic', 'spam'] : ['spam']
    return [
      { worker: 'a', task: `t${t}`, chosen: right },
      { worker: 'b', task: `t${t}`, chosen: right },
      { worker: 'c', task: `t${t}`, chosen: ['other'] },
    ]
  }).flat()
  const found = multiChoiceConsensus(rows, ['toxic', 'spam', 'other'])
  expect(found.chosen[0]).toEqual(['spam'])
  expect(found.chosen[1]).toEqual(['toxic', 'spam'])
  expect(found.inference.workers.reliability[0]).toBeGreaterThan(0.9)
  expect(() => multiChoiceConsensus([{ worker: 'a', task: 't', chosen: ['x'] }], ['y'])).toThrow(/'x'/)
})

test('steps: verdict per step and the first error', () => {
  const verdicts = (worker: string, task: string, list: string[]) =>
    list.map((label, step) => ({ worker, task, step, label }))
  const rows = [
    ...verdicts('a', 'p', ['good', 'good', 'bad', 'bad']),
    ...verdicts('b', 'p', ['good', 'good', 'bad', 'good']),
    ...verdicts('c', 'p', ['good', 'bad', 'bad', 'bad']),
    ...verdicts('a', 'q', ['good', 'good']),
    ...verdicts('b', 'q', ['good', 'good']),
    ...verdicts('c', 'q', ['good', 'good']),
  ]
  const { tasks } = stepConsensus(rows, { good: ['good', 'neutral'], method: 'majority' })
  expect(tasks[0]?.steps.map(({ label }) => label)).toEqual(['good', 'good', 'bad', 'bad'])
  expect(tasks[0]?.firstError).toBe(2)
  expect(tasks[1]?.firstError).toBe(-1)
  expect(tasks[1]?.allGood).toBe(1)
})

describe('spans', () => {
  const one = (start: number, end: number, label = 'error') => ({ spans: [{ start, end, label }] })

  test('stretches that most people marked are merged, with their share', () => {
    const found = spanConsensus([one(0, 10), one(5, 12), one(6, 11), { spans: [] }], { length: 40 })
    expect(found.spans).toEqual([{ start: 6, end: 10, label: 'error', confidence: 0.75 }])
    const weighted = spanConsensus([{ ...one(0, 10), weight: 5 }, one(5, 12)])
    expect(weighted.spans[0]).toMatchObject({ start: 0, end: 10 })
  })

  test('labels are kept apart; the same marks are perfect agreement', () => {
    const both = { spans: [...one(0, 4, 'a').spans, ...one(2, 6, 'b').spans] }
    const found = spanConsensus([both, both, both], { length: 20 })
    expect(found.spans.map(({ label }) => label)).toEqual(['a', 'b'])
    expect(found.pairwiseF1).toBe(1)
    expect(found.alpha).toBe(1)
    expect(spanConsensus([one(0, 5), one(10, 15)], { length: 20 }).alpha).toBeLessThan(0)
    expect(() => spanConsensus([one(5, 5)])).toThrow(/5–5/)
  })

  test('alpha by hand: two people, ten positions, F1 and alpha', () => {
    const found = spanConsensus([one(0, 4), one(2, 6)], { length: 10 })
    expect(found.pairwiseF1).toBeCloseTo(0.5, 12)
    // 4 of 10 positions differ; 8 marks in 20 ratings: 1 − 19·8 / (2·8·12).
    expect(found.alpha).toBeCloseTo(1 - (19 * 8) / (2 * 8 * 12), 12)
  })

  test('the order of people changes nothing', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom('a', 'b'))
      .map(([start, length, label]) => ({ start, end: start + length, label }))
    fc.assert(
      fc.property(
        fc.array(fc.record({ spans: fc.array(span, { maxLength: 4 }) }), { maxLength: 5 }),
        (people) => {
          expect(spanConsensus([...people].reverse()).spans).toEqual(spanConsensus(people).spans)
        },
      ),
      { seed: 1, numRuns: 60 },
    )
  })
})

describe('boxes', () => {
  const box = (x: number, y: number, width = 10, height = 10, label = 'car') => ({
    x,
    y,
    width,
    height,
    label,
  })

  test('overlapping boxes of different people become one, at the median', () => {
    const found = boxConsensus([
      { boxes: [box(0, 0), box(50, 50)] },
      { boxes: [box(1, 1), box(51, 50)] },
      { boxes: [box(2, 0, 10, 10, 'van')] },
    ])
    expect(found.boxes).toHaveLength(2)
    expect(found.boxes[0]).toMatchObject({
      x: 1,
      y: 0,
      width: 10,
      height: 10,
      label: 'car',
      drawn: 3,
      confidence: 1,
    })
    expect(found.boxes[1]).toMatchObject({ x: 50.5, drawn: 2 })
    expect(boxConsensus([{ boxes: [box(0, 0)] }, { boxes: [] }, { boxes: [] }]).rejected).toHaveLength(1)
  })

  test('a person is never joined with themselves, and IoU is by hand', () => {
    expect(boxConsensus([{ boxes: [box(0, 0), box(1, 0)] }, { boxes: [box(0, 0)] }]).boxes[0]?.drawn).toBe(2)
    expect(intersectionOverUnion(box(0, 0), box(5, 0))).toBeCloseTo(50 / 150, 12)
    expect(boxConsensus([{ boxes: [box(0, 0)] }, { boxes: [box(0, 0)] }]).pairwiseF1).toBe(1)
    expect(() => boxConsensus([{ boxes: [box(0, 0, 0, 5)] }])).toThrow(/no extent/)
  })
})

describe('rankings', () => {
  test('Borda with ties and left-out items', () => {
    const found = bordaCount(
      [
        [[0], [1], [2]],
        [[0, 1], [2]],
        [[2], [0]],
      ],
      4,
    )
    expect(found.scores[0]).toBeCloseTo((1 + 0.75 + 0) / 3, 12)
    expect(found.scores[1]).toBeCloseTo((0.5 + 0.75) / 2, 12)
    expect(found.order[3]).toBe(3)
    expect(() => bordaCount([[[0], [0]]], 2)).toThrow(/twice/)
  })

  test('Plackett-Luce of pairs is Bradley-Terry: log odds of wins', () => {
    const rankings = [...Array(30).fill([[0], [1]]), ...Array(10).fill([[1], [0]])]
    const found = plackettLuce(rankings, 2, { prior: 1e-9 })
    expect((found.scores[0] as number) - (found.scores[1] as number)).toBeCloseTo(Math.log(3), 6)
    expect(found.probabilities[0]).toBeCloseTo(0.75, 6)
  })

  test('the likelihood never falls and worths come back', () => {
    const random = seededRandom(3)
    const worth = [8, 4, 2, 1]
    const rankings = Array.from({ length: 1500 }, () => {
      const left = [0, 1, 2, 3]
      const out: number[][] = []
      while (left.length > 0) {
        let u = random() * left.reduce((sum, i) => sum + (worth[i] as number), 0)
        const at = left.findIndex((i) => {
          u -= worth[i] as number
          return u < 0
        })
        out.push(left.splice(Math.max(at, 0), 1))
      }
      return out
    })
    const found = plackettLuce(rankings, 4)
    expect(found.order).toEqual([0, 1, 2, 3])
    expect(found.probabilities[0]).toBeCloseTo(8 / 15, 1)
    for (let i = 1; i < found.logLikelihood.length; i++)
      expect(found.logLikelihood[i]).toBeGreaterThanOrEqual((found.logLikelihood[i - 1] as number) - 1e-9)
  })

  test("Kendall's tau", () => {
    expect(kendallTau([[0], [1], [2]], [[0], [1], [2]])).toBe(1)
    expect(kendallTau([[0], [1], [2]], [[2], [1], [0]])).toBe(-1)
    expect(
      rankingAgreement([
        [[0], [1], [2]],
        [[0], [2], [1]],
      ]),
    ).toBeCloseTo(1 / 3, 12)
  })
})

test('texts: the one most like the others', () => {
  const found = textConsensus(['The cat sat on the mat.', 'A cat sat on the mat', 'Something else entirely'])
  expect(found.chosen).not.toBe(2)
  expect(found.similarity[2]).toBeLessThan(0.2)
  expect(textConsensus(['same', 'Same ']).agreement).toBe(1)
})
