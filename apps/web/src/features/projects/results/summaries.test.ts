import type { Outcome, Question } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { summariesOf } from './summaries.ts'

const question = (type: string, more: object = {}) =>
  ({ id: 'q', type, label: 'Q', required: true, ...more }) as unknown as Question
const outcome = (key: string, more: Partial<Outcome> = {}): Outcome => ({
  ...{ key, tasks: 2, answers: 2, marked: 0, values: [], means: [] },
  ...more,
})

test('a preference has a summary of the whole and one of each axis, in the order of the form', () => {
  const asked = question('preference', {
    axes: [
      { id: 'z', label: 'Z' },
      { id: 'y', label: 'Y' },
    ],
  })
  const values = [{ value: 'a', count: 2 }]
  const items = [outcome('other'), outcome('q', { values }), outcome('q.y'), outcome('q.z', { tasks: 1 })]
  expect(summariesOf(asked, items)).toEqual([
    { kind: 'counts', of: 'tasks', total: 2, part: { key: 'q' }, rows: values },
    { kind: 'counts', of: 'tasks', total: 1, part: { key: 'q.z', axis: 'z' }, rows: [] },
    { kind: 'counts', of: 'tasks', total: 2, part: { key: 'q.y', axis: 'y' }, rows: [] },
  ])
})

test('scales and ranks have a row for each response that has a mean', () => {
  const mean = { target: null, mean: 3, spread: 1, most: 4, tasks: 2 }
  const scale = question('scale', { each: 'candidate', points: [{ value: 1 }, { value: 5 }] })
  expect(summariesOf(scale, [outcome('q.a', { means: [mean] }), outcome('q.b')])).toMatchObject([
    { kind: 'means', least: 1, most: 5, rows: [{ part: { key: 'q.a', target: 'a' }, mean: 3, spread: 1 }] },
  ])
  expect(summariesOf(scale, [outcome('q.b')])).toEqual([])
  const means = [
    { ...mean, target: 'a' },
    { ...mean, target: 'b', most: 6 },
  ]
  expect(summariesOf(question('ranking'), [outcome('q', { means })])).toMatchObject([
    { kind: 'means', least: 1, most: 6, rows: [{ part: { target: 'a' } }, { part: { target: 'b' } }] },
  ])
})

test('marks are shares of the marks, beside the tasks that have any; texts have only a number', () => {
  const spans = question('spans', { categories: [], severities: [] })
  const values = [
    { value: 'x', count: 2 },
    { value: 'y', count: 1 },
  ]
  expect(summariesOf(spans, [outcome('q', { values, marked: 1 })])).toEqual([
    { kind: 'counts', of: 'marks', total: 3, rows: values },
    { kind: 'marked', tasks: 2, marked: 1 },
  ])
  expect(summariesOf(spans, [outcome('q')])).toEqual([{ kind: 'marked', tasks: 2, marked: 0 }])
  expect(summariesOf(question('text'), [outcome('q', { answers: 5 })])).toEqual([
    { kind: 'answered', tasks: 2, answers: 5 },
  ])
  expect(summariesOf(question('text'), [])).toEqual([])
})
