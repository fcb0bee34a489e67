import fc from 'fast-check'
import { expect, test } from 'vitest'
import { speechPieces } from './speak.ts'

test('sentences stay whole and short ones are read together', () => {
  expect(speechPieces('Water boils. At 100 °C!\n\nAt sea level.')).toEqual([
    'Water boils. At 100 °C! At sea level.',
  ])
  const long = `${'word '.repeat(60)}end. Next sentence.`
  const pieces = speechPieces(long)
  expect(pieces.length).toBe(2)
  expect(pieces.every((piece) => piece.length <= 220)).toBe(true)
  expect(speechPieces('  \n ')).toEqual([])
})

test('nothing is left out and no piece is too long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2_000 }), (text) => {
      const pieces = speechPieces(text)
      expect(pieces.every((piece) => piece.length <= 220)).toBe(true)
      expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
    }),
    { seed: 7 },
  )
})
