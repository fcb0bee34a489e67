import { createExport, expertiseDomain, expertiseLevel } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { domains, firstDraft, levels, requestOf } from './export-draft.ts'

test('an export can be narrowed to people of a domain and from a level upwards', () => {
  const optionsOf = (draft: Partial<typeof firstDraft>) =>
    createExport.parse(requestOf({ ...firstDraft, ...draft })).options
  expect(optionsOf({})).toMatchObject({ domains: [], levels: [] })
  expect(optionsOf({ domain: 'law', level: 'stem_professional' })).toMatchObject({
    domains: ['law'],
    levels: ['stem_professional', 'domain_expert'],
  })
  expect(optionsOf({ format: 'raw', level: 'domain_expert' })).toMatchObject({ levels: [] })
  // From lower to higher, and all that the contract knows.
  expect(levels).toEqual(expertiseLevel.options)
  expect(domains).toEqual(expertiseDomain.options)
})
