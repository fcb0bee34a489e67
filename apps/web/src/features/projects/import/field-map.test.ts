import { expect, test } from 'vitest'
import { isComplete, mapFrom, mapText } from './field-map.ts'

test('a map as text, with odd field names quoted', () => {
  expect(mapText({ prompt: 'input', a: 'output_1', b: 'output_2', gold: 'label', id: 'idx' })).toBe(
    'prompt=input,a=output_1,b=output_2,gold=label,id=idx',
  )
  expect(mapText({ a: 'left, first', b: 'say "b"' })).toBe('a="left, first",b="say ""b"""')
})

test('a map needs two different answers', () => {
  expect(isComplete(mapFrom({ a: 'x', b: 'y', other: 'z' }))).toBe(true)
  expect(isComplete({ a: 'x', b: 'x' })).toBe(false)
  expect(isComplete({ prompt: 'p' })).toBe(false)
})
