import { expect, test } from 'vitest'
import { readAll } from '../../test/reading.ts'
import type { ReadOptions } from '../index.ts'

const record = (spans: object[], over: object = {}) => ({
  id: '1',
  status: 'submitted',
  prompt: 'short',
  response: 'Paris is in 😀 Italy',
  's.responses': [spans],
  's.responses.users': ['u'],
  's.responses.status': ['submitted'],
  ...over,
})
const read = async (row: object, choices: ReadOptions['choices'] = {}) => {
  const items = await readAll([row], { format: 'argilla', choices })
  const [item] = items.filter(({ kind }) => kind === 'task')
  return {
    verdicts: item?.kind === 'task' ? item.annotations.map(({ verdict }) => verdict) : [],
    notes: items.flatMap((each) => (each.kind === 'note' ? [`${each.code} ${each.count}`] : [])),
  }
}
const place = (start: number, end: number) => ({ start, end, label: 'wrong' })
const italy = {
  type: 'spans',
  target: 'a',
  spans: [{ start: 14, end: 19, quote: 'Italy', labels: ['wrong'] }],
}

test('spans are in the only field that is long enough, in code points', async () => {
  expect(await read(record([place(14, 19)]))).toEqual({ verdicts: [italy], notes: [] })
})

test('spans that could be in several fields are counted, unless their field is named', async () => {
  expect(await read(record([place(0, 5)]))).toEqual({ verdicts: [], notes: ['span_field_unknown 1'] })
  const { verdicts } = await read(record([place(0, 5)]), { spanFields: { s: 'response' } })
  expect(verdicts).toMatchObject([{ target: 'a', spans: [{ quote: 'Paris' }] }])
})

test('spans outside of their text are left out and counted', async () => {
  const { verdicts, notes } = await read(record([place(14, 19), place(14, 99), place(3, 2)]), {
    spanFields: { s: 'response' },
  })
  expect(verdicts).toEqual([italy])
  expect(notes).toEqual(['span_left_out 2'])
  expect(await read(record([place(14, 99)]))).toEqual({ verdicts: [], notes: ['span_left_out 1'] })
})
