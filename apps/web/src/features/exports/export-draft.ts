import type {
  createExport,
  ExpertiseDomain,
  ExpertiseLevel,
  ExportContainer,
  ExportFormat,
  ExportTarget,
} from '@groundwork/contract'
import type { z } from 'zod'
import type { Target } from './targets.ts'

/** From lower to higher. */
export const levels = ['generalist', 'skilled_writer', 'stem_professional', 'domain_expert'] as const
export const domains = [
  'general',
  'writing',
  'languages',
  'programming',
  'mathematics',
  'science',
  'medicine',
  'law',
  'finance',
] as const

export type ExportDraft = {
  /** The card that was chosen. */
  target: string
  format: ExportFormat
  as: ExportContainer
  rule: 'consensus' | 'every_judgment' | 'unanimous'
  ties: 'drop' | 'both_ways'
  question: string
  rankingPairs: 'all' | 'adjacent' | 'best_worst'
  unpair: boolean
  /** The lowest rating that counts as good; NaN: ratings are neither. */
  goodFrom: number
  /** Options that mean good, with commas between them. */
  goodOptions: string
  /** Percent, as typed. */
  minConfidence: number
  minAgreement: number
  minJudgments: number
  acceptedOnly: boolean
  includeFlagged: boolean
  guidelineVersion: number | null
  /** Whose judgments count: people with expertise in this domain, at this level or above; empty: anybody's. */
  domain: ExpertiseDomain | ''
  level: ExpertiseLevel | ''
  /** Days, `YYYY-MM-DD`; empty: no bound. The last one is included. */
  from: string
  until: string
  margin: 'none' | 'strength'
  strengthMap: { '1': number; '2': number; '3': number }
  includeUnfinished: boolean
  people: 'pseudonyms' | 'names'
  /** Percent of tasks that go into a test split. */
  testPercent: number
  splitBy: 'task' | 'prompt'
  seed: number
  media: 'files' | 'references'
  provenance: boolean
  disagreement: boolean
  license: string
  aiPolicy: string
  destinationId: string
}

export const firstDraft: ExportDraft = {
  target: 'trl-dpo',
  format: 'trl-preference',
  as: 'jsonl',
  rule: 'consensus',
  ties: 'drop',
  question: '',
  rankingPairs: 'all',
  unpair: false,
  goodFrom: Number.NaN,
  goodOptions: '',
  minConfidence: 0,
  minAgreement: 0,
  minJudgments: 1,
  acceptedOnly: false,
  includeFlagged: false,
  guidelineVersion: null,
  domain: '',
  level: '',
  from: '',
  until: '',
  margin: 'none',
  strengthMap: { '1': 1, '2': 2, '3': 3 },
  includeUnfinished: true,
  people: 'pseudonyms',
  testPercent: 0,
  splitBy: 'task',
  seed: 0,
  media: 'files',
  provenance: false,
  disagreement: false,
  license: '',
  aiPolicy: '',
  destinationId: '',
}

/** A draft with another card: what the card brings along, and a kind of file that its format has. */
export function withTarget(draft: ExportDraft, target: Target, known: readonly ExportTarget[]): ExportDraft {
  const containers = known.find(({ format }) => format === target.format)?.containers ?? ['jsonl']
  return {
    ...draft,
    target: target.id,
    format: target.format,
    margin: target.margin ?? 'none',
    question: target.format === draft.format ? draft.question : '',
    as: containers.includes(draft.as) ? draft.as : (containers[0] ?? 'jsonl'),
  }
}

/** The fields that are out of bounds. */
export function faultsOf(draft: ExportDraft): Set<keyof ExportDraft> {
  const whole = (value: number, min: number, max: number) =>
    Number.isInteger(value) && value >= min && value <= max
  const within = (value: number, max: number) => value >= 0 && value <= max
  const faults = new Set<keyof ExportDraft>()
  if (!within(draft.minConfidence, 100)) faults.add('minConfidence')
  if (!within(draft.minAgreement, 100)) faults.add('minAgreement')
  if (!whole(draft.minJudgments, 1, 50)) faults.add('minJudgments')
  if (!within(draft.testPercent, 50)) faults.add('testPercent')
  if (!whole(draft.seed, 0, 2_147_483_647)) faults.add('seed')
  if (Object.values(draft.strengthMap).some((margin) => !Number.isFinite(margin))) faults.add('strengthMap')
  if (draft.from && draft.until && draft.from > draft.until) faults.add('until')
  return faults
}

const DAY_MS = 86_400_000
const startOf = (day: string) => new Date(`${day}T00:00:00Z`)

/** What is asked of the server: only what differs from what it does by itself, and concerns the format. */
export function requestOf(draft: ExportDraft): z.input<typeof createExport> {
  const { format, as, includeUnfinished } = draft
  const base = {
    includeUnfinished,
    people: draft.people,
    testShare: draft.testPercent / 100,
    ...(draft.testPercent > 0 && { seed: draft.seed, splitBy: draft.splitBy }),
    ...(draft.media !== 'files' && { media: draft.media }),
    provenance: draft.provenance,
    ...(draft.license.trim() && { license: draft.license.trim() }),
    ...(draft.aiPolicy.trim() && { aiPolicy: draft.aiPolicy.trim() }),
  }
  const filters = {
    minConfidence: draft.minConfidence / 100,
    minAgreement: draft.minAgreement / 100,
    minJudgments: draft.minJudgments,
    acceptedOnly: draft.acceptedOnly,
    ...(draft.includeFlagged && { includeFlagged: true }),
    ...(draft.guidelineVersion !== null && { guidelineVersions: [draft.guidelineVersion] }),
    ...(draft.domain && { domains: [draft.domain] }),
    ...(draft.level && { levels: levels.slice(levels.indexOf(draft.level)) }),
    ...(draft.from && { from: startOf(draft.from).toISOString() }),
    ...(draft.until && { until: new Date(startOf(draft.until).getTime() + DAY_MS).toISOString() }),
  }
  const rules = {
    rule: draft.rule,
    ties: draft.ties,
    ...(draft.question && { question: draft.question }),
    rankingPairs: draft.rankingPairs,
    disagreement: draft.disagreement,
    ...(format === 'trl-preference' && {
      margin: draft.margin,
      ...(draft.margin === 'strength' && { strengthMap: draft.strengthMap }),
    }),
    ...(format === 'trl-unpaired' && {
      unpair: draft.unpair,
      ...(Number.isFinite(draft.goodFrom) && { goodFrom: draft.goodFrom }),
      goodOptions: draft.goodOptions
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    }),
  }
  return {
    format,
    as,
    options: format === 'raw' ? base : { ...base, ...filters, ...rules },
    ...(draft.destinationId && { destinationId: draft.destinationId }),
  }
}
