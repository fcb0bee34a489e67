import { expect, test } from 'vitest'
import { type KeyPress, matchesKey } from './key-match.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

test('a key is itself, whatever its case', () => {
  expect(matchesKey(press('s'), 's')).toBe(true)
  expect(matchesKey(press('S'), 's')).toBe(true)
  expect(matchesKey(press('?'), '?')).toBe(true)
  expect(matchesKey(press('Enter'), 'Enter')).toBe(true)
  expect(matchesKey(press('d'), 's')).toBe(false)
})

test('Ctrl and the command key are the same, and never mean the single key', () => {
  expect(matchesKey(press('k', { ctrlKey: true }), 'Ctrl+k')).toBe(true)
  expect(matchesKey(press('k', { metaKey: true }), 'Ctrl+k')).toBe(true)
  expect(matchesKey(press('k', { ctrlKey: true }), 'k')).toBe(false)
  expect(matchesKey(press('k'), 'Ctrl+k')).toBe(false)
  expect(matchesKey(press('s', { altKey: true }), 's')).toBe(false)
})

test('a keyboard of another script uses the place of the key, a Latin one its letter', () => {
  expect(matchesKey(press('ы', { code: 'KeyS' }), 's')).toBe(true)
  expect(matchesKey(press('o', { code: 'KeyS' }), 's')).toBe(false)
})
