import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords } from './word-diff.ts'

const flagged = (text: string, flags: boolean[]) => text.split(' ').filter((_, index) => flags[index])
const words = (text: string) => text.split(' ')

test('flags what only one text has', () => {
  const a = 'women need the 0.85 factor and one dose a day'
  const b = 'women need no factor and two doses a day'
  const { onlyA, onlyB } = diffWords(words(a), words(b))
  expect(flagged(a, onlyA)).toEqual(['the', '0.85', 'one', 'dose'])
  expect(flagged(b, onlyB)).toEqual(['no', 'two', 'doses'])
})

test('equal texts have no difference, disjoint texts are all different', () => {
  expect(diffWords(['x', 'y'], ['x', 'y'])).toEqual({ onlyA: [false, false], onlyB: [false, false] })
  expect(diffWords(['x'], ['y', 'z'])).toEqual({ onlyA: [true], onlyB: [true, true] })
  expect(diffWords([], ['y'])).toEqual({ onlyA: [], onlyB: [true] })
})

test('what is not flagged is the same on both sides, and as long as possible', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 24 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { onlyA, onlyB } = diffWords(a, b)
      const keptA = a.filter((_, index) => !onlyA[index])
      const keptB = b.filter((_, index) => !onlyB[index])
      expect(keptA).toEqual(keptB)
      expect(keptA.length).toBe(commonLength(a, b))
    }),
    { seed: 7 },
  )
})

test('long texts are cut at words that occur once', () => {
  const a = Array.from({ length: 6_000 }, (_, index) => `w${index}`)
  const b = a.flatMap((word, index) => (index % 10 === 3 ? [`new${index}`] : [word]))
  const { onlyA, onlyB } = diffWords(a.toReversed(), b.toReversed())
  expect(onlyA.filter(Boolean).length).toBe(600)
  expect(onlyB.filter(Boolean).length).toBe(600)
})

/** Straight from the definition, to check against. */
function commonLength(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i]
      if (row) row[j] = a[i - 1] === b[j - 1] ? at(i - 1, j - 1) + 1 : Math.max(at(i - 1, j), at(i, j - 1))
    }
  }
  return at(a.length, b.length)
}
