import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffPieces } from './diff-pieces.ts'

test('says what went, what came and what stayed', () => {
  expect(diffPieces('It is cold out.', 'It is very hot out.')).toEqual([
    { kind: 'same', text: 'It is ' },
    { kind: 'gone', text: 'cold ' },
    { kind: 'new', text: 'very hot ' },
    { kind: 'same', text: 'out.' },
  ])
})

test('both texts can be read out of it, byte for byte', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'bc', ' ', '\n', '\u2028', '👋', '\r\n'),
    maxLength: 30,
  })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = diffPieces(before, after)
      const of = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map((piece) => piece.text)
          .join('')
      expect([of('new'), of('gone')]).toEqual([before, after])
    }),
    { seed: 3 },
  )
})
