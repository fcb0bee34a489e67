import { describe, expect, test } from 'vitest'
import { hasSharedData, needsSharedData, sharedGold, sharedLabels } from '../../test/shared-data.ts'
import {
  addJudgment,
  beginTask,
  crowdModel,
  decide,
  goldFor,
  infer,
  type LabelRow,
  labelsFromRows,
  replayOverlap,
  statePosterior,
} from '../index.ts'
import { seededRandom } from '../math/random.ts'

function simulate(skills: readonly number[], tasks: number, seed = 1) {
  const random = seededRandom(seed)
  const rows: LabelRow[] = []
  for (let t = 0; t < tasks; t++)
    skills.forEach((skill, w) => {
      const right = random() < skill
      rows.push({ task: `${t}`, worker: `w${w}`, label: right ? `c${t % 2}` : `c${1 - (t % 2)}` })
    })
  return labelsFromRows(rows)
}

const labels = simulate([0.97, 0.95, 0.9, 0.85, 0.5], 120)
const model = crowdModel(labels)

test('a task needs two people, and two good ones who agree are enough', () => {
  const state = beginTask(model)
  expect(decide(model, state).reason).toBe('ask')
  addJudgment(model, state, 0, 1)
  expect(decide(model, state).enough).toBe(false)
  addJudgment(model, state, 1, 1)
  const decision = decide(model, state)
  expect(decision).toMatchObject({ enough: true, reason: 'confident', answer: 1 })
  expect(decision.confidence).toBeGreaterThan(0.96)
})

test('a guesser adds nothing, and the same person twice does not decide', () => {
  const guessed = beginTask(model)
  addJudgment(model, guessed, 4, 1)
  addJudgment(model, guessed, 4, 1)
  expect(decide(model, guessed).enough).toBe(false)
  const doubled = beginTask(model)
  addJudgment(model, doubled, 0, 1)
  addJudgment(model, doubled, 0, 1)
  expect(decide(model, doubled).enough).toBe(false)
})

test('no single judgment decides: two who disagree go on, however good one of them is', () => {
  const state = beginTask(model)
  addJudgment(model, state, 0, 1)
  addJudgment(model, state, 4, 0)
  expect(decide(model, state, { confidence: 0.6 }).enough).toBe(false)
})

test('candidates are ranked by what they can add, guessers and those who have judged last or not at all', () => {
  const state = beginTask(model)
  addJudgment(model, state, 0, 1)
  addJudgment(model, state, 3, 0)
  const { ask } = decide(model, state, { candidates: [4, 2, 1, 0].map((worker) => ({ worker })) })
  expect(ask.map(({ worker }) => worker)).toEqual([1, 2, 4])
})

test('stops by the most, by budget, and when a judgment is not worth its cost', () => {
  const state = beginTask(model)
  addJudgment(model, state, 0, 1)
  addJudgment(model, state, 4, 0)
  expect(decide(model, state, { most: 2 }).reason).toBe('most')
  expect(decide(model, state, { budget: 0 }).reason).toBe('budget')
  expect(decide(model, state, { value: 1, cost: 1 }).reason).toBe('not_worth_it')
  expect(decide(model, state, { value: 1000, cost: 1 }).reason).toBe('ask')
})

test('the online posterior is that of all judgments at once, in any order', () => {
  const forwards = beginTask(model)
  const backwards = beginTask(model)
  const judgments = [
    [0, 1],
    [4, 0],
    [2, 1],
    [99, 0],
  ] as const
  for (const [w, l] of judgments) addJudgment(model, forwards, w, l)
  for (const [w, l] of [...judgments].reverse()) addJudgment(model, backwards, w, l)
  statePosterior(model, forwards.score).forEach((p, k) => {
    expect(statePosterior(model, backwards.score)[k]).toBeCloseTo(p, 12)
  })
})

test('a replay buys less and stays right', () => {
  const replay = replayOverlap(labels, { seed: 2 })
  expect(replay.share).toBeLessThan(0.75)
  expect(replay.used).toBe(replay.perTask.reduce((sum, n) => sum + n, 0))
  let right = 0
  replay.inference.labels.forEach((label, t) => {
    if (label === t % 2) right++
  })
  expect(right / 120).toBeGreaterThan(0.95)
  expect(replayOverlap(labels, { budget: 100, method: 'majority' }).used).toBe(100)
  expect(replayOverlap(labels, { most: 3, method: 'majority' }).perTask.every((n) => n <= 3)).toBe(true)
})

describe.skipIf(!hasSharedData)(`adaptive overlap on real sets${needsSharedData}`, () => {
  test.each([
    ['rte', 0.6],
    ['snow_wsd', 0.25],
    ['dog', 0.5],
  ])('%s: at least the accuracy of the vote on all labels', (name, most) => {
    const set = sharedLabels(name)
    const { gold } = goldFor(set, sharedGold(name))
    const accuracy = (answers: Int32Array) => {
      let right = 0
      let known = 0
      gold.forEach((answer, t) => {
        if (answer < 0) return
        known++
        if (answers[t] === answer) right++
      })
      return right / known
    }
    const replay = replayOverlap(set, { seed: 1 })
    expect(replay.share).toBeLessThan(most)
    expect(accuracy(replay.inference.labels)).toBeGreaterThanOrEqual(
      accuracy(infer(set, { method: 'majority' }).labels) - 0.01,
    )
  })
})
