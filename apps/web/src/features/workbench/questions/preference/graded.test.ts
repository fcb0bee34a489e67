import type { PreferenceQuestion } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { nextOpenRow, placeOfRow, withRow } from './graded.ts'

const question: PreferenceQuestion = {
  id: 'p',
  type: 'preference',
  label: 'Better?',
  required: true,
  ties: ['tie'],
  axes: [
    { id: 'truth', label: 'Truth' },
    { id: 'safety', label: 'Safety' },
  ],
}

test('rows are answered one by one, in terms of the task and not of the screen', () => {
  const shown = ['b', 'a']
  const first = withRow(undefined, 'truth', 1, shown)
  expect(first).toEqual({ axes: { truth: { outcome: 'b', strength: 3 } } })
  const both = withRow(first, null, 4, shown)
  expect(both).toEqual({ outcome: 'tie', strength: 0, axes: { truth: { outcome: 'b', strength: 3 } } })
  expect([
    placeOfRow(both, null, shown),
    placeOfRow(both, 'truth', shown),
    placeOfRow(both, 'safety', shown),
  ]).toEqual([4, 1, null])
})

test('after a row comes the next one that is open, the ones above it last', () => {
  const shown = ['a', 'b']
  const value = withRow(undefined, 'truth', 2, shown)
  expect(nextOpenRow(question, value, 'truth', shown)).toBe('safety')
  expect(nextOpenRow(question, withRow(value, 'safety', 3, shown), 'safety', shown)).toBe(null)
  expect(
    nextOpenRow(question, withRow(withRow(value, 'safety', 3, shown), null, 4, shown), null, shown),
  ).toBeUndefined()
})
