import { expect, test } from 'vitest'
import { readAll, readGood } from '../../test/reading.ts'
import type { ReadOptions } from '../index.ts'

const task = (data: object, ...result: object[]) => ({ data, annotations: [{ completed_by: 1, result }] })
const verdictsOf = async (row: object, choices: ReadOptions['choices'] = {}) =>
  (await readGood([row], { format: 'label-studio', choices })).flatMap((item) =>
    item.annotations.map(({ verdict }) => verdict),
  )

const items = ['A', 'B', 'C'].map((id) => ({ id, text: `text ${id}` }))
const ranked = (ranker: unknown) => task({ prompt: 'q', items }, { type: 'ranker', value: { ranker } })
const ranksOf = async (ranker: unknown, choices: ReadOptions['choices'] = {}) => {
  const [verdict] = await verdictsOf(ranked(ranker), choices)
  return verdict?.type === 'ranking' ? verdict.ranks.map(({ candidate, rank }) => `${candidate}${rank}`) : []
}

test('buckets of a ranker rank by their names, whatever the order of the keys', async () => {
  expect(await ranksOf({ worst: ['C'], best: ['A'] })).toEqual(['a1', 'b2', 'c3'])
  expect(await ranksOf({ best: ['A'], worst: ['C'] })).toEqual(['a1', 'b2', 'c3'])
  expect(await ranksOf({ _: ['B', 'C'], best: ['A'] })).toEqual(['a1', 'b2', 'c2'])
  expect(await ranksOf({ best: ['B'] })).toEqual(['b1', 'a2', 'c2'])
  expect(await ranksOf({ worst: ['A'] })).toEqual(['b1', 'c1', 'a2'])
})

test('a bucket of another name is refused, unless it is said how good it is', async () => {
  expect(await readAll([ranked({ ok: ['A'], great: ['B'] })], { format: 'label-studio' })).toMatchObject([
    { kind: 'rejected', line: 1, code: 'unknown_bucket', message: expect.stringContaining('"ok"') },
  ])
  const buckets = ['great', 'ok']
  expect(await ranksOf({ ok: ['A'], great: ['B'] }, { buckets })).toEqual(['b1', 'a2'])
  expect(await ranksOf({ ok: ['A'], great: ['B'] }, { buckets: [...buckets, '_'] })).toEqual([
    'b1',
    'a2',
    'c3',
  ])
})

test('ranked items that are none of the task are counted', async () => {
  const notes = (await readAll([ranked(['Z', 'A', 'Y', 'B'])], { format: 'label-studio' })).filter(
    ({ kind }) => kind === 'note',
  )
  expect(notes).toMatchObject([{ code: 'unknown_item', count: 2 }])
})

const label = (to: string, start: number, end: number, text?: string) => ({
  from_name: 'l',
  to_name: to,
  type: 'labels',
  value: { start, end, ...(text !== undefined && { text }), labels: ['wrong'] },
})
const data = { prompt: 'please tell me a long story now', answer: '😀 Paris is in Italy ok' }
const spansOf = async (...results: object[]) => {
  const items = await readAll([task(data, ...results)], { format: 'label-studio' })
  const [item] = items.filter(({ kind }) => kind === 'task')
  return {
    verdicts: item?.kind === 'task' ? item.annotations.map(({ verdict }) => verdict) : [],
    notes: items.flatMap((each) => (each.kind === 'note' ? [`${each.code} ${each.count}`] : [])),
  }
}
const italy = {
  type: 'spans',
  target: 'a',
  spans: [{ start: 14, end: 19, quote: 'Italy', labels: ['wrong'] }],
}

test('spans are in the text that to_name says, in code points', async () => {
  expect(await spansOf(label('answer', 15, 20, 'Italy'))).toEqual({ verdicts: [italy], notes: [] })
})

test('where to_name is no field, the quote says which text it is', async () => {
  expect(await spansOf(label('t', 15, 20, 'Italy'))).toEqual({ verdicts: [italy], notes: [] })
  expect(await spansOf(label('t', 15, 20))).toEqual({ verdicts: [], notes: ['span_target_unknown 1'] })
})

test('a span whose quote is not at its place is left out and counted', async () => {
  const { verdicts, notes } = await spansOf(
    label('answer', 15, 20, 'Italy'),
    label('answer', 14, 19, 'Italy'),
    label('prompt', 15, 20, 'Italy'),
    label('answer', 15, 200, 'Italy'),
    label('answer', 1, 3),
    { ...label('answer', 0, 1), value: { start: '/p[1]/text()[1]', end: '/p[1]/text()[1]', labels: ['x'] } },
  )
  expect(verdicts).toEqual([italy])
  expect(notes).toEqual(['quote_differs 4', 'span_left_out 1'])
})

test('what is marked as ground truth is what the source concludes; an id that came along is the id', async () => {
  const pairwise = { type: 'pairwise', value: { selected: 'right' } }
  const row = {
    id: 9,
    data: { prompt: 'q', answer1: 'x', answer2: 'y', external_id: 'e1' },
    annotations: [
      { completed_by: 1, ground_truth: true, result: [pairwise] },
      { completed_by: 2, ground_truth: false, result: [pairwise] },
    ],
  }
  const [item] = await readGood([row], { format: 'label-studio' })
  expect(item).toMatchObject({ gold: 'b', task: { externalId: 'e1' } })
  expect(item?.annotations.map(({ by }) => by)).toEqual([undefined, 'label-studio:2'])
  expect(item?.task.metadata).toBe(undefined)
})
