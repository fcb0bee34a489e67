import { expect, test } from 'vitest'
import { answerText } from './answer-text.ts'

const nameOf = (id: string) => ({ a: 'Response A', b: 'Response B' })[id] ?? null

test('values of every kind in plain words', () => {
  expect(answerText('Because.\nReally.', nameOf)).toBe('Because.\nReally.')
  expect(answerText({ kind: 'preference', preferred: 'b', strength: 2 }, nameOf)).toBe(
    'kind: preference\npreferred: Response B\nstrength: 2',
  )
  expect(answerText([['a', 'b'], ['c']], nameOf)).toBe('Response A, Response B\nc')
  expect(answerText({ a: { not_applicable: true }, b: undefined }, nameOf)).toBe(
    'Response A: not applicable: true',
  )
  expect(answerText(undefined, nameOf)).toBe('')
  expect(answerText([{ quote: 'x', note: null }], nameOf)).toBe('quote: x')
})
