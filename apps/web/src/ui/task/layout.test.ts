import { expect, test } from 'vitest'
import { fittingLayout } from './layout.ts'

test('two responses stand side by side where there is room', () => {
  expect(fittingLayout('side_by_side', 2, 1_096)).toBe('side_by_side')
  expect(fittingLayout('side_by_side', 2, 761)).toBe('side_by_side')
  expect(fittingLayout('side_by_side', 2, 560)).toBe('one_at_a_time')
})

test('up to four stand side by side on a wide screen, more never', () => {
  expect(fittingLayout('side_by_side', 3, 1_096)).toBe('side_by_side')
  expect(fittingLayout('side_by_side', 4, 1_096)).toBe('one_at_a_time')
  expect(fittingLayout('side_by_side', 4, 1_256)).toBe('side_by_side')
  expect(fittingLayout('side_by_side', 5, 2_560)).toBe('one_at_a_time')
})

test('what a person chose holds, except on a phone', () => {
  expect(fittingLayout('stacked', 6, 700)).toBe('stacked')
  expect(fittingLayout('one_at_a_time', 2, 2_000)).toBe('one_at_a_time')
  expect(fittingLayout('stacked', 2, 390)).toBe('one_at_a_time')
})

test('one response needs no layout', () => {
  expect(fittingLayout('stacked', 1, 1_096)).toBe('one_at_a_time')
})
