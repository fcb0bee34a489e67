import type { SourcesQuestion } from '@groundwork/contract'
import type { Mapping } from './mapping.ts'

/** Claims with verdicts and sources: no training format has a place for them. They are in the lossless export. */
export const sources: Mapping<SourcesQuestion> = { gives: () => [], pieces: () => [] }
