import { type Form, validateAnswer } from '@groundwork/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { missingOf } from './missing.ts'

const form = (required: boolean, minWords: number): Form => ({
  blocks: [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }],
  questions: [
    {
      id: 'preference',
      type: 'preference',
      label: 'Which response is better?',
      required: true,
      ties: ['tie'],
    },
    { id: 'reason', type: 'text', label: 'Why?', required, minWords, maxCharacters: 60 },
  ],
})

test('says how many words are still wanted', () => {
  const answer = { preference: { outcome: 'a', strength: -1 }, reason: 'The dose is right.' }
  expect(missingOf(form(true, 10), answer)).toMatchObject([{ kind: 'words', words: 6 }])
  expect(missingOf(form(true, 4), answer)).toEqual([])
})

test('complete here is complete for the contract, and the other way round', () => {
  const preference = fc.option(
    fc.record({
      outcome: fc.constantFrom('a', 'b', 'tie', 'both_good'),
      strength: fc.integer({ min: -3, max: 3 }),
    }),
    { nil: undefined },
  )
  const reason = fc.option(fc.string({ maxLength: 80, unit: fc.constantFrom('word', ' ', '.', 'x') }), {
    nil: undefined,
  })
  fc.assert(
    fc.property(fc.boolean(), fc.integer({ min: 0, max: 6 }), preference, reason, (required, words, p, r) => {
      const answer = { ...(p && { preference: p }), ...(r !== undefined && { reason: r }) }
      const missing = missingOf(form(required, words), answer).map((each) => `answer.${each.question.id}`)
      const issues = validateAnswer(form(required, words), answer).map((issue) => issue.path)
      expect(missing.length === 0).toBe(issues.length === 0)
      expect(issues.every((path) => missing.some((own) => path.startsWith(own)))).toBe(true)
    }),
    { seed: 11, numRuns: 500 },
  )
})
