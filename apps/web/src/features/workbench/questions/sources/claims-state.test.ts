import type { SourcesQuestion } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { claimsOf, movedTo, needsOf, valueOfClaims } from './claims-state.ts'

const question: SourcesQuestion = {
  id: 'facts',
  type: 'sources',
  label: 'Check the claims',
  required: true,
  verdicts: [
    { value: 'supported', label: 'Supported' },
    { value: 'unclear', label: 'Unclear' },
  ],
  sourceFor: ['supported'],
  minClaims: 1,
  max: 50,
}

test('says what a claim misses', () => {
  const claim = { claim: 'It boils.', verdict: 'supported', sources: [{ url: 'https://example.org/a' }] }
  expect(needsOf(question, claim)).toEqual([])
  expect(needsOf(question, { claim: ' ', verdict: '', sources: [] })).toEqual(['claim', 'verdict'])
  expect(needsOf(question, { ...claim, sources: [] })).toEqual(['source'])
  expect(needsOf(question, { ...claim, verdict: 'unclear', sources: [] })).toEqual([])
  for (const url of ['', 'example.org', 'ftp://example.org/a', 'javascript:alert(1)'])
    expect(needsOf(question, { ...claim, sources: [{ url }] })).toEqual(['url'])
})

test('any draft can be read', () => {
  expect(claimsOf(undefined)).toEqual({ claims: [] })
  expect(claimsOf({ claims: [{ claim: 'x' }] })).toEqual({
    claims: [{ claim: 'x', verdict: '', sources: [] }],
  })
  expect(claimsOf({ claims: [], none: true })).toEqual({ claims: [], none: true })
  expect(valueOfClaims({ claims: [] })).toBe(undefined)
})

test('moves within the list, and not out of it', () => {
  expect(movedTo(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(movedTo(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  const list = ['a', 'b']
  expect(movedTo(list, 0, -1)).toBe(list)
  expect(movedTo(list, 1, 2)).toBe(list)
})
