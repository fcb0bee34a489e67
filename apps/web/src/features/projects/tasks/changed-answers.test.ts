import type { Question } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { changedAnswers, lineOf } from './changed-answers.ts'

const questions = ['better', 'why', 'tags'].map((id) => ({ id, type: 'text', label: id }) as Question)

test('what a correction changed, in the order of the form, and of questions that it does not ask any more', () => {
  const before = { why: 'x', better: { outcome: 'a', strength: -1 }, tags: ['heat', 'cold'], gone: 1 }
  const after = { tags: ['heat'], why: 'x', better: { strength: 2, outcome: 'b' }, gone: 2 }
  expect(changedAnswers(questions, before, after).map(({ id, question }) => [id, question?.label])).toEqual([
    ['better', 'better'],
    ['tags', 'tags'],
    ['gone', undefined],
  ])
})

test('the order of keys, and nothing instead of null, is no change; an answer that came or went is one', () => {
  const before = { better: { outcome: 'a', strength: -1 }, why: null }
  expect(changedAnswers(questions, before, { better: { strength: -1, outcome: 'a' } })).toEqual([])
  expect(changedAnswers(questions, { why: 'x' }, { tags: ['x'] })).toMatchObject([
    { id: 'why', before: 'x', after: undefined },
    { id: 'tags', before: undefined, after: ['x'] },
  ])
  // A list is not an object that looks like one.
  expect(changedAnswers(questions, { tags: ['x'] }, { tags: { 0: 'x' } })).toHaveLength(1)
})

test('a line of corrections is found from its end, among those of others and where one is missing', () => {
  type Version = { id: string; supersedes: string | null }
  const history: Version[] = [
    { id: '1', supersedes: null },
    { id: 'other', supersedes: null },
    { id: '2', supersedes: '1' },
  ]
  const ids = (line: { id: string }[]) => line.map(({ id }) => id)
  expect(ids(lineOf({ id: '3', supersedes: '2' }, history))).toEqual(['1', '2', '3'])
  expect(ids(lineOf({ id: '9', supersedes: 'gone' }, history))).toEqual(['9'])
  expect(ids(lineOf({ id: '9', supersedes: null }, history))).toEqual(['9'])
})
