import type { Form, TaskRow } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { mostSplit, partsOf } from './outcomes.ts'

const form: Form = {
  blocks: [{ type: 'candidates', layout: 'side_by_side' }],
  questions: [
    { id: 'preference', type: 'preference', label: 'Better?', required: true, ties: ['tie'] },
    { id: 'tags', type: 'multichoice', label: 'Tags?', required: true, min: 0, options: [] },
  ],
}
const task = (
  id: string,
  judgments: number,
  distribution: Record<string, number>,
  tags: Record<string, number> = {},
): TaskRow => ({
  id,
  externalId: null,
  state: 'done',
  excerpt: '',
  judgments,
  wanted: 3,
  consensus: {
    preference: { value: null, confidence: null, distribution },
    tags: { value: [], confidence: null, distribution: tags },
  },
  gold: null,
})

test('the most split tasks come first, with what they differ on; agreed ones and single voices are left out', () => {
  const tasks = [
    task('agreed', 3, { a: 1 }, { x: 1, y: 0 }),
    task('two of three', 3, { a: 0.67, b: 0.33 }),
    task('all apart', 3, { a: 0.34, b: 0.33, tie: 0.33 }),
    task('tags', 3, { a: 1 }, { x: 0.5 }),
    task('one voice', 1, { a: 0.6, b: 0.4 }),
  ]
  expect(mostSplit(form, tasks).map(({ task: each, part }) => `${each.id}: ${part.key}`)).toEqual([
    'all apart: preference',
    'tags: tags',
    'two of three: preference',
  ])
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

test('people who all gave one answer do not differ, however sure the consensus is of it', () => {
  const weighed = (votes: Record<string, number>): TaskRow => {
    const row = task('weighed', 2, {})
    const preference = { value: 'a', confidence: 0.6, distribution: { a: 0.6, b: 0.4 }, votes, answers: 2 }
    return { ...row, consensus: { preference } }
  }
  expect(mostSplit(form, [weighed({ a: 2 })])).toEqual([])
  expect(mostSplit(form, [weighed({ a: 1, b: 1 })])).toHaveLength(1)
})
