import type { ExportFormat, ExportOptions } from '@groundwork/contract'
import { CHAIN_START, type Feature, type RowAbout, rowHash, type Split } from '@groundwork/formats'
import type { Origin } from '../feedback/task-feedback.ts'
import type { ImageStyle } from './image-style.ts'

/** Formats whose readers refuse, or show to people, whatever they do not know; what is said beside a row then goes into a file of its own. */
const exactFormats = new Set<ExportFormat>([
  'openai-sft',
  'openai-dpo',
  'openai-rft',
  'label-studio',
  'argilla',
  'coco',
])

/** The file beside the data of an exact format. */
export const SIDECAR = 'provenance.jsonl'

export const hasSidecar = (format: ExportFormat, options: ExportOptions): boolean =>
  (options.provenance || options.disagreement) && exactFormats.has(format) && format !== 'coco'

const provenanceColumns: Feature[] = [
  { name: 'task_id', dtype: 'string' },
  { name: 'judgment_ids', list: 'string' },
  { name: 'reliability', list: 'float64' },
  { name: 'confidence', dtype: 'float64' },
]
const chainColumns: Feature[] = [
  { name: 'previous_hash', dtype: 'string' },
  { name: 'row_hash', dtype: 'string' },
]
const disagreementColumns: Feature[] = [
  { name: 'vote_answers', list: 'string' },
  { name: 'vote_counts', list: 'int64' },
  { name: 'rationales', list: 'string' },
  { name: 'group_levels', list: 'string' },
  { name: 'group_answers', list: 'string' },
  { name: 'group_counts', list: 'int64' },
]

/** The columns that a row gets beside those of its format. */
export function furtherColumns(format: ExportFormat, options: ExportOptions, images: ImageStyle): Feature[] {
  // A line of the lossless export has all of it but these.
  if (format === 'raw') {
    const base: Feature[] = [
      { name: 'history', list: 'json' },
      { name: 'known', dtype: 'json' },
      { name: 'questions', dtype: 'json' },
      ...(images === 'files' ? [{ name: 'images', list: 'json' }] : []),
    ]
    return options.provenance ? [...base, { name: 'reliability', dtype: 'json' }, ...chainColumns] : base
  }
  if (exactFormats.has(format)) return []
  return [
    ...(options.disagreement ? disagreementColumns : []),
    ...(options.provenance ? [...provenanceColumns, ...chainColumns] : []),
  ]
}

/**
 * What is said about a row: where it comes from, and how the votes fell.
 * @param about which candidates its columns hold
 */
export function saidOf(
  origin: Origin,
  options: ExportOptions,
  reliabilities: ReadonlyMap<string, { value: number }>,
  about?: RowAbout,
): Record<string, unknown> {
  const { all, groups } = options.disagreement ? origin.votes(about) : { all: [], groups: [] }
  return {
    ...(options.disagreement && {
      vote_answers: all.map(([answer]) => answer),
      vote_counts: all.map(([, count]) => count),
      rationales: origin.rationales,
      group_levels: groups.map(([level]) => level),
      group_answers: groups.map(([, answer]) => answer),
      group_counts: groups.map(([, , count]) => count),
    }),
    ...(options.provenance && {
      task_id: origin.taskId,
      judgment_ids: origin.judgments.map(({ id }) => id),
      reliability: origin.judgments.map(({ trainerId }) => reliabilities.get(trainerId)?.value ?? null),
      confidence: origin.confidence,
    }),
  }
}

/** A chain of hashes over the rows of each split, as {@link rowHash} makes its links. */
export class RowChain {
  readonly #heads = new Map<Split, { rows: number; head: string }>()

  link(split: Split, row: Record<string, unknown>): { previous_hash: string; row_hash: string } {
    const last = this.#heads.get(split) ?? { rows: 0, head: CHAIN_START }
    const hash = rowHash(row, last.head)
    this.#heads.set(split, { rows: last.rows + 1, head: hash })
    return { previous_hash: last.head, row_hash: hash }
  }

  /** How long each chain is, and its last hash. */
  heads(): Record<string, { rows: number; head: string }> {
    return Object.fromEntries([...this.#heads].sort())
  }
}
