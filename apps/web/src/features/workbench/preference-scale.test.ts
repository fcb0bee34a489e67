import { checkPreference } from '@groundwork/contract/checks'
import { expect, test } from 'vitest'
import { answerFromPlace, placeFromAnswer, preferredPosition, type ScalePlace } from './preference-scale.ts'

const places: ScalePlace[] = [1, 2, 3, 4, 5, 6, 7, 'both_good', 'both_bad']
const orders = [
  ['a', 'b'],
  ['b', 'a'],
]
const question = {
  id: 'preference',
  type: 'preference' as const,
  label: 'Which?',
  required: true,
  ties: ['tie' as const, 'both_good' as const, 'both_bad' as const],
}

test('the same key means the response that is on that side of the screen', () => {
  expect(answerFromPlace(1, ['a', 'b'])).toEqual({ outcome: 'a', strength: -3 })
  expect(answerFromPlace(1, ['b', 'a'])).toEqual({ outcome: 'b', strength: 3 })
  expect(answerFromPlace(5, ['a', 'b'])).toEqual({ outcome: 'b', strength: 1 })
  expect(answerFromPlace(5, ['b', 'a'])).toEqual({ outcome: 'a', strength: -1 })
  expect(answerFromPlace(4, ['b', 'a'])).toEqual({ outcome: 'tie', strength: 0 })
})

test('every place survives the way there and back, and the contract accepts its answer', () => {
  for (const shown of orders) {
    for (const place of places) {
      const answer = answerFromPlace(place, shown)
      expect(placeFromAnswer(answer, shown)).toBe(place)
      expect(checkPreference(question, answer, 'answer')).toEqual([])
    }
  }
})

test('the same answer moves to the other side when the responses are shown the other way round', () => {
  const answer = answerFromPlace(2, ['a', 'b'])
  expect(placeFromAnswer(answer, ['b', 'a'])).toBe(6)
  expect(preferredPosition(answer, ['a', 'b'])).toBe(0)
  expect(preferredPosition(answer, ['b', 'a'])).toBe(1)
  expect(preferredPosition({ outcome: 'tie', strength: 0 }, ['a', 'b'])).toBe(null)
})

test('no answer and half an answer have no place', () => {
  for (const value of [undefined, null, '', 3, {}, { outcome: 'a', strength: 0 }]) {
    expect(placeFromAnswer(value, ['a', 'b'])).toBe(null)
  }
})
