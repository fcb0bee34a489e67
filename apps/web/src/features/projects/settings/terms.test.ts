import type { Project } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { changesBetween, isValid, termsOf, withReasonWords } from './terms.ts'

const form: Project['form'] = {
  blocks: [{ type: 'context' }, { type: 'candidates', layout: 'side_by_side' }],
  questions: [
    { id: 'preference', type: 'preference', label: 'Which is better?', required: true, ties: ['tie'] },
    { id: 'reason', type: 'text', label: 'Why?', required: false, minWords: 0, maxCharacters: 20_000 },
  ],
}
const project = {
  audience: {},
  pay: {
    version: 1,
    currency: 'USD',
    hourly: '30.00',
    estimateSeconds: 180,
    perJudgment: { amount: '1.50', currency: 'USD' },
  },
  overlap: { kind: 'fixed', judgments: 3 },
  reviewWindowDays: 7,
  leaseMinutes: 30,
  form,
} as Project

test('only what differs is sent', () => {
  const terms = termsOf(project)
  expect(isValid(terms)).toBe(true)
  expect(changesBetween(project, terms, { ...terms, overlap: 5 })).toEqual({ overlap: 5 })
  expect(changesBetween(project, terms, { ...terms, pay: { ...terms.pay, hourly: ' 36 ' } })).toEqual({
    pay: { currency: 'USD', hourly: '36', estimateSeconds: 180 },
  })
})

test('a reason of so many words is required; of none it is optional', () => {
  const asked = withReasonWords(form, 20)
  expect(asked.questions.find((each) => each.id === 'reason')).toMatchObject({ minWords: 20, required: true })
  expect(withReasonWords(asked, 0)).toEqual(form)
})

test('figures out of bounds are not valid', () => {
  const terms = termsOf(project)
  expect(isValid({ ...terms, overlap: 0 })).toBe(false)
  expect(isValid({ ...terms, leaseMinutes: Number.NaN })).toBe(false)
  expect(isValid({ ...terms, pay: { ...terms.pay, hourly: 'x' } })).toBe(false)
})
