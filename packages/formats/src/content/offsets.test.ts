import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextOffsets } from './offsets.ts'

test('offsets count as Python counts, for every place in every text', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', '😀', 'é', '\n', '🏳️‍🌈', '天'), maxLength: 12 })
  fc.assert(
    fc.property(texts, (text) => {
      const offsets = new TextOffsets(text)
      const points = [...text]
      points.forEach((_, index) => {
        const units = points.slice(0, index).join('').length
        expect([offsets.toUnits(index), offsets.toCodePoints(units)]).toEqual([units, index])
      })
      expect(offsets.slice(1, 3)).toBe(points.slice(1, 3).join(''))
    }),
    { seed: 9, numRuns: 200 },
  )
})
