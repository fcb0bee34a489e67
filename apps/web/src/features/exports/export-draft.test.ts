import { createExport, type ExportFormat } from '@groundwork/contract'
import { expect, test } from 'vitest'
import { faultsOf, firstDraft, requestOf, withTarget } from './export-draft.ts'
import { firstTarget, targetGroups, targetOf } from './targets.ts'

test('a draft becomes what the contract takes, with the options of its format only', () => {
  const preference = requestOf({
    ...firstDraft,
    minConfidence: 75,
    margin: 'strength',
    testPercent: 10,
    seed: 7,
    from: '2026-01-01',
    until: '2026-01-31',
  })
  expect(createExport.parse(preference).options).toMatchObject({
    minConfidence: 0.75,
    margin: 'strength',
    testShare: 0.1,
    seed: 7,
    from: '2026-01-01T00:00:00.000Z',
    until: '2026-02-01T00:00:00.000Z',
  })
  const raw = requestOf({ ...firstDraft, format: 'raw', people: 'names', minConfidence: 75 })
  expect(createExport.parse(raw).options).toMatchObject({ people: 'names', minConfidence: 0 })
})

test('every card makes a request that the contract takes', () => {
  for (const [, members] of targetGroups) {
    for (const target of members) {
      const known = [
        { format: target.format, feeds: true, questions: [], needs: [], containers: ['jsonl' as const] },
      ]
      const draft = withTarget(firstDraft, target, known)
      expect(createExport.safeParse(requestOf(draft)).success, target.id).toBe(true)
      expect(targetOf(target.id)).toBe(target)
    }
  }
})

test('the first card is one that the form can feed', () => {
  const target = { questions: [], needs: [], containers: ['jsonl' as const] }
  expect(firstTarget([{ ...target, format: 'trl-stepwise', feeds: true }]).id).toBe('trl-prm')
  expect(firstTarget([{ ...target, format: 'trl-preference', feeds: false }]).id).toBe('raw')
})

test('the first card is the one for what the form is about', () => {
  const fed = (format: ExportFormat, type: string) => ({
    format,
    feeds: true,
    questions: [{ key: type, label: type, type }],
    needs: [],
    containers: ['jsonl' as const],
  })
  const raw = { ...fed('raw', 'any'), questions: [] }
  const choice = fed('trl-unpaired', 'choice')
  expect(firstTarget([choice, fed('trl-sft', 'text'), fed('coco', 'boxes'), raw]).id).toBe('coco')
  expect(firstTarget([choice, fed('trl-stepwise', 'steps'), raw]).id).toBe('trl-prm')
  expect(firstTarget([fed('trl-preference', 'scale'), fed('trl-sft', 'text'), raw]).id).toBe('trl-sft')
  expect(firstTarget([fed('trl-preference', 'preference'), raw]).id).toBe('trl-dpo')
})

test('what is out of bounds is named', () => {
  expect([...faultsOf(firstDraft)]).toEqual([])
  const bad = { ...firstDraft, minConfidence: 101, minJudgments: 0, testPercent: 60, seed: -1 }
  expect([...faultsOf(bad)].sort()).toEqual(['minConfidence', 'minJudgments', 'seed', 'testPercent'])
  expect([...faultsOf({ ...firstDraft, from: '2026-02-01', until: '2026-01-01' })]).toEqual(['until'])
})
