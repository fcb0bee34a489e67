import { form, type TaskPayload } from '@groundwork/contract'
import type { Annotation } from '@groundwork/formats'
import { templates } from '@groundwork/templates'
import { expect, test } from 'vitest'
import { agreedAnswer, sourceAnswers } from './source-answers.ts'

const says = (role: 'user' | 'assistant', text: string) => ({
  role,
  parts: [{ type: 'text' as const, text }],
})
const taskOf = (...texts: string[]): TaskPayload => ({
  context: [says('user', 'Why?')],
  candidates: texts.map((text, index) => ({
    id: 'abcdef'.charAt(index),
    messages: [says('assistant', text)],
  })),
})
const formOf = (id: string) => {
  const template = templates.get(id)
  if (!template) throw new Error(`There is no template ${id}.`)
  return template.form
}
const idOf = (of: ReturnType<typeof formOf>, type: string) =>
  of.questions.find((question) => question.type === type)?.id ?? ''
const gold = (of: ReturnType<typeof formOf>, task: TaskPayload, ...annotations: Annotation[]) =>
  agreedAnswer(sourceAnswers(of, task, annotations))

test('a ranking of the source is the known ranking, its ranks without gaps', () => {
  const rank = formOf('rank-responses')
  const ranks = [
    { candidate: 'a', rank: 1 },
    { candidate: 'b', rank: 3 },
    { candidate: 'c', rank: 3 },
    { candidate: 'd', rank: 7 },
  ]
  expect(gold(rank, taskOf('w', 'x', 'y', 'z'), { verdict: { type: 'ranking', ranks } })).toEqual({
    [idOf(rank, 'ranking')]: {
      ranks: [
        { candidate: 'a', rank: 1 },
        { candidate: 'b', rank: 2 },
        { candidate: 'c', rank: 2 },
        { candidate: 'd', rank: 3 },
      ],
    },
  })
})

test('ratings answer the scales that are called as their criteria, of each response', () => {
  const rubric = form.parse({
    blocks: [{ type: 'candidates' }],
    questions: [
      {
        id: 'helpful',
        type: 'scale',
        label: 'Helpfulness',
        each: 'candidate',
        points: [{ value: 0 }, { value: 4 }],
      },
      { id: 'coherence', type: 'scale', label: 'How coherent?', points: [{ value: 0 }, { value: 4 }] },
      { id: 'other', type: 'scale', label: 'Tone', points: [{ value: 0 }, { value: 4 }] },
    ],
  })
  const scores = { helpfulness: 4, coherence: 3, verbosity: 1 }
  const rated = { verdict: { type: 'rubric' as const, candidate: 'a', scores } }
  // 3 is no point of that scale, and nobody rated the tone.
  expect(gold(rubric, taskOf('x'), rated)).toEqual({ helpful: { a: 4 } })
})

test('votes are known answers where all are the same; a conclusion of the source counts more than votes', () => {
  const compare = formOf('compare-responses')
  const id = idOf(compare, 'preference')
  const vote = (by: string | undefined, outcome: 'a' | 'b' | 'tie'): Annotation => ({
    ...(by !== undefined && { by }),
    verdict: { type: 'pairwise', a: 'a', b: 'b', outcome, strength: null },
  })
  const pair = taskOf('x', 'y')
  expect(gold(compare, pair, vote('p1', 'b'), vote('p2', 'b'))).toEqual({ [id]: 'b' })
  expect(gold(compare, pair, vote('p1', 'b'), vote('p2', 'a'))).toBe(null)
  expect(gold(compare, pair, vote('p1', 'b'), vote('p2', 'a'), vote(undefined, 'tie'))).toEqual({
    [id]: 'tie',
  })
})

test('labels of steps are known where the source has the same steps', () => {
  const check = formOf('check-steps')
  const text = 'First.\n\nThen.\n\nSo.'
  const labels = [1, 0, -1] as const
  const steps = (texts: string[]): Annotation => ({
    verdict: {
      type: 'steps',
      candidate: 'a',
      steps: texts.map((each, index) => ({ text: each, label: labels[index] ?? null })),
    },
  })
  const known = gold(check, taskOf(text), steps(['First.', 'Then.', 'So.']))
  expect(known?.[idOf(check, 'steps')]).toEqual({
    candidate: 'a',
    steps: [
      { text: 'First.', label: 1 },
      { text: 'Then.', label: 0 },
      { text: 'So.', label: -1 },
    ],
  })
  expect(gold(check, taskOf(text), steps(['First. Then.', 'So.']))).toBe(null)
})

test('what no question asks for is left out', () => {
  expect(
    gold(formOf('compare-responses'), taskOf('x', 'y'), { verdict: { type: 'text', text: 'Fine.' } }),
  ).toBe(null)
})
