import { expect, test } from 'vitest'
import { nextSize } from './reading.ts'

test('sizes go up and down by steps and stop at their ends', () => {
  expect(nextSize(100, 1)).toBe(115)
  expect(nextSize(100, -1)).toBe(85)
  expect(nextSize(200, 1)).toBe(200)
  expect(nextSize(85, -1)).toBe(85)
  // A size that a former version has kept.
  expect(nextSize(120, 1)).toBe(130)
  expect(nextSize(120, -1)).toBe(115)
})
