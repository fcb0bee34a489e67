import {
  type Form,
  form as formSchema,
  type ShownTask,
  stepsOf,
  validateAnswer,
  withoutUnasked,
} from '@groundwork/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { missingOf, partOf } from './missing.ts'

const said = (text: string) => [{ role: 'assistant' as const, parts: [{ type: 'text' as const, text }] }]
const task: ShownTask = {
  id: 't',
  context: [{ role: 'user', parts: [{ type: 'text', text: 'How hot is it?' }] }],
  candidates: [
    { id: 'a', messages: said('Step one.\n\nStep two.') },
    { id: 'b.2', messages: said('Only this.') },
  ],
}
const make = (...questions: object[]): Form =>
  formSchema.parse({ blocks: [{ type: 'context' }, { type: 'candidates' }], questions })
const codes = (form: Form, answer: Record<string, unknown>) =>
  missingOf(form, answer, task).map(({ place, code, path }) => [place, code, ...path].join(' '))

test('says what misses where, down to the part of a question', () => {
  const form = make(
    { id: 'p', type: 'preference', label: 'Better?', axes: [{ id: 'truth', label: 'Truth' }] },
    { id: 's', type: 'scale', label: 'Good?', each: 'candidate', points: [{ value: 1 }, { value: 2 }] },
    { id: 'why', type: 'text', label: 'Why?', minWords: 4 },
  )
  const answer = { p: { outcome: 'a', strength: -1 }, s: { 'b.2': 2 }, why: 'Too hot' }
  expect(codes(form, answer)).toEqual(['p required axes truth', 's/a required', 'why too_few_words'])
  expect(missingOf(form, answer, task).map(partOf)).toEqual(['axes.truth', undefined, undefined])
})

test('what is not asked does not miss, and a draft that cannot be read is no crash', () => {
  const form = make(
    { id: 's', type: 'scale', label: 'Good?', points: [{ value: 1 }, { value: 2 }] },
    {
      id: 'why',
      type: 'text',
      label: 'Why?',
      showIf: { tests: [{ question: 's', op: 'at_most', value: 1 }] },
    },
    { id: 'r', type: 'ranking', label: 'Order', required: false },
  )
  expect(codes(form, { s: 2 })).toEqual([])
  expect(codes(form, { s: 1 })).toEqual(['why required'])
  expect(codes(form, { s: 2, r: 'nonsense' })).toEqual(['r unreadable'])
})

const label = 'Q'
const words = fc.string({ maxLength: 60, unit: fc.constantFrom('word', ' ', '.', 'x') })
const each = fc.constantFrom(undefined, 'task', 'candidate', 'message')
const options = [
  { value: 'x', label: 'X' },
  { value: 'y', label: 'Y' },
]
const graded = fc.record({
  outcome: fc.constantFrom('a', 'b', 'tie', 'both_good'),
  strength: fc.integer({ min: -3, max: 3 }),
})
const span = fc.record(
  {
    target: fc.constant('a:0'),
    part: fc.constant(0),
    start: fc.constant(0),
    end: fc.constantFrom(4, 5),
    quote: fc.constant('Step'),
    category: fc.constantFrom('x', 'gone', ''),
    severity: fc.constantFrom('x', 'gone'),
    comment: words,
  },
  { requiredKeys: ['target', 'part', 'start', 'end', 'quote', 'category'] },
)

