import type { TaskRow } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { countOutcomes, mostSplit, preferenceOf } from './outcomes.ts'

const task = (
  id: string,
  judgments: number,
  distribution: Record<string, number>,
  value: unknown,
): TaskRow => ({
  id,
  externalId: null,
  state: 'done',
  excerpt: '',
  judgments,
  wanted: 3,
  consensus: { preference: { value, confidence: null, distribution } },
  gold: null,
})
const tasks = [
  task('agreed', 3, { a: 1 }, 'a'),
  task('two of three', 3, { a: 0.67, b: 0.33 }, 'a'),
  task('all apart', 3, { a: 0.34, b: 0.33, tie: 0.33 }, null),
  task('one voice', 1, { a: 0.6, b: 0.4 }, 'a'),
]

test('the most split tasks come first; agreed ones and single voices are left out', () => {
  expect(mostSplit(tasks, 'preference').map((each) => each.task.id)).toEqual(['all apart', 'two of three'])
})

test('outcomes are counted, and tasks without a decision apart', () => {
  const counted = countOutcomes(tasks, 'preference')
  expect([counted.counts.a, counted.undecided, counted.decided]).toEqual([3, 1, 3])
})

test('an answer of another shape is none', () => {
  expect(preferenceOf({ outcome: 'b', strength: 2 })).toEqual({ outcome: 'b', strength: 2 })
  expect(preferenceOf({ outcome: 'perhaps' })).toBeNull()
  expect(preferenceOf('a')).toBeNull()
})
