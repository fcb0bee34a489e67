import { expect, test } from 'vitest'
import { enoughToInfer, fullRunDue, MOST_LABELS } from './full-run-rules.ts'

const state = { judgments: 60, overlapping: 20, before: null, finished: false }

test('the first full run waits for enough judgments on enough tasks', () => {
  expect(fullRunDue(state)).toBe(true)
  expect(fullRunDue({ ...state, judgments: 59 })).toBe(false)
  expect(fullRunDue({ ...state, overlapping: 19 })).toBe(false)
  expect(fullRunDue({ ...state, judgments: MOST_LABELS + 1 })).toBe(false)
})

test('the next one waits for thirty judgments or a twentieth, whichever is more', () => {
  const due = (judgments: number, before: number) => fullRunDue({ ...state, judgments, before })
  expect([due(89, 60), due(90, 60), due(60, 90)]).toEqual([false, true, true])
  expect([due(1_049, 1_000), due(1_052, 1_000), due(1_053, 1_000)]).toEqual([false, false, true])
})

test('a finished project waits for nothing, unless nothing is new', () => {
  expect(fullRunDue({ ...state, judgments: 61, before: 60, finished: true })).toBe(true)
  expect(fullRunDue({ ...state, judgments: 60, before: 60, finished: true })).toBe(false)
})

test('there is enough to infer with enough judgments, enough tasks with two of them, and three people', () => {
  const enough = (tasks: number, perTask: number, trainers: number) =>
    enoughToInfer(
      Int32Array.from({ length: tasks * perTask }, (_, row) => Math.floor(row / perTask)),
      trainers,
    )
  expect(enough(20, 3, 3)).toBe(true)
  expect(enough(19, 4, 4)).toBe(false)
  expect(enough(29, 2, 3)).toBe(false)
  expect(enough(100, 1, 3)).toBe(false)
  expect(enough(40, 2, 2)).toBe(false)
})
