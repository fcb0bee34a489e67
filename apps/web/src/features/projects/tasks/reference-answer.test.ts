import { answerShapes, type TaskPayload, textMessage } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { referenceAnswer } from './reference-answer.ts'

const task: TaskPayload = {
  context: [{ role: 'user', parts: [{ type: 'image', assetId: 'x' }] }],
  candidates: ['a', 'b', 'c'].map((id) => ({ id, messages: [textMessage('assistant', `Answer ${id}.`)] })),
}
const pair = { type: 'pairwise', a: 'a', b: 'b', strength: null }

test.each([
  { ...pair, outcome: 'b', strength: 2 },
  { type: 'ranking', ranks: task.candidates.map(({ id }, index) => ({ candidate: id, rank: index + 1 })) },
  {
    type: 'steps',
    candidate: 'b',
    steps: [
      { text: 'First.', label: 1 },
      { text: 'Then.', label: null },
    ],
  },
  { type: 'classification', labels: ['toxic', 'rude'] },
  { type: 'spans', target: 'a', spans: [{ start: 0, end: 6, quote: 'Answer', labels: ['vague'] }] },
  { type: 'boxes', boxes: [{ x: 1, y: 2, width: 30, height: 40, label: 'cat' }] },
  { type: 'text', text: 'Too short.' },
])('$type has the shape of an answer', (verdict) => {
  const said = referenceAnswer(verdict, task)
  if (said?.kind !== 'answers') throw new Error(`It is ${said?.kind}.`)
  for (const { question, value } of said.answers) {
    const shaped = question.type === 'steps' ? { candidate: 'b', ...(value as object) } : value
    expect(answerShapes[question.type].safeParse(shaped).error).toBeUndefined()
  }
})

test('what is no answer to a question is said in words', () => {
  const said = (verdict: Record<string, unknown>) => referenceAnswer(verdict, task)
  expect(said({ type: 'rubric', candidate: 'b', scores: { helpful: 3, safe: null } })).toEqual({
    kind: 'scores',
    candidate: 'b',
    scores: [
      ['helpful', 3],
      ['safe', null],
    ],
  })
  expect(said({ type: 'thumb', candidate: 'a', good: true })).toMatchObject({ kind: 'thumb', good: true })
  expect(said({ type: 'demonstration', candidate: 'b', rewriteOf: 'a' })).toMatchObject({ rewriteOf: 'a' })
  expect(said({ type: 'redteam', success: 2, tags: ['fraud'] })).toMatchObject({ kind: 'attack', success: 2 })
})

test('of a pair without a grade the outcome stands, and responses beyond the first two are named', () => {
  expect(referenceAnswer({ ...pair, outcome: 'a' }, task)).toMatchObject({ answers: [{ value: 'a' }] })
  const mean = { ...pair, outcome: 'a', strength: -1.5 }
  expect(referenceAnswer(mean, task)).toMatchObject({ answers: [{ value: 'a' }] })
  const others = { ...pair, a: 'b', b: 'c' }
  expect(referenceAnswer({ ...others, outcome: 'b' }, task)).toEqual({
    kind: 'better',
    better: 'c',
    other: 'b',
  })
  expect(referenceAnswer({ ...others, outcome: 'tie' }, task)).toEqual({
    kind: 'tied',
    candidates: ['b', 'c'],
  })
})

test('what has no shape of a verdict is nothing', () => {
  expect(referenceAnswer({ type: 'horoscope' }, task)).toBeNull()
  expect(referenceAnswer({ type: 'ranking' }, task)).toBeNull()
})
