import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesBetween, shortened } from './changes.ts'

const plain = (before: string, after: string) =>
  changesBetween(before, after).map((parts) =>
    parts
      .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+[${text}]` : `-[${text}]`))
      .join(''),
  )

test('only the paragraphs that changed, word by word', () => {
  expect(plain('# A\n\nSame here.\n\nA tie is rare.', '# A\n\nSame here.\n\nA tie is never right.')).toEqual([
    'A tie is-[ rare.]+[ never right.]',
  ])
})

test('a new paragraph and one that is gone', () => {
  expect(plain('One.\n\nTwo.', 'One.\n\nNew one.\n\nTwo.')).toEqual(['+[New one.]'])
  expect(plain('One.\n\nOld one.\n\nTwo.', 'One.\n\nTwo.')).toEqual(['-[Old one.]'])
})

test('white space is no change', () => {
  expect(plain('One  two\nthree', 'One two three')).toEqual([])
})

test('both versions can be read from the pieces of what changed', () => {
  const word = fc.constantFrom('a', 'b', 'c', '\n\n')
  fc.assert(
    fc.property(fc.array(word), fc.array(word), (one, other) => {
      const [before, after] = [one.join(' '), other.join(' ')]
      const parts = changesBetween(before, after).flat()
      const count = (text: string, wanted: string) =>
        text.split(/\s+/).filter((each) => each === wanted).length
      for (const each of ['a', 'b', 'c']) {
        const added = parts
          .filter(({ kind }) => kind === 'added')
          .reduce((n, { text }) => n + count(text, each), 0)
        const removed = parts
          .filter(({ kind }) => kind === 'removed')
          .reduce((n, { text }) => n + count(text, each), 0)
        expect(count(after, each) - count(before, each)).toBe(added - removed)
      }
    }),
    { seed: 3 },
  )
})

test('what did not change is shortened in its middle', () => {
  expect(shortened('short')).toBe('short')
  expect(shortened(`begin ${'x'.repeat(400)} end`, 10)).toBe('begin xxxx … xxxxxx end')
})
