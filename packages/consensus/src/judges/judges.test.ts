import { describe, expect, test } from 'vitest'
import { inferWithJudges, type LabelRow, labelsFromRows, predictionPoweredMean } from '../index.ts'
import { gaussian, seededRandom } from '../math/random.ts'

describe('prediction-powered means', () => {
  test('cover the truth although the model is biased, and are narrower than people alone', () => {
    const random = seededRandom(1)
    let inside = 0
    let width = 0
    let classicalWidth = 0
    for (let run = 0; run < 300; run++) {
      const draw = () => {
        const x = gaussian(random)
        return { human: x + 0.3 * gaussian(random), model: x + 0.5 }
      }
      const both = Array.from({ length: 40 }, draw)
      const found = predictionPoweredMean(
        both.map(({ human }) => human),
        both.map(({ model }) => model),
        Array.from({ length: 1000 }, () => draw().model),
      )
      if (found.low <= 0 && found.high >= 0) inside++
      width += found.high - found.low
      classicalWidth += found.classical.high - found.classical.low
    }
    expect(inside / 300).toBeGreaterThan(0.91)
    expect(width).toBeLessThan(classicalWidth * 0.5)
  })

  test('a useless model is not used, and by hand with full power', () => {
    const random = seededRandom(2)
    const noise = Array.from({ length: 200 }, () => random())
    const human = Array.from({ length: 200 }, () => random())
    expect(
      predictionPoweredMean(
        human,
        noise,
        Array.from({ length: 900 }, () => random()),
      ).power,
    ).toBeLessThan(0.15)
    const found = predictionPoweredMean([1, 0, 1, 1], [1, 1, 1, 0], [1, 1, 0, 1, 1], { power: 1 })
    expect(found.value).toBeCloseTo(0.75 + 0.8 - 0.75, 12)
    expect(() => predictionPoweredMean([1], [1], [])).toThrow(/two human/)
    expect(() => predictionPoweredMean([1, 2], [1], [])).toThrow(/2 human values but 1/)
  })
})

describe('judges that are models', () => {
  /** Three people on some tasks, judges on all; copies repeat the first judge's answers. */
  function simulate(copies: number) {
    const random = seededRandom(5)
    const rows: LabelRow[] = []
    for (let t = 0; t < 300; t++) {
      const truth = t % 2
      const answer = (skill: number) => (random() < skill ? truth : 1 - truth)
      if (t < 150)
        for (const w of ['ann', 'ben', 'cho'])
          rows.push({ worker: w, task: `${t}`, label: `${answer(0.92)}` })
      const first = answer(0.75)
      rows.push({ worker: 'judge0', task: `${t}`, label: `${first}` })
      for (let c = 1; c <= copies; c++) rows.push({ worker: `judge${c}`, task: `${t}`, label: `${first}` })
      rows.push({ worker: 'other', task: `${t}`, label: `${answer(0.85)}` })
    }
    return labelsFromRows(rows)
  }

  test('are measured against people, and copies of one judge do not outvote a better one', () => {
    const labels = simulate(3)
    const judges = ['judge0', 'judge1', 'judge2', 'judge3', 'other']
    const found = inferWithJudges(labels, { judges })
    const report = new Map(found.judges.map(({ judge, reliability }) => [judge, reliability]))
    expect(report.get('judge0')?.mean).toBeCloseTo(0.75, 1)
    expect(report.get('other')?.mean).toBeCloseTo(0.85, 1)
    expect(found.errorCorrelation).toBeGreaterThan(0.3)
    expect(found.effectiveJudges).toBeLessThan(2.5)
    let right = 0
    let sure = 0
    for (let t = 150; t < 300; t++) {
      if (found.labels[labels.tasks.indexOf(`${t}`)] === t % 2) right++
      sure += (found.confidence[labels.tasks.indexOf(`${t}`)] as number) / 150
    }
    expect(right / 150).toBeGreaterThan(0.72)
    // Confidence is about as high as accuracy: copies do not make it overconfident.
    expect(Math.abs(sure - right / 150)).toBeLessThan(0.12)
  })

  test('need somebody to be measured by', () => {
    const labels = labelsFromRows([
      { worker: 'j', task: '1', label: 'a' },
      { worker: 'j', task: '2', label: 'b' },
    ])
    expect(() => inferWithJudges(labels, { judges: ['j'] })).toThrow(/Only judges/)
    expect(() => inferWithJudges(labels, { judges: ['k'] })).toThrow(/None of the judges/)
  })
})
