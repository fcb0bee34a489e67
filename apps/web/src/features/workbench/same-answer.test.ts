import { expect, test } from 'vitest'
import { sameAnswer } from './same-answer.ts'

test('the order of keys and what is undefined make no difference', () => {
  expect(sameAnswer({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1, d: undefined })).toBe(true)
  expect(sameAnswer({}, {})).toBe(true)
})

test('values, lengths and kinds do', () => {
  expect(sameAnswer({ a: 1 }, { a: 2 })).toBe(false)
  expect(sameAnswer({ a: 1 }, {})).toBe(false)
  expect(sameAnswer({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
  expect(sameAnswer({ a: [] }, { a: {} })).toBe(false)
  expect(sameAnswer({ a: null }, { a: {} })).toBe(false)
})
