import { expect, test } from 'vitest'
import { boundKey, keyName, pressedKey, problemOf, slotOf, withBinding } from './bindings.ts'

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })

test('a key is the own one until another is set, and setting the own one again forgets it', () => {
  const slot = slotOf('skip', 's')
  expect(boundKey({}, 'skip', 's')).toBe('s')
  const bound = withBinding({}, slot, 'x')
  expect(boundKey(bound, 'skip', 's')).toBe('x')
  expect(boundKey(withBinding(bound, slot, ''), 'skip', 's')).toBe('')
  expect(withBinding(bound, slot, 's')).toEqual({})
  expect(withBinding(bound, slot, null)).toEqual({})
})

test('what speaks against a key', () => {
  const others = [
    { slot: 'skip s', key: 's' },
    { slot: 'flag f', key: 'f' },
  ]
  const skip = { slot: 'skip s', whileTyping: false }
  expect(problemOf('x', skip, others)).toBeNull()
  expect(problemOf('s', skip, others)).toBeNull()
  expect(problemOf('F', skip, others)).toEqual({ kind: 'taken', slot: 'flag f' })
  expect(problemOf('Tab', skip, others)).toEqual({ kind: 'kept' })
  expect(problemOf('Ctrl+w', skip, others)).toEqual({ kind: 'kept' })
  const submit = { slot: 'submit Ctrl+Enter', whileTyping: true }
  expect(problemOf('x', submit, others)).toEqual({ kind: 'typing' })
  expect(problemOf('Ctrl+m', submit, others)).toBeNull()
})

test('a press is named as shortcuts are', () => {
  expect(pressedKey(press('S'))).toBe('s')
  expect(pressedKey(press('Enter', { ctrlKey: true }))).toBe('Ctrl+Enter')
  expect(pressedKey(press('k', { metaKey: true }))).toBe('Ctrl+k')
  expect(pressedKey(press('Shift'))).toBeNull()
  expect(pressedKey(press('s', { altKey: true }))).toBeNull()
})

test('keys by name', () => {
  expect(['s', 'Ctrl+k', 'Ctrl+Enter', '+', 'Ctrl++'].map(keyName)).toEqual([
    'S',
    'Ctrl K',
    'Ctrl ⏎',
    '+',
    'Ctrl +',
  ])
})
