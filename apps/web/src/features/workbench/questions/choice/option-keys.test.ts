import { expect, test } from 'vitest'
import { optionKeys } from './option-keys.ts'

const keys = (...options: [label: string, shortcut?: string][]) =>
  [...optionKeys(options.map(([label, shortcut]) => ({ value: label, label, shortcut })))].map(
    ([, key]) => key,
  )

test('few options have digits, unless the form names a key that is free', () => {
  expect(keys(['Safe'], ['Unsafe', 'u'], ['Unclear', 's'])).toEqual(['u', '1', '3'])
})

test('many options have letters of their own, never one of the workbench', () => {
  const many = keys(
    ['Sky'],
    ['Été'],
    ['Earth'],
    ['Fog'],
    ['Gas'],
    ['Hay'],
    ['Jam'],
    ['Kit'],
    ['Sun'],
    ['日本'],
  )
  expect(many).toEqual(['y', 'e', 'a', 'o', 'b', 'c', 'm', 'i', 'u', 'd'])
  expect(new Set(many).size).toBe(10)
})
