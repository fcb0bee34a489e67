import type { ConsensusValue, Question, TaskRow } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { summariesOf } from './summaries.ts'

const row = (consensus: Record<string, unknown>): TaskRow => ({
  id: '',
  externalId: null,
  state: 'done',
  excerpt: '',
  judgments: 3,
  wanted: 3,
  consensus: Object.fromEntries(
    Object.entries(consensus).map(([key, value]) => [
      key,
      { value, confidence: 1, distribution: {} } as ConsensusValue,
    ]),
  ),
  gold: null,
})
const question = (type: string, more: object = {}) =>
  ({ id: 'q', type, label: 'Q', required: true, ...more }) as unknown as Question

test('preferences are counted overall and on each axis, in the order of the form', () => {
  const asked = question('preference', {
    axes: [
      { id: 'z', label: 'Z' },
      { id: 'y', label: 'Y' },
    ],
  })
  const tasks = [row({ q: 'a', 'q.y': 'tie', 'q.z': 'b' }), row({ q: 'a', 'q.y': null })]
  expect(summariesOf(asked, tasks)).toEqual([
    { kind: 'counts', of: 'tasks', total: 2, part: { key: 'q' }, rows: [{ value: 'a', count: 2 }] },
    {
      kind: 'counts',
      of: 'tasks',
      total: 1,
      part: { key: 'q.z', axis: 'z' },
      rows: [{ value: 'b', count: 1 }],
    },
    {
      kind: 'counts',
      of: 'tasks',
      total: 2,
      part: { key: 'q.y', axis: 'y' },
      rows: [
        { value: 'tie', count: 1 },
        { value: 'undecided', count: 1 },
      ],
    },
  ])
})

test('scales and ranks have a mean for each response, with its spread', () => {
  const scale = question('scale', { each: 'candidate', points: [{ value: 1 }, { value: 5 }] })
  expect(summariesOf(scale, [row({ 'q.a': 2, 'q.b': 5 }), row({ 'q.a': 4, 'q.b': 'na' })])).toEqual([
    {
      kind: 'means',
      least: 1,
      most: 5,
      rows: [
        { part: { key: 'q.a', target: 'a' }, mean: 3, spread: Math.SQRT2, tasks: 2 },
        { part: { key: 'q.b', target: 'b' }, mean: 5, spread: null, tasks: 1 },
      ],
    },
  ])
  const ranks = (a: number, b: number) =>
    row({
      q: {
        ranks: [
          { candidate: 'a', rank: a },
          { candidate: 'b', rank: b },
        ],
      },
    })
  expect(summariesOf(question('ranking'), [ranks(1, 2), ranks(1, 1)])).toMatchObject([
    {
      kind: 'means',
      least: 1,
      most: 2,
      rows: [
        { mean: 1, tasks: 2 },
        { mean: 1.5, tasks: 2 },
      ],
    },
  ])
})

test('marks are counted by name, steps by the first wrong one, texts only in number', () => {
  const spans = question('spans', { categories: [], severities: [] })
  const marked = row({ q: { spans: [{ category: 'x' }, { category: 'x' }, { category: 'y' }] } })
  expect(summariesOf(spans, [marked, row({ q: { spans: [], none: true } })])).toMatchObject([
    {
      of: 'marks',
      total: 3,
      rows: [
        { value: 'x', count: 2 },
        { value: 'y', count: 1 },
      ],
    },
    { kind: 'marked', tasks: 2, marked: 1 },
  ])
  const steps = (...labels: unknown[]) => row({ q: { steps: labels.map((label) => ({ label })) } })
  expect(summariesOf(question('steps'), [steps(1, -1), steps(1, 1), steps(1, -1)])).toMatchObject([
    {
      rows: [
        { value: '2', count: 2 },
        { value: 'none', count: 1 },
      ],
    },
  ])
  expect(summariesOf(question('text'), [row({ q: null })])).toEqual([
    { kind: 'answered', tasks: 1, answers: 1 },
  ])
  expect(summariesOf(question('text'), [row({})])).toEqual([])
})

test('of options, none with a majority is not the same as none chosen', () => {
  const chosen = (distribution: Record<string, number>) => {
    const task = row({ q: [] })
    return { ...task, consensus: { q: { value: [], confidence: 0.5, distribution } as ConsensusValue } }
  }
  expect(summariesOf(question('multichoice'), [chosen({ x: 0.5, y: 0.5 }), chosen({})])).toMatchObject([
    {
      rows: [
        { value: 'no_majority', count: 1 },
        { value: 'none', count: 1 },
      ],
    },
  ])
})
