import { type Assignment, form, type PreferenceAnswer } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { parseRecordedAnswers } from './recorded-answers.ts'
import { act, type Behaviour, drawBehaviours } from './synthetic-trainer.ts'

const FORM = form.parse({
  blocks: [{ type: 'candidates' }],
  questions: [
    { id: 'preference', type: 'preference', label: 'Which is better?' },
    { id: 'reason', type: 'text', label: 'Why?' },
  ],
})
const assignment = (id: string, first: 'a' | 'b') =>
  ({
    form: FORM,
    task: {
      id,
      context: [],
      candidates: [
        { id: first, messages: [] },
        { id: first === 'a' ? 'b' : 'a', messages: [] },
      ],
    },
  }) as unknown as Assignment

const perfect: Behaviour = {
  name: 'p',
  skill: 1,
  secondsPerTask: 60,
  laziness: 0,
  positionBias: 0,
  spam: false,
  skips: 0,
}

const outcomes = (trainer: Behaviour, count: number, truth: 'a' | 'b', first: 'a' | 'b' = 'a') =>
  Array.from({ length: count }, (_, index) =>
    act(trainer, assignment(`t${index}`, first), { known: truth }, 7),
  ).flatMap((each) => (each.skip ? [] : [each.answer.preference as PreferenceAnswer]))

test('the same trainer, task and seed always give the same act', () => {
  const [trainer] = drawBehaviours(1, { seed: 3 })
  if (!trainer) throw new Error('no trainer was drawn')
  expect(act(trainer, assignment('t1', 'a'), { known: 'a' }, 5)).toEqual(
    act(trainer, assignment('t1', 'a'), { known: 'a' }, 5),
  )
})

test('a perfect trainer is always right, whatever the display order, with the sign of its outcome', () => {
  for (const truth of ['a', 'b'] as const) {
    for (const first of ['a', 'b'] as const) {
      for (const given of outcomes(perfect, 50, truth, first)) {
        expect(given.outcome).toBe(truth)
        expect(Math.sign(given.strength)).toBe(truth === 'a' ? -1 : 1)
      }
    }
  }
})

test('a spammer is right half of the time, a lazy trainer takes what is shown first', () => {
  const spam = outcomes({ ...perfect, spam: true }, 600, 'a')
  const right = spam.filter((given) => given.outcome === 'a').length
  expect(right).toBeGreaterThan(240)
  expect(right).toBeLessThan(360)
  const lazy = outcomes({ ...perfect, laziness: 1 }, 50, 'a', 'b')
  expect(lazy.every((given) => given.outcome === 'b')).toBe(true)
})

test('the wanted share of spammers is drawn', () => {
  expect(drawBehaviours(12, { seed: 1, spamShare: 0.25 }).filter((each) => each.spam)).toHaveLength(3)
})

test('recorded answers are read by trainer, and a bad line is named', () => {
  const recorded = parseRecordedAnswers(
    'externalId,trainer,outcome,strength\nx1,ada,a,3\nx2,ada,tie,\nx1,bo,b,\n',
  )
  expect(recorded.get('ada')?.get('x1')).toEqual({ outcome: 'a', strength: -3 })
  expect(recorded.get('ada')?.get('x2')).toEqual({ outcome: 'tie', strength: 0 })
  expect(recorded.get('bo')?.get('x1')).toEqual({ outcome: 'b', strength: 2 })
  expect(() => parseRecordedAnswers('externalId,trainer,outcome\nx1,ada,left\n')).toThrow(
    /line 2: the outcome "left"/,
  )
  expect(() => parseRecordedAnswers('externalId,outcome\nx1,a\n')).toThrow(/line 1: the column trainer/)
})

test('other forms are answered, too: right by skill, and everybody sees the same as right', () => {
  const rating = form.parse({
    blocks: [{ type: 'candidates' }],
    questions: [
      {
        id: 'good',
        type: 'scale',
        label: 'How good?',
        each: 'candidate',
        points: [1, 2, 3, 4, 5].map((value) => ({ value })),
      },
    ],
  })
  const of = (first: 'a' | 'b', name: string) => {
    const done = act({ ...perfect, name }, { ...assignment('t1', first), form: rating }, {}, 1)
    return done.skip ? null : done.answer
  }
  expect(of('a', 'p')).toEqual(of('b', 'q'))
  const [random] = drawBehaviours(1, { seed: 1, spamShare: 1 })
  if (!random) throw new Error('no trainer was drawn')
  const spam = act({ ...random, skips: 0 }, { ...assignment('t1', 'a'), form: rating }, {}, 1)
  expect(spam).toMatchObject({
    skip: false,
    answer: { good: { a: expect.any(Number), b: expect.any(Number) } },
  })
})
