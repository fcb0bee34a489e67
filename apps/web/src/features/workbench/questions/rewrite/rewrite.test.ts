import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asShown, usualLineEnd, withShown } from './line-ends.ts'
import { diffTexts, withoutChange } from './text-diff.ts'

const piece = fc.constantFrom('\r\n', '\n', '\r', 'a', 'b ', 'word', '\u2028', '👩‍🔬', 'שלום', ' ', '. ')
const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''))
const lines = text.map(asShown)

test('a text that nobody touched keeps every byte; what a field shows is what is stored, whatever its line ends', () => {
  fc.assert(
    fc.property(text, lines, fc.constantFrom('\n', '\r\n', '\r'), (exact, shown, end) => {
      expect(withShown(exact, asShown(exact), end)).toBe(exact)
      expect(asShown(withShown(exact, shown, end))).toBe(shown)
    }),
    { numRuns: 2_000, seed: 7 },
  )
})

test('a change in the middle leaves the line ends before and after it alone', () => {
  const exact = 'one\r\ntwo\rthree\nfour\r\n'
  expect(usualLineEnd(exact)).toBe('\r\n')
  expect(withShown(exact, 'one\ntwo\n2.5\nthree\nfour\n', '\r\n')).toBe('one\r\ntwo\r2.5\r\nthree\nfour\r\n')
})

test('the pieces of a diff are both texts, whole and in order', () => {
  fc.assert(
    fc.property(lines, lines, (original, now) => {
      const { blocks, changes } = diffTexts(original, now)
      const read = (side: 'removed' | 'added') =>
        blocks
          .flat()
          .map((each) => ('same' in each ? each.same : changes[each.change]?.[side]))
          .join('')
      expect(read('removed')).toBe(original)
      expect(read('added')).toBe(now)
      for (const { at, added } of changes) expect(now.slice(at, at + added.length)).toBe(added)
      expect(changes.reduceRight(withoutChange, now)).toBe(original)
    }),
    { numRuns: 1_000, seed: 8 },
  )
})

test('a long text is cut into blocks, and neighbouring words are one change', () => {
  const line = 'The quick brown fox jumps over the lazy dog.\n'
  const original = line.repeat(400)
  const now = original.replace('quick brown', 'slow grey')
  const { blocks, changes, words, added, removed } = diffTexts(original, now)
  expect(changes).toEqual([{ at: 4, removed: 'quick brown', added: 'slow grey' }])
  expect(blocks.length).toBeGreaterThan(5)
  expect({ words, added, removed }).toEqual({ words: 3_600, added: 2, removed: 2 })
})

test('what was added in one go is one change, even where it repeats what stands before it', () => {
  const { changes } = diffTexts('Boil the water.\n', 'First: Boil the water.\nEnjoy.\nGoodbye.')
  expect(changes.map(({ added }) => added)).toEqual(['First: ', 'Enjoy.\nGoodbye.'])
})
