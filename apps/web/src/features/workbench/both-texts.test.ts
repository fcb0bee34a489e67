import { expect, test } from 'vitest'
import { bothTexts } from './both-texts.ts'

test('no word of either text is lost, and what both begin with is not said twice', () => {
  expect(bothTexts('A', 'A')).toBe('A')
  expect(bothTexts('A and more', 'A')).toBe('A and more')
  expect(bothTexts('', 'A')).toBe('A')
  expect(bothTexts('Same\nOne', 'Same\nTwo\nSame')).toBe('Same\nOne\nTwo\nSame')
  expect(bothTexts('One', 'Two')).toBe('One\nTwo')
})
