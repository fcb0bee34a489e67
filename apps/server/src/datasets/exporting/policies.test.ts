import { type ExportFormat, exportOptions, type Form } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { planOf } from '../feedback/registry.ts'
import { policiesOf } from './policies.ts'

const source = { method: 'majority', version: '1.0.0' } as Parameters<typeof policiesOf>[1]
const report = { kept: 1, dropped: {}, notes: {}, splits: {} }
const policies = (type: string, format: ExportFormat, given: object = {}, more: object = {}) => {
  const question = { id: 'asked', type, label: 'Asked', required: true, ...more }
  const form = { blocks: [{ type: 'candidates' }], questions: [question] } as unknown as Form
  return policiesOf(planOf(form, format, exportOptions.parse(given)), source, report)
}

test('what decides is told for the type of the question', () => {
  const margin = { margin: 'strength' }
  expect(policies('preference', 'trl-preference', margin)).toEqual({
    question: 'asked',
    decision:
      'majority of the votes; equal counts are decided by mean strength; of judgments that were in time',
    ties: 'give no row and are counted by kind',
    margin: 'the mean strength of those who prefer the chosen one, through strengthMap',
    split: 'by task, from the seed',
  })
  expect(policies('ranking', 'trl-preference', margin)).toMatchObject({
    decision: expect.stringMatching(/Borda/),
    margin: 'how many ranks lie between the two',
  })
  expect(policies('scale', 'trl-preference', margin, { each: 'candidate' })).toMatchObject({
    decision: expect.stringMatching(/^mean of the ratings/),
    ties: expect.stringMatching(/equal rating make no pair/),
  })
  const rewrite = policies('rewrite', 'trl-preference')
  expect(rewrite).toMatchObject({ decision: 'none: what each person wrote is a row of its own' })
  expect(rewrite).not.toHaveProperty('ties')
  expect(policies('rewrite', 'trl-sft')).not.toHaveProperty('margin')
  expect(policies('text', 'openai-rft')).toMatchObject({ decision: 'none: tasks as they are' })
})

test('ties both ways are claimed only where there are such rows', () => {
  const both = { ties: 'both_ways' }
  expect(policies('preference', 'openai-dpo', both).ties).toMatch(/each way round/)
  expect(policies('ranking', 'openai-dpo', both).ties).toMatch(/make no pair/)
  expect(policies('preference', 'helpsteer3', both).ties).toBe('are rows like any other')
})
