import type { Form, TaskRow } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { partsOf, splitsOf } from './outcomes.ts'

const form: Form = {
  blocks: [{ type: 'candidates', layout: 'side_by_side' }],
  questions: [
    { id: 'preference', type: 'preference', label: 'Better?', required: true, ties: ['tie'] },
    { id: 'tags', type: 'multichoice', label: 'Tags?', required: true, min: 0, options: [] },
  ],
}
test('a task on which people differ comes with the question and the part that they differ on', () => {
  const consensus = { preference: { value: null, confidence: null, distribution: { a: 0.5, b: 0.5 } } }
  const task = { id: 't', consensus } as unknown as TaskRow
  expect(
    splitsOf(form, [
      { task, key: 'preference' },
      { task, key: 'tags' },
    ]),
  ).toMatchObject([{ task: { id: 't' }, question: { id: 'preference' }, part: { key: 'preference' } }])
})

test('parts of a question are its axes, or the responses that it is asked of', () => {
  const value = { value: null, confidence: null, distribution: {} }
  const [preference] = form.questions
  if (preference?.type !== 'preference') throw new Error('no preference')
  const asked = {
    ...preference,
    axes: [
      { id: 'z', label: 'Z' },
      { id: 'y', label: 'Y' },
    ],
  }
  const consensus = { preference: value, 'preference.y': value, 'preference.z': value, preferences: value }
  expect(partsOf(asked, consensus)).toEqual([
    { key: 'preference' },
    { key: 'preference.z', axis: 'z' },
    { key: 'preference.y', axis: 'y' },
  ])
  expect(
    partsOf(
      { ...preference, type: 'scale', each: 'candidate', points: [], notApplicable: false },
      { 'preference.a': value },
    ),
  ).toEqual([{ key: 'preference.a', target: 'a' }])
})
