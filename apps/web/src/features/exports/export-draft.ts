import type { createExport, ExportJob } from '@groundwork/contract'
import type { z } from 'zod'

export type ExportDraft = {
  format: ExportJob['format']
  /** Percent, as typed. */
  minConfidence: number
  minJudgments: number
  margin: 'none' | 'strength'
  strengthMap: { '1': number; '2': number; '3': number }
  includeUnfinished: boolean
  people: 'pseudonyms' | 'names'
  /** Percent of tasks that go into a test split. */
  testPercent: number
  seed: number
}

export const firstDraft: ExportDraft = {
  format: 'trl-preference',
  minConfidence: 0,
  minJudgments: 1,
  margin: 'none',
  strengthMap: { '1': 1, '2': 2, '3': 3 },
  includeUnfinished: true,
  people: 'pseudonyms',
  testPercent: 0,
  seed: 0,
}

/** The fields that are out of bounds. */
export function faultsOf(draft: ExportDraft): Set<keyof ExportDraft> {
  const whole = (value: number, min: number, max: number) =>
    Number.isInteger(value) && value >= min && value <= max
  const faults = new Set<keyof ExportDraft>()
  if (!(draft.minConfidence >= 0 && draft.minConfidence <= 100)) faults.add('minConfidence')
  if (!whole(draft.minJudgments, 1, 50)) faults.add('minJudgments')
  if (!(draft.testPercent >= 0 && draft.testPercent <= 50)) faults.add('testPercent')
  if (!whole(draft.seed, 0, 2_147_483_647)) faults.add('seed')
  if (Object.values(draft.strengthMap).some((margin) => !Number.isFinite(margin))) faults.add('strengthMap')
  return faults
}

/** What is asked of the server: only options that concern the format. */
export function requestOf(draft: ExportDraft): z.input<typeof createExport> {
  const { format, includeUnfinished } = draft
  if (format === 'raw') return { format, options: { includeUnfinished, people: draft.people } }
  return {
    format,
    options: {
      includeUnfinished,
      minConfidence: draft.minConfidence / 100,
      minJudgments: draft.minJudgments,
      margin: draft.margin,
      ...(draft.margin === 'strength' && { strengthMap: draft.strengthMap }),
      testShare: draft.testPercent / 100,
      ...(draft.testPercent > 0 && { seed: draft.seed }),
    },
  }
}
