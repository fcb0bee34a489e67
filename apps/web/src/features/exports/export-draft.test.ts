import { createExport } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { faultsOf, firstDraft, requestOf } from './export-draft.ts'

test('a draft becomes what the contract takes, with the options of its format only', () => {
  const preference = requestOf({
    ...firstDraft,
    minConfidence: 75,
    margin: 'strength',
    testPercent: 10,
    seed: 7,
  })
  expect(createExport.parse(preference).options).toMatchObject({
    minConfidence: 0.75,
    margin: 'strength',
    testShare: 0.1,
    seed: 7,
  })
  expect(requestOf({ ...firstDraft, format: 'raw', people: 'names' })).toEqual({
    format: 'raw',
    options: { includeUnfinished: true, people: 'names' },
  })
})

test('what is out of bounds is named', () => {
  expect(faultsOf(firstDraft).size).toBe(0)
  expect([
    ...faultsOf({ ...firstDraft, minConfidence: 101, minJudgments: 0, testPercent: Number.NaN }),
  ]).toEqual(['minConfidence', 'minJudgments', 'testPercent'])
})