/** A question with an answer in a shape that its view writes, right or wrong. */
const kinds: fc.Arbitrary<{ question: Record<string, unknown>; value: fc.Arbitrary<unknown> }>[] = [
  fc
    .record({ ties: fc.constantFrom(['tie'], []), axes: fc.constantFrom(undefined, [{ id: 'z', label }]) })
    .map((more) => ({
      question: { type: 'preference', ...more },
      value: fc.record(
        {
          outcome: graded.map((g) => g.outcome),
          strength: fc.integer({ min: -3, max: 3 }),
          axes: fc.dictionary(fc.constantFrom('z', 'other'), graded, { maxKeys: 2, noNullPrototype: true }),
        },
        { requiredKeys: ['outcome', 'strength'] },
      ),
    })),
  fc.record({ ties: fc.boolean(), partial: fc.boolean() }).map((more) => ({
    question: { type: 'ranking', ...more },
    value: fc.record({
      ranks: fc.array(
        fc.record({ candidate: fc.constantFrom('a', 'b.2'), rank: fc.integer({ min: 1, max: 3 }) }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
  })),
  fc.record({ each, notApplicable: fc.boolean() }).map((more) => ({
    question: { type: 'scale', points: [{ value: 1 }, { value: 2 }], ...more },
    value: fc.constantFrom(1, 2, 3, 'na'),
  })),
  fc.record({ each }).map((more) => ({
    question: { type: 'choice', options, ...more },
    value: fc.constantFrom('x', 'y', 'gone'),
  })),
  fc.record({ each, min: fc.nat(2), max: fc.constantFrom(undefined, 2) }).map((more) => ({
    question: { type: 'multichoice', options, ...more },
    value: fc.array(fc.constantFrom('x', 'y'), { maxLength: 3 }),
  })),
  fc
    .record({
      each,
      minWords: fc.nat(4),
      maxWords: fc.constantFrom(undefined, 6),
      maxCharacters: fc.constant(50),
    })
    .map((more) => ({
      question: { type: 'text', ...more },
      value: words,
    })),
  fc.record({ allowUnchanged: fc.boolean(), minWords: fc.nat(3) }).map((more) => ({
    question: { type: 'rewrite', ...more },
    value: fc.record({
      candidate: fc.constantFrom('a', 'b.2'),
      original: fc.constant('Only this.'),
      text: words,
    }),
  })),
  fc
    .record({
      comment: fc.constantFrom('none', 'optional', 'required'),
      severities: fc.constantFrom([], [{ value: 'x', label }]),
    })
    .map((more) => ({
      question: { type: 'spans', categories: options, max: 2, ...more },
      value: fc.record(
        { spans: fc.array(span, { maxLength: 3 }), none: fc.constant(true) },
        { requiredKeys: ['spans'] },
      ),
    })),
  fc
    .record({
      mode: fc.constantFrom('all', 'first_error'),
      neutral: fc.boolean(),
      better: fc.constantFrom('none', 'required'),
    })
    .map((more) => ({
      question: { type: 'steps', each: 'candidate', ...more },
      value: fc.array(fc.constantFrom(1, 0, -1, null), { minLength: 2, maxLength: 2 }).map((labels) => ({
        candidate: 'a',
        steps: stepsOf(task.candidates[0] ?? { id: '', messages: [] }, 'paragraphs').map((text, index) => ({
          text,
          label: labels[index],
        })),
      })),
    })),
  fc
    .record({ sourceFor: fc.constantFrom([], ['x']), minClaims: fc.integer({ min: 1, max: 2 }) })
    .map((more) => ({
      question: { type: 'sources', verdicts: options, max: 2, ...more },
      value: fc.record(
        {
          claims: fc.array(
            fc.record({
              claim: fc.constantFrom('It is hot.', ' '),
              verdict: fc.constantFrom('x', 'y'),
              sources: fc.array(fc.record({ url: fc.constantFrom('https://example.org/a', 'example') }), {
                maxLength: 1,
              }),
            }),
            { maxLength: 3 },
          ),
          none: fc.constant(true),
        },
        { requiredKeys: ['claims'] },
      ),
    })),
  fc
    .record({ min: fc.integer({ min: 1, max: 3 }), last: fc.constantFrom(undefined, 'assistant') })
    .map((more) => ({
      question: { type: 'turns', max: 3, ...more },
      value: fc.record({
        messages: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), text: words }), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
    })),
]
const targets: Record<string, string[]> = { candidate: ['a', 'b.2'], message: ['a:0', 'b.2:0'] }

const forms = fc
  .array(fc.tuple(fc.oneof(...kinds), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 5 })
  .chain((list) => {
    const questions = list.map(([{ question }, required, conditional], index) => ({
      id: `q${index}`,
      label: `${label} ${index}`,
      required,
      ...(conditional && index > 0 && { showIf: { tests: [{ question: `q${index - 1}`, op: 'answered' }] } }),
      ...question,
    }))
    const values = list.map(([{ question, value }]) => {
      const own = targets[String(question.each)]
      return fc.option(
        own ? fc.dictionary(fc.constantFrom(...own), value, { maxKeys: 2, noNullPrototype: true }) : value,
        { nil: undefined, freq: 6 },
      )
    })
    return fc.tuple(fc.constant(make(...questions)), fc.tuple(...values))
  })

test('complete here is complete for the contract, and the other way round', () => {
  let complete = 0
  fc.assert(
    fc.property(forms, ([form, values]) => {
      const answer = Object.fromEntries(
        values.flatMap((value, index) => (value === undefined ? [] : [[`q${index}`, value]])),
      )
      const missing = missingOf(form, answer, task)
      const issues = validateAnswer(form, withoutUnasked(form, answer), task)
      if (issues.length === 0) complete++
      expect(missing.length === 0).toBe(issues.length === 0)
      expect(
        issues.every(({ path }) => missing.some(({ question }) => path.split('.')[1] === question.id)),
      ).toBe(true)
    }),
    { seed: 11, numRuns: 2_000 },
  )
  // The answers are not all broken: the property is shown on both sides.
  expect(complete).toBeGreaterThan(100)
})
